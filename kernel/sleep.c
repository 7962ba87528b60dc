/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping, and being woken. */

#include <ksched.h>
#include <zephyr/kernel.h>

/* Sleep, and return the ticks that were left when k_wakeup() ended it. */
static int32_t sleep_ticks(k_timeout_t timeout)
{
	k_spinlock_key_t key;
	struct k_thread *self = kernel.current;

	__ASSERT(!arch_is_in_isr(), "an interrupt must not sleep");
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		k_yield();
		return 0;
	}

	key = k_spin_lock(&sched_lock);
	self->wait_result = 0;
	sched_block(self, THREAD_SLEEPING);
	if (!K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		timeout_add(&self->timeout, timeout);
	}
	sched_switch_away(key);
	return self->wait_result;
}

/* k_ticks_to_ms_ceil32(), without a 64-bit division where the clock's rate allows it. */
static int32_t ms_ceil(uint32_t ticks)
{
	uint32_t per_ms = CONFIG_SYS_CLOCK_TICKS_PER_SEC / MSEC_PER_SEC;

	if (CONFIG_SYS_CLOCK_TICKS_PER_SEC % MSEC_PER_SEC == 0U && per_ms != 0U) {
		return (int32_t)(ticks / per_ms + (ticks % per_ms != 0U ? 1U : 0U));
	}
	return (int32_t)k_ticks_to_ms_ceil32(ticks);
}

int32_t k_sleep(k_timeout_t timeout)
{
	int32_t left = sleep_ticks(timeout);

	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return (int32_t)K_TICKS_FOREVER;
	}
	return left == 0 ? 0 : ms_ceil((uint32_t)left);
}

int32_t k_usleep(int32_t us)
{
	int32_t left = sleep_ticks(Z_TIMEOUT_US(us));

	return left == 0 ? 0 : (int32_t)k_ticks_to_us_ceil32((uint32_t)left);
}

void k_wakeup(k_tid_t thread)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if ((thread->state & THREAD_SLEEPING) != 0U) {
		k_ticks_t left = timeout_remaining(&thread->timeout);

		thread->wait_result = (int)MIN(left, (k_ticks_t)INT32_MAX);
		timeout_cancel(&thread->timeout);
		sched_unblock(thread, THREAD_SLEEPING);
	}
	sched_unlock(key);
}
