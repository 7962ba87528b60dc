/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A function that is called as an interrupt at bad moments: wherever one could take place, where
 * the port can do that, else at each tick.
 */

#ifndef TESTS_COMMON_INTERRUPT_HOOK_H_
#define TESTS_COMMON_INTERRUPT_HOOK_H_

#include <zephyr/kernel.h>

#if __has_include(<arch/linux_test.h>)

#include <arch/linux_test.h>

#define set_interrupt_hook(hook) linux_set_interrupt_hook(hook)

#else

static inline void call_interrupt_hook(struct k_timer *timer)
{
	void (**hook)(void) = k_timer_user_data_get(timer);

	(*hook)();
}

/* NULL: none. Thread. */
static inline void set_interrupt_hook(void (*hook)(void))
{
	static K_TIMER_DEFINE(timer, call_interrupt_hook, NULL);
	static void (*called)(void);

	k_timer_stop(&timer);
	if (hook != NULL) {
		called = hook;
		k_timer_user_data_set(&timer, &called);
		k_timer_start(&timer, K_TICKS(1), K_TICKS(1));
	}
}

#endif

#endif /* TESTS_COMMON_INTERRUPT_HOOK_H_ */
