/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An interrupt's way to a task.
 *
 * Begins before the store that makes the interrupt pending; ends behind the task's await. On the
 * way the handler raises a signal. Then, with the executor
 *   on a thread above all others: that is woken and switched to, and resumes the task;
 *   in an interrupt: the signal has made that pending; it comes behind the first one;
 *   bare: the task itself does the store when it already waits; it returns to the executor, which
 *   resumes it.
 * In the first two the main thread does the store.
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

/* A line can be connected in one place only. */
static void enable_line(void)
{
	IRQ_CONNECT(BENCH_IRQ, BENCH_IRQ_PRIORITY, raise_from_handler, NULL, 0);
	irq_enable(BENCH_IRQ);
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
	enable_line();
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

#define EXECUTOR_IRQ          (BENCH_IRQ + 1) /* no device has it */
#define EXECUTOR_IRQ_PRIORITY (BENCH_IRQ_PRIORITY + 1)

static struct eddy_irq_executor irq_executor;

static void run_to_task_irq(unsigned int repetitions)
{
	IRQ_CONNECT(EXECUTOR_IRQ, EXECUTOR_IRQ_PRIORITY, eddy_irq_executor_isr, &irq_executor, 0);
	eddy_irq_executor_init(&irq_executor, "interrupt", EXECUTOR_IRQ);
	enable_line();
	irq_enable(EXECUTOR_IRQ);
	(void)eddy_spawn(&irq_executor.executor, &listening); /* cannot fail: it is idle */
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		bench_irq_pend();
	}
	(void)eddy_cancel(&listening);
	irq_disable(EXECUTOR_IRQ);
	irq_disable(BENCH_IRQ);
}

/* Only its executor resumes a task: so it has the time to raise what it waits for. */
static int wait_and_pend(struct eddy_task *self)
{
	int result = eddy_signal_wait(self, &raised, NULL, K_FOREVER);

	bench_begin();
	bench_irq_pend();
	return result;
}

struct pender {
	struct eddy_frame frame;
	struct eddy_executor *executor;
	unsigned int repetitions;
};

async_fn(pender)
{
	async_begin;
	for (; my->repetitions > 0; my->repetitions--) {
		await(wait_and_pend(self));
		bench_end();
	}
	eddy_executor_stop(my->executor);
	async_end;
}

static struct eddy_bare_executor bare_executor;

static void run_to_task_bare(unsigned int repetitions)
{
	static EDDY_TASK_STORAGE(pender) pending;

	enable_line();
	eddy_bare_executor_init(&bare_executor, "bare");
	EDDY_TASK_INIT(&pending, pender, .executor = &bare_executor.executor,
		       .repetitions = repetitions);
	(void)eddy_spawn(&bare_executor.executor, &pending.task); /* cannot fail: it is idle */
	eddy_bare_executor_run(&bare_executor);
	irq_disable(BENCH_IRQ);
}

static const struct bench_row rows[] = {
	{.key = "async.irq_to_task", .run = run_to_task},
	{.key = "async.irq_to_task_bare", .run = run_to_task_bare},
	{.key = "async.irq_to_task_irq", .run = run_to_task_irq},
};

const struct bench_family irq_family = {rows, ARRAY_SIZE(rows)};
