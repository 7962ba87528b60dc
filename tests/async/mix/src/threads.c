/* SPDX-License-Identifier: Apache-2.0 */

/* Threads and interrupts meet tasks of every kind of executor, in every operation. */

#include "kinds.h"

ZTEST_SUITE(async_mix_threads, NULL, NULL, kinds_before, kinds_after, NULL);

#define STACK_SIZE 1024

static K_THREAD_STACK_DEFINE(blocker_stack, STACK_SIZE);
static struct k_thread blocker; /* one after another */
static int block_result;

static void block(void *subject, void *p2, void *p3)
{
	const struct subject *self = subject;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	block_result = self->block(SOON);
}

/* Serves a thread that blocks. */
struct serve_thread {
	struct eddy_frame frame;
	const struct subject *subject;
};

async_fn(serve_thread)
{
	async_begin;
	my->subject->reset(self);
	await(eddy_sleep(self, K_TICKS(10)));
	my->subject->enable(self);
	async_end;
}

static EDDY_TASK_STORAGE(serve_thread) serve_task;

static void serve_a_thread(const struct kind *kind, const struct subject *subject)
{
	block_result = UNSET;
	EDDY_TASK_INIT(&serve_task, serve_thread, .subject = subject);
	zassert_equal(eddy_spawn(kind->executor, &serve_task.task), 0);
	k_sleep(K_TICKS(4));
	(void)k_thread_create(&blocker, blocker_stack, STACK_SIZE, block,
			      (void *)(uintptr_t)subject, NULL, NULL, PRIO_HIGH, 0, K_NO_WAIT);
	zassert_equal(block_result, UNSET, "%s: did not block", subject->name);
	zassert_equal(k_thread_join(&blocker, SOON), 0);
	zassert_equal(block_result, 0, "%s, %s: %d", kind->name, subject->name, block_result);
	zassert_equal(eddy_task_join_blocking(&serve_task.task, SOON), 0);
}

/* A thread that blocks is served by a task of any kind of executor. */
ZTEST(async_mix_threads, test_tasks_serve_threads)
{
	for (unsigned int i = 0U; i < KINDS; i++) {
		for (unsigned int k = 0U; subjects[k] != NULL; k++) {
			if (subjects[k]->block != NULL) {
				serve_a_thread(&kinds[i], subjects[k]);
			}
		}
	}
}

static void enable_in_isr(const void *subject)
{
	const struct subject *self = subject;

	self->enable(NULL);
}

static void serve_from(const struct kind *kind, const struct subject *subject, bool from_isr)
{
	subject->reset(NULL);
	wait_on(kind, subject, K_FOREVER);
	k_sleep(K_TICKS(2));
	zassert_true(eddy_task_is_active(&waiter_task.task));
	if (from_isr) {
		irq_offload(enable_in_isr, subject);
	} else {
		subject->enable(NULL);
	}
	zassert_equal(eddy_task_join_blocking(&waiter_task.task, SOON), 0, "%s, %s", kind->name,
		      subject->name);
	zassert_equal(eddy_task_result(&waiter_task.task), subject->success);
}

/* A task of any kind of executor is served by threads and by interrupts. */
ZTEST(async_mix_threads, test_threads_and_interrupts_serve_tasks)
{
	for (unsigned int i = 0U; i < KINDS; i++) {
		for (unsigned int k = 0U; subjects[k] != NULL; k++) {
			if (!subjects[k]->is_owned) {
				serve_from(&kinds[i], subjects[k], false);
				serve_from(&kinds[i], subjects[k], true);
			}
		}
	}
}

static void cancel_in_isr(const void *task)
{
	(void)eddy_cancel((struct eddy_task *)(uintptr_t)task);
}

/* And canceled by them. */
ZTEST(async_mix_threads, test_threads_and_interrupts_cancel_tasks)
{
	for (unsigned int i = 0U; i < 2U * KINDS; i++) {
		signal_subject.reset(NULL);
		wait_on(&kinds[i / 2U], &signal_subject, K_FOREVER);
		k_sleep(K_TICKS(2));
		if (i % 2U == 0U) {
			irq_offload(cancel_in_isr, &waiter_task.task);
		}
		zassert_equal(eddy_cancel_wait_blocking(&waiter_task.task, SOON), 0);
		zassert_equal(eddy_task_result(&waiter_task.task), -ECANCELED);
	}
}
