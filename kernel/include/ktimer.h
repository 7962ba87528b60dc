/* SPDX-License-Identifier: Apache-2.0 */

/* What timer.c and timer_sync.c share. Without threads single/ktimer.h takes its place. */

#ifndef KERNEL_INCLUDE_KTIMER_H_
#define KERNEL_INCLUDE_KTIMER_H_

#include <ksched.h>
#include <zephyr/kernel/timer.h>

/* Wake the thread in k_timer_status_sync(), if there is one. sched_lock held. */
static inline void timer_release_waiter(struct k_timer *timer)
{
	struct k_thread *waiter = waitq_take_first(&timer->waiters);

	if (waiter != NULL) {
		sched_wake(waiter, 0);
	}
}

/* The expiries since the last call. sched_lock held. */
static inline uint32_t timer_read_status(struct k_timer *timer)
{
	uint32_t status = timer->status;

	timer->status = 0U;
	return status;
}

#endif /* KERNEL_INCLUDE_KTIMER_H_ */
