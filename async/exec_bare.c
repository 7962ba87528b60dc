/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Bare executor: sleeps the CPU itself instead of blocking its thread.
 *
 * For programs in which nothing else is to run on the thread's priority or below: each wake saves
 * two context switches. What wakes it is the interrupt that ended the CPU's sleep, so nobody has to
 * notify it.
 *
 * For one core: another one would have to send an event.
 *
 * No wake is lost: from finding the run queue empty to the CPU's sleep, interrupts stay masked, and
 * an interrupt that is pending ends that sleep at once.
 */

#include <eddy/executor_bare.h>

#include "alarm.h"
#include "thread.h"

static void notify(struct eddy_executor *executor)
{
	ARG_UNUSED(executor); /* the interrupt that made a task ready has ended the CPU's sleep */
}

void eddy_bare_executor_init(struct eddy_bare_executor *bare, const char *name)
{
	eddy_executor_setup(&bare->executor, name, eddy_thread_prio(), notify);
	eddy_alarm_init(&bare->alarm, &bare->executor);
}

/* Tasks are ready, perhaps for ever: see to it that the next deadline will be noticed. */
static __noinline void arm(struct eddy_bare_executor *bare)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	eddy_alarm_arm(&bare->alarm);
	k_spin_unlock(&eddy_lock, key);
}

/*
 * See to it that the next deadline will be noticed; then sleep the CPU unless something is ready.
 */
static ALWAYS_INLINE void sleep_until_interrupt(struct eddy_bare_executor *bare)
{
	unsigned int key = irq_lock();

	eddy_alarm_arm(&bare->alarm);
	if (!eddy_runq_is_empty(&bare->executor) || bare->alarm.is_due || bare->executor.stopping) {
		irq_unlock(key);
	} else {
		bare->executor.current = NULL;
		eddy_trace(EDDY_TRACE_EXECUTOR_SLEEPS, &bare->executor, NULL);
		k_cpu_atomic_idle(key);
		eddy_trace(EDDY_TRACE_EXECUTOR_WAKES, &bare->executor, NULL);
	}
}

void eddy_bare_executor_run(struct eddy_bare_executor *bare)
{
	struct eddy_executor *executor = &bare->executor;

	/*
	 * The thread is not noted: it must inherit no priority. It would keep threads of that
	 * priority from running even while it sleeps.
	 */
	executor->prio = eddy_thread_prio();
	while (!executor->stopping) {
		/* A glance, without the lock: whoever sleeps looks again. */
		if (eddy_runq_is_empty(executor)) {
			sleep_until_interrupt(bare);
		} else if (executor->deadlines != NULL) {
			arm(bare);
		}
		if (unlikely(bare->alarm.is_due)) {
			eddy_alarm_expire(&bare->alarm);
		}
		(void)eddy_executor_run_batch(executor);
	}
	executor->stopping = false;
	executor->current = NULL;
	eddy_alarm_stop(&bare->alarm); /* it must not outlive us in the kernel's queue */
}
