/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupt executor: the handler of an interrupt that software makes pending.
 *
 * An interrupt that becomes pending while its handler runs is taken again behind it. So a wake at
 * any moment, even between the handler's last look at the run queue and its return, is not lost.
 */

#include <eddy/executor_irq.h>

#include "alarm.h"
#include "lock.h"

static void notify(struct eddy_executor *executor)
{
	eddy_irq_pend(CONTAINER_OF(executor, struct eddy_irq_executor, executor)->irq);
}

void eddy_irq_executor_init(struct eddy_irq_executor *executor, const char *name, unsigned int irq)
{
	/* More urgent than any thread. */
	eddy_executor_setup(&executor->executor, name, INT8_MIN, notify);
	eddy_alarm_init(&executor->alarm, &executor->executor);
	executor->irq = irq;
	executor->executor.sleeping = true;
}

void eddy_irq_executor_isr(const void *executor)
{
	struct eddy_irq_executor *self = (struct eddy_irq_executor *)(uintptr_t)executor;

	while (eddy_alarm_turn(&self->alarm)) {
		/* until nothing is ready */
	}
}

#ifdef CONFIG_MULTITHREADING
/*
 * A task in an interrupt waits for a mutex of a task on a thread: only a thread may have that one
 * inherit the priority. Here, so that it is linked with interrupt executors only.
 */
static void apply_loans(struct k_work *item)
{
	ARG_UNUSED(item);
	eddy_lend_apply();
}

static K_WORK_DEFINE(loans, apply_loans);

void eddy_lend_later(void)
{
	(void)k_work_submit(&loans); /* if it is queued already, that will do */
}
#endif
