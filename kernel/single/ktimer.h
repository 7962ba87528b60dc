/* SPDX-License-Identifier: Apache-2.0 */

/* What timer.c needs of timers that no thread waits for. */

#ifndef KERNEL_SINGLE_KTIMER_H_
#define KERNEL_SINGLE_KTIMER_H_

#include <zephyr/kernel/timer.h>

static inline void timer_release_waiter(struct k_timer *timer)
{
	ARG_UNUSED(timer);
}

/* The expiries since the last call. sched_lock held. */
static inline uint32_t timer_read_status(struct k_timer *timer)
{
	uint32_t status = timer->status;

	timer->status = 0U;
	return status;
}

#endif /* KERNEL_SINGLE_KTIMER_H_ */
