/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Bare executor: sleeps the CPU itself instead of blocking its thread.
 *
 * For programs in which nothing else is to run on the thread's priority or below: each wake saves
 * two context switches. What wakes it is the interrupt that ended the CPU's sleep, so nobody has to
 * notify it. The earliest deadline is the expiry of a timer of its own.
 *
 * No wake is lost: from finding the run queue empty to the CPU's sleep, interrupts stay masked, and
 * an interrupt that is pending ends that sleep at once.
 */

#include "core.h"

#define NEVER UINT64_MAX /* not a deadline: those are at most INT64_MAX */

static void alarm_expired(struct k_timer *alarm)
{
	struct eddy_bare_executor *bare = CONTAINER_OF(alarm, struct eddy_bare_executor, alarm);

	bare->is_due = true;
}

void eddy_bare_executor_init(struct eddy_bare_executor *bare, const char *name)
{
	eddy_executor_init(&bare->executor, name);
	k_timer_init(&bare->alarm, alarm_expired, NULL);
	bare->armed_tick = NEVER;
	bare->is_due = false;
}

/* Have the alarm expire at the earliest deadline. Interrupts masked. */
static void arm(struct eddy_bare_executor *bare)
{
	uint64_t tick = eddy_timeq_first(&bare->executor);

	if (tick == bare->armed_tick) {
		return;
	}
	if ((int64_t)tick < 0) {
		__builtin_unreachable(); /* spares the clamping in what follows */
	}
	bare->armed_tick = tick;
	k_timer_start(&bare->alarm, K_TIMEOUT_ABS_TICKS((int64_t)tick), K_NO_WAIT);
}

/*
 * See to it that the next deadline will be noticed; then sleep the CPU unless something is ready.
 */
static void sleep_until_interrupt(struct eddy_bare_executor *bare)
{
	unsigned int key = irq_lock();

	/* Not if the alarm has expired: what it was armed for is still to be dealt with. */
	if (bare->executor.deadlines != NULL && !bare->is_due) {
		arm(bare);
	}
	if (bare->executor.first != NULL || bare->is_due || bare->executor.stopping) {
		irq_unlock(key);
	} else {
		bare->executor.current = NULL;
		k_cpu_atomic_idle(key);
	}
}

/* The alarm has expired: so have the deadlines up to it. */
static void expire(struct eddy_bare_executor *bare)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	uint64_t tick = bare->armed_tick;

	bare->is_due = false;
	bare->armed_tick = NEVER;
	key = eddy_timeq_expire(&bare->executor, key, tick);
	k_spin_unlock(&eddy_lock, key);
}

void eddy_bare_executor_run(struct eddy_bare_executor *bare)
{
	struct eddy_executor *executor = &bare->executor;

	executor->prio = (int8_t)k_thread_priority_get(k_current_get());
	while (!executor->stopping) {
		sleep_until_interrupt(bare);
		if (bare->is_due) {
			expire(bare);
		}
		(void)eddy_executor_run_batch(executor);
	}
	executor->stopping = false;
	executor->current = NULL;
	/* The alarm must not outlive us in the kernel's queue. */
	k_timer_stop(&bare->alarm);
	bare->armed_tick = NEVER;
	bare->is_due = false;
}
