/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Deadlines of the executors that do not sleep in the kernel: one k_timer each, which expires at
 * the earliest of them, or before.
 *
 * The timer is started anew only for a deadline that comes before the time it is armed for. A wait
 * that ends before its limit leaves it alone: it finds nothing to do then and is armed for what is
 * next. So waits with limits that are seldom reached cost no timer calls. With no deadline it is
 * not started.
 *
 * Contexts: the executor does everything but for the timer's expiry, which sets is_due and notifies
 * the executor if that sleeps. is_due is set first, and an executor looks at it under the lock
 * before it sleeps: no expiry is missed.
 */

#include "alarm.h"
#include "exec.h"

#define NEVER UINT64_MAX /* not a deadline: those are at most INT64_MAX */

static void alarm_expired(struct k_timer *timer)
{
	struct eddy_alarm *alarm = CONTAINER_OF(timer, struct eddy_alarm, timer);
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_executor *notify = alarm->executor->sleeping ? alarm->executor : NULL;

	alarm->is_due = true;
	alarm->executor->sleeping = false;
	eddy_unlock(key, notify);
}

void eddy_alarm_init(struct eddy_alarm *alarm, struct eddy_executor *executor)
{
	k_timer_init(&alarm->timer, alarm_expired, NULL);
	alarm->executor = executor;
	alarm->armed_tick = NEVER;
	alarm->is_due = false;
}

__noinline void eddy_alarm_rearm(struct eddy_alarm *alarm)
{
	uint64_t tick = eddy_timeq_first(alarm->executor);

	if (tick >= alarm->armed_tick) {
		return;
	}
	if ((int64_t)tick < 0) {
		__builtin_unreachable(); /* spares the clamping in what follows */
	}
	alarm->armed_tick = tick;
	k_timer_start(&alarm->timer, K_TIMEOUT_ABS_TICKS((int64_t)tick), K_NO_WAIT);
}

/* Wake the tasks whose deadlines are not behind @now. Takes and returns the lock's key. */
static ALWAYS_INLINE k_spinlock_key_t expire(struct eddy_alarm *alarm, k_spinlock_key_t key,
					     uint64_t now)
{
	alarm->is_due = false;
	alarm->armed_tick = NEVER;
	return eddy_timeq_expire_any(alarm->executor, key, now);
}

void eddy_alarm_expire(struct eddy_alarm *alarm)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	/* The timer has just said so: no need to ask for the time. */
	key = expire(alarm, key, alarm->armed_tick);
	k_spin_unlock(&eddy_lock, key);
}

void eddy_alarm_stop(struct eddy_alarm *alarm)
{
	k_timer_stop(&alarm->timer);
	alarm->armed_tick = NEVER;
	alarm->is_due = false;
}

void eddy_alarm_retry(struct eddy_alarm *alarm)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	alarm->executor->sleeping = true;
	alarm->armed_tick = 0U; /* before all deadlines: they come no earlier */
	k_timer_start(&alarm->timer, K_TICKS(1), K_NO_WAIT);
	k_spin_unlock(&eddy_lock, key);
}

/*
 * The alarm is due. Ask for the time: an interrupt more urgent than the clock's may have armed it
 * for something later when the expiry was already under way.
 */
static __noinline k_spinlock_key_t expire_by_clock(struct eddy_alarm *alarm, k_spinlock_key_t key)
{
	return expire(alarm, key, (uint64_t)k_uptime_ticks());
}

bool eddy_alarm_turn(struct eddy_alarm *alarm)
{
	struct eddy_executor *executor = alarm->executor;
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *batch;
	bool is_done;

	if (unlikely(alarm->is_due)) {
		key = expire_by_clock(alarm, key);
	}
	batch = eddy_take_batch(executor);
	k_spin_unlock(&eddy_lock, key);
	if (likely(batch != NULL)) {
		eddy_run_batch(executor, batch);
	}

	key = k_spin_lock(&eddy_lock);
	eddy_alarm_arm(alarm); /* also while others are ready: they may yield for ever */
	is_done = eddy_runq_is_empty(executor) && !alarm->is_due;
	if (is_done) {
		executor->current = NULL;
		executor->sleeping = true;
		eddy_trace(EDDY_TRACE_EXECUTOR_SLEEPS, executor, NULL);
	}
	k_spin_unlock(&eddy_lock, key);
	return !is_done;
}
