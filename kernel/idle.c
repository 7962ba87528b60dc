/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The idle thread: what runs when nothing else can.
 *
 * It is a thread so that kernel.next never is NULL, and so that its time can be accounted.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

struct k_thread idle_thread;

FUNC_NORETURN void idle_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		/* Masked, so that nothing becomes due between the look and the sleep. */
		(void)arch_irq_lock();
		timeout_idle();
		arch_cpu_idle();
	}
}
