/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Timers.
 *
 * A periodic timer computes each expiry from the last one, not from now: it does not drift.
 *
 * Locking: sched_lock guards every field; it is released around the user's functions, which may
 * start or stop the timer.
 */

#include <ksched.h>
#include <ktimer.h>
#include <zephyr/kernel.h>

void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_stop_t stop_fn)
{
	*timer = (struct k_timer)Z_TIMER_INITIALIZER(*timer, expiry_fn, stop_fn);
}

static bool is_periodic(const struct k_timer *timer)
{
	return timer->period.ticks > 0;
}

void timer_expired(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	struct k_timer *timer = CONTAINER_OF(entry, struct k_timer, timeout);

	if (is_periodic(timer)) {
		timeout_add_at(entry, entry->deadline + (uint64_t)timer->period.ticks);
	}
	timer->status++;

	if (timer->expiry_fn != NULL) {
		k_timer_expiry_t expiry_fn = timer->expiry_fn;

		k_spin_unlock(&sched_lock, *key);
		expiry_fn(timer);
		*key = k_spin_lock(&sched_lock);
	}
	timer_release_waiter(timer);
}

void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period)
{
	k_spinlock_key_t key;

	if (K_TIMEOUT_EQ(duration, K_FOREVER)) {
		return;
	}
	key = k_spin_lock(&sched_lock);
	timeout_cancel(&timer->timeout);
	timer->period = period;
	timer->status = 0U;
	timeout_add(&timer->timeout, duration);
	sched_unlock(key);
}

void k_timer_stop(struct k_timer *timer)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (!timeout_is_queued(&timer->timeout)) {
		sched_unlock(key);
		return;
	}
	timeout_remove(&timer->timeout);
	if (timer->stop_fn != NULL) {
		sched_unlock(key);
		timer->stop_fn(timer);
		key = k_spin_lock(&sched_lock);
	}
	timer_release_waiter(timer);
	sched_unlock(key);
}

uint32_t k_timer_status_get(struct k_timer *timer)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	uint32_t status = timer_read_status(timer);

	sched_unlock(key);
	return status;
}

k_ticks_t k_timer_expires_ticks(const struct k_timer *timer)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = timeout_is_queued(&timer->timeout) ? (k_ticks_t)timer->timeout.deadline
							     : (k_ticks_t)timeout_now();

	sched_unlock(key);
	return ticks;
}

k_ticks_t k_timer_remaining_ticks(const struct k_timer *timer)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	k_ticks_t ticks = timeout_remaining(&timer->timeout);

	sched_unlock(key);
	return ticks;
}
