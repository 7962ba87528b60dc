/* SPDX-License-Identifier: Apache-2.0 */

/* Misuse that the pocket kernel catches; on Zephyr 3.3 some of it waits for ever. */

#include <zephyr/ztest.h>

#include "items.h"
#include "workers.h"

static struct k_work_delayable dwork;

/* Without assertions there is nothing to catch it. */
static bool are_asserted(const void *global_state)
{
	ARG_UNUSED(global_state);
	return IS_ENABLED(CONFIG_ASSERT);
}

ZTEST_SUITE(work_misuse, are_asserted, NULL, items_before, items_after, NULL);

static void drain_own_queue(struct k_work *work)
{
	ARG_UNUSED(work);
	record('d');
	ztest_set_assert_valid(true);
	(void)k_work_queue_drain(&queue, false);
	record('!');
}

/* An item that drains its own queue would wait for itself. */
ZTEST(work_misuse, test_drain_by_an_item)
{
	static K_WORK_DEFINE(work, drain_own_queue);

	(void)k_work_submit_to_queue(&queue, &work);
	zassert_recorded("d");
}

static void start_again(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ztest_set_assert_valid(true);
	k_work_queue_start(&queue, NULL, 0, PRIO_LOW, NULL);
	record('!');
}

/* A queue that works is not started anew. */
ZTEST(work_misuse, test_start_twice)
{
	worker_join(worker_start(PRIO_HIGH, start_again, NULL));
	zassert_equal(submit(&a), 1);
	zassert_recorded("a");
}

static void run_nothing(struct k_work *work)
{
	ARG_UNUSED(work);
}

static void cancel_as_plain(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ztest_set_assert_valid(true);
	(void)k_work_cancel(&dwork.work);
	record('!');
}

/* A delayable item is not canceled like a plain one: its delay would go on. */
ZTEST(work_misuse, test_delayable_taken_for_a_plain_item)
{
	k_work_init_delayable(&dwork, run_nothing);
	worker_join(worker_start(PRIO_HIGH, cancel_as_plain, NULL));
	zassert_recorded("");
}
