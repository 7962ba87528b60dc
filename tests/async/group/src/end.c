/* SPDX-License-Identifier: Apache-2.0 */

/* The parent is canceled: its children end before it does. */

#include "family.h"

ZTEST_SUITE(async_group_end, NULL, NULL, family_before, async_after, NULL);

static void cancel_parent(void)
{
	zassert_equal(eddy_cancel(&family.task), 0);
	run_ready();
}

/* The children of a canceled parent are canceled, and have ended before it goes on. */
ZTEST(async_group_end, test_parent_is_canceled)
{
	family_start(EDDY_GROUP_ALL);
	cancel_parent();
	zassert_equal(strlen(recorded()), 5U);
	zassert_equal(recorded()[4], ')');
	zassert_equal(family_result(), -ECANCELED);
}

/* A child that takes its time to clean up is awaited; the parent does not end before it. */
ZTEST(async_group_end, test_a_slow_child_is_awaited)
{
	family.frame.is_slow = true;
	family_start(EDDY_GROUP_ALL);
	cancel_parent();
	zassert_equal(family_result(), UNSET);
	zassert_equal(eddy_group_count(&family.frame.group), 1U);
	cancel_parent(); /* makes no difference */
	zassert_equal(family_result(), UNSET);
	eddy_signal_raise(&cleaned, 0U);
	run_ready();
	zassert_equal(family_result(), -ECANCELED);
	zassert_true(eddy_task_result(&family.frame.children[0].task) == -ECANCELED);
}

/* A parent that was canceled before it waits does not leave its children behind. */
ZTEST(async_group_end, test_canceled_before_it_waits)
{
	family.frame.is_slow = true;
	spawn(&family.task);
	cancel_parent();
	zassert_equal(family_result(), UNSET);
	zassert_equal(eddy_group_count(&family.frame.group), 1U);
	eddy_signal_raise(&cleaned, 0U);
	run_ready();
	zassert_equal(family_result(), -ECANCELED);
	zassert_equal(eddy_group_count(&family.frame.group), 0U);
}

/* Canceled in the same instant in which the last child ends: the parent has been served. */
ZTEST(async_group_end, test_served_then_canceled)
{
	open_gate(1, 0);
	open_gate(2, 0);
	family_start(EDDY_GROUP_ALL);
	open_gate(0, -EIO);
	(void)eddy_executor_poll(&executor); /* the last child ends */
	cancel_parent();
	zassert_equal(family_result(), -EIO);
}

/* The other way round: the wait was canceled, whatever the last child does then. */
ZTEST(async_group_end, test_canceled_then_the_last_ends)
{
	open_gate(1, 0);
	open_gate(2, 0);
	family_start(EDDY_GROUP_ALL);
	open_gate(0, -EIO); /* the child is ready now, the parent behind it */
	cancel_parent();
	zassert_equal(family_result(), -ECANCELED);
	zassert_recorded("(bca)");
}

/* A shielded parent waits on, and its children run on. */
struct sheltered {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(child) child;
	int result;
};

async_fn(sheltered)
{
	async_begin;
	(void)eddy_shield(self);
	await_into(my->result,
		   eddy_join(self, &my->group, eddy_child(&my->child, child, .index = 0U)));
	eddy_unshield(self);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(sheltered) sheltered_task;

ZTEST(async_group_end, test_a_shielded_parent)
{
	EDDY_TASK_INIT(&sheltered_task, sheltered);
	spawn(&sheltered_task.task);
	run_ready();
	zassert_equal(eddy_cancel(&sheltered_task.task), 0);
	run_ready();
	zassert_recorded("");
	open_gate(0, 3);
	run_ready();
	zassert_recorded("a");
	zassert_equal(eddy_task_result(&sheltered_task.task), 0);
}

/* Families within families: whoever cancels the eldest waits for the youngest. */
struct elder {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(parent) parents[2];
	int result;
};

async_fn(elder)
{
	async_begin;
	await_into(my->result,
		   eddy_join(self, &my->group,
			     eddy_child(&my->parents[0], parent, .timeout = K_FOREVER,
					.is_slow = true),
			     eddy_child(&my->parents[1], parent, .timeout = K_FOREVER)));
	record('!');
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(elder) elder_task;

ZTEST(async_group_end, test_families_within_families)
{
	EDDY_TASK_INIT(&elder_task, elder);
	spawn(&elder_task.task);
	run_ready();
	zassert_equal(eddy_cancel(&elder_task.task), 0);
	run_ready();
	zassert_true(eddy_task_is_active(&elder_task.task));
	zassert_true(eddy_task_is_active(&elder_task.frame.parents[0].task));
	zassert_false(eddy_task_is_active(&elder_task.frame.parents[1].task));
	eddy_signal_raise(&cleaned, 0U);
	run_ready();
	zassert_equal(eddy_task_try_join(&elder_task.task), 0);
	zassert_equal(eddy_task_result(&elder_task.task), -ECANCELED);
	zassert_equal(recorded()[strlen(recorded()) - 1U], '!');
}
