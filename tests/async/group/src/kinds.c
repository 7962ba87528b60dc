/* SPDX-License-Identifier: Apache-2.0 */

/* Families whose members run on executors of several kinds. */

#include <zephyr/irq.h>

#include "family.h"
#include "irq_lines.h"

#define PRIORITY   3
#define STACK_SIZE 1024

static K_THREAD_STACK_DEFINE(stack, STACK_SIZE);
static struct k_work_q queue;
static struct eddy_work_executor on_queue; /* above the test's thread */
static struct eddy_irq_executor in_interrupt;

static void *setup(void)
{
	k_work_queue_start(&queue, stack, STACK_SIZE, PRIO_HIGH, NULL);
	eddy_work_executor_init(&on_queue, "work", &queue);
	eddy_irq_executor_init(&in_interrupt, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PRIORITY, eddy_irq_executor_isr, &in_interrupt, 0);
	irq_enable(IRQ_LINE);
	return NULL;
}

ZTEST_SUITE(async_group_kinds, NULL, setup, family_before, async_after, NULL);

/* The parent on one executor, two of its children on another. */
static void check(struct eddy_executor *home, struct eddy_executor *others)
{
	family_before(NULL);
	family.frame.others = others;
	family.frame.policy = EDDY_GROUP_FIRST_FAILURE;
	zassert_equal(eddy_spawn(home, &family.task), 0);
	run_for(K_MSEC(1));
	zassert_equal(family_result(), UNSET);
	open_gate(0, 0);
	run_for(K_MSEC(1));
	zassert_recorded("(a");
	open_gate(1, -EIO);
	run_for(K_MSEC(1));
	zassert_recorded("(abC)");
	zassert_equal(family_result(), -EIO);

	family_before(NULL);
	family.frame.others = others;
	zassert_equal(eddy_spawn(home, &family.task), 0);
	run_for(K_MSEC(1));
	zassert_equal(eddy_cancel(&family.task), 0);
	run_for(K_MSEC(1));
	zassert_equal(strlen(recorded()), 5U);
	zassert_equal(recorded()[4], ')');
	zassert_equal(family_result(), -ECANCELED);
}

/* The parent on a thread, children on a work queue; and the other way round. */
ZTEST(async_group_kinds, test_thread_and_work_queue)
{
	check(&executor, &on_queue.executor);
	check(&on_queue.executor, &executor);
}

/* The parent on a thread, children in an interrupt; and the other way round. */
ZTEST(async_group_kinds, test_thread_and_interrupt)
{
	check(&executor, &in_interrupt.executor);
	check(&in_interrupt.executor, &executor);
}

/* The parent on a work queue, children in an interrupt; and the other way round. */
ZTEST(async_group_kinds, test_work_queue_and_interrupt)
{
	check(&on_queue.executor, &in_interrupt.executor);
	check(&in_interrupt.executor, &on_queue.executor);
}

/* All of them in one place. */
ZTEST(async_group_kinds, test_one_executor)
{
	check(&on_queue.executor, NULL);
	check(&in_interrupt.executor, NULL);
}
