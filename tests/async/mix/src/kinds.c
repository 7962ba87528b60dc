/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The four executors. The bare one has the least urgent thread: it never leaves the CPU to one of
 * its own priority or below.
 */

#include "kinds.h"

#include <zephyr/irq.h>

#include "irq_lines.h"

#define LINE_PRIORITY 3
#define STACK_SIZE    2048

static struct eddy_executor thread_kind;
static struct eddy_work_executor work_kind;
static struct eddy_irq_executor irq_kind;
static struct eddy_bare_executor bare_kind;

static K_THREAD_STACK_DEFINE(queue_stack, STACK_SIZE);
static struct k_work_q queue;

const struct kind kinds[KINDS] = {
	{"thread", &thread_kind},
	{"work", &work_kind.executor},
	{"interrupt", &irq_kind.executor},
	{"bare", &bare_kind.executor},
};

struct waiter_storage waiter_task;

async_fn(waiter)
{
	int result;

	async_begin;
	await_into(result, my->subject->wait(self, my->timeout));
	if (result >= 0 && my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_return(result);
	async_end;
}

void wait_on(const struct kind *kind, const struct subject *subject, k_timeout_t timeout)
{
	zexpect_false(eddy_task_is_active(&waiter_task.task));
	EDDY_TASK_INIT(&waiter_task, waiter, .subject = subject, .timeout = timeout);
	zexpect_equal(eddy_spawn(kind->executor, &waiter_task.task), 0);
}

static void run_bare(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_bare_executor_run(&bare_kind);
}

static void start_once(void)
{
	k_work_queue_start(&queue, queue_stack, STACK_SIZE, PRIO_HIGH, NULL);
	eddy_work_executor_init(&work_kind, "work", &queue);
	eddy_irq_executor_init(&irq_kind, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, LINE_PRIORITY, eddy_irq_executor_isr, &irq_kind, 0);
	irq_enable(IRQ_LINE);
}

static k_tid_t thread;
static k_tid_t bare_thread;

void kinds_before(void *fixture)
{
	static bool started;

	async_before(fixture);
	if (!started) {
		start_once();
		started = true;
	}
	thread = start_executor(&thread_kind, PRIO_HIGH);
	eddy_bare_executor_init(&bare_kind, "bare");
	bare_thread = worker_start(PRIO_LOW, run_bare, NULL);
}

void kinds_after(void *fixture)
{
	eddy_executor_stop(&thread_kind);
	eddy_executor_stop(&bare_kind.executor);
	(void)k_thread_join(thread, SOON);
	(void)k_thread_join(bare_thread, SOON);
	async_after(fixture);
}
