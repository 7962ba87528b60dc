/* SPDX-License-Identifier: Apache-2.0 */

/* Timers: the thread that waits for one. */

#include <ksched.h>
#include <ktimer.h>
#include <zephyr/kernel.h>

uint32_t k_timer_status_sync(struct k_timer *timer)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	uint32_t status;

	__ASSERT(!arch_is_in_isr(), "timer %p: an interrupt must not wait", (void *)timer);
	if (timer->status == 0U && timeout_is_queued(&timer->timeout)) {
		(void)sched_wait(&timer->waiters, key, K_FOREVER);
		key = k_spin_lock(&sched_lock);
	}
	status = timer_read_status(timer);
	sched_unlock(key);
	return status;
}
