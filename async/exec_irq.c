/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupt executor: the handler of an interrupt that software makes pending.
 *
 * An interrupt that becomes pending while its handler runs is taken again behind it. So a wake at
 * any moment, even between the handler's last look at the run queue and its return, is not lost.
 */

#include <eddy/executor_irq.h>

#include "alarm.h"
#include "irq_cpu.h"
#include "lock.h"

static void notify(struct eddy_executor *executor)
{
	eddy_irq_pend(CONTAINER_OF(executor, struct eddy_irq_executor, executor)->irq);
}

#ifdef CONFIG_MULTITHREADING
/*
 * A task in an interrupt waits for a mutex of a task on a thread: only a thread may have that one
 * inherit the priority.
 */
static void apply_loans(struct k_work *item)
{
	ARG_UNUSED(item);
	eddy_lend_apply();
}

static K_WORK_DEFINE(loans, apply_loans);

static void submit_loans(void)
{
	(void)k_work_submit(&loans); /* if it is queued already, that will do */
}

#define lend_in_a_thread() (eddy_lend_later = submit_loans)
#else
#define lend_in_a_thread() ((void)0)
#endif

void eddy_irq_executor_init(struct eddy_irq_executor *executor, const char *name, unsigned int irq)
{
	/* More urgent than any thread. */
	eddy_executor_setup(&executor->executor, name, INT8_MIN, notify);
	eddy_alarm_init(&executor->alarm, &executor->executor);
	executor->irq = irq;
	executor->executor.sleeping = true;
	lend_in_a_thread();
}

/*
 * More is to be done, but it is the others' turn. Should they not get it, since the interrupt
 * controller prefers ours to the clock's, deadlines are to be noticed all the same.
 */
static void come_again(struct eddy_irq_executor *self)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (self->alarm.armed_tick <= (uint64_t)k_uptime_ticks()) {
		self->alarm.is_due = true;
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_irq_pend(self->irq);
}

void eddy_irq_executor_isr(const void *executor)
{
	struct eddy_irq_executor *self = (struct eddy_irq_executor *)(uintptr_t)executor;

	eddy_irq_acknowledge();
	eddy_trace(EDDY_TRACE_EXECUTOR_WAKES, &self->executor, NULL);
	while (eddy_alarm_turn(&self->alarm)) {
		if (!EDDY_IRQ_NESTS) {
			come_again(self);
			break;
		}
	}
}
