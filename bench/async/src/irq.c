/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An interrupt's way to a task whose executor runs on a thread above all others.
 *
 * Begins before the store that makes the interrupt pending, done by the main thread; ends behind
 * the task's await. On the way: the handler raises a signal, the executor's thread is woken and
 * switched to, and resumes the task.
 */

#include <zephyr/irq.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "pend.h"
#include "runner.h"

#define URGENT_STACK_SIZE 1024

static EDDY_SIGNAL_DEFINE(raised);

static void raise_from_handler(const void *arg)
{
	ARG_UNUSED(arg);
	eddy_signal_raise(&raised, 1);
}

struct listener {
	struct eddy_frame frame;
};

async_fn(listener)
{
	int rc;

	async_begin;
	do {
		await_into(rc, eddy_signal_wait(self, &raised, NULL, K_FOREVER));
		bench_end();
	} while (rc == 0);
	async_return(rc); /* canceled */
	async_end;
}

EDDY_TASK_DEFINE(listening, listener);

static K_THREAD_STACK_DEFINE(urgent_stack, URGENT_STACK_SIZE);
static struct k_thread urgent;
static struct eddy_executor executor;

static void run_executor(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_executor_run(&executor);
}

static void run_to_task(unsigned int repetitions)
{
	IRQ_CONNECT(BENCH_IRQ, BENCH_IRQ_PRIORITY, raise_from_handler, NULL, 0);
	irq_enable(BENCH_IRQ);
	eddy_executor_init(&executor, "urgent");
	(void)eddy_spawn(&executor, &listening); /* cannot fail: it is idle */
	(void)k_thread_create(&urgent, urgent_stack, URGENT_STACK_SIZE, run_executor, NULL, NULL,
			      NULL, K_HIGHEST_APPLICATION_THREAD_PRIO, 0, K_NO_WAIT);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		bench_irq_pend();
	}
	(void)eddy_cancel(&listening);
	eddy_executor_stop(&executor);
	(void)k_thread_join(&urgent, K_FOREVER);
	irq_disable(BENCH_IRQ);
}

static const struct bench_row rows[] = {
	{.key = "async.irq_to_task", .run = run_to_task},
};

const struct bench_family irq_family = {rows, ARRAY_SIZE(rows)};
