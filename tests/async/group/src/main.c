/* SPDX-License-Identifier: Apache-2.0 */

/* Groups: children that run inside a frame, which waits for the last of them. */

#include "family.h"

ZTEST_SUITE(async_group, NULL, NULL, family_before, async_after, NULL);

/* The wait ends when the last child has ended, and not before. */
ZTEST(async_group, test_waits_for_the_last)
{
	family_start(EDDY_GROUP_ALL);
	open_gate(1, 0);
	run_ready();
	open_gate(0, 5);
	run_ready();
	zassert_equal(family_result(), UNSET);
	zassert_equal(eddy_group_count(&family.frame.group), 1U);
	open_gate(2, 0);
	run_ready();
	zassert_equal(family_result(), 0, "positive results are no failures");
	zassert_equal(eddy_task_result(&family.frame.children[0].task), 5);
	zassert_recorded("(bac)");
}

/* Children that end before the parent waits: it need not wait. */
ZTEST(async_group, test_all_have_ended_before)
{
	for (unsigned int i = 0; i < CHILDREN; i++) {
		open_gate(i, 0);
	}
	family_start(EDDY_GROUP_ALL);
	zassert_recorded("(abc)");
	zassert_equal(family_result(), 0);
}

/* A group that never had a child is no reason to wait. */
struct lonely {
	struct eddy_frame frame;
	struct eddy_group group;
	int result;
};

async_fn(lonely)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	await_into(my->result, eddy_group_wait(self, &my->group, K_NO_WAIT));
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(lonely) lonely_task;

ZTEST(async_group, test_no_children)
{
	EDDY_TASK_INIT(&lonely_task, lonely);
	spawn(&lonely_task.task);
	run_ready();
	zassert_equal(eddy_task_try_join(&lonely_task.task), 0);
	zassert_equal(eddy_task_result(&lonely_task.task), 0);
}

/* Without a policy a failure is the result, once all have ended; the first one counts. */
ZTEST(async_group, test_first_failure_is_the_result)
{
	family_start(EDDY_GROUP_ALL);
	open_gate(1, -EIO);
	run_ready();
	open_gate(0, -EINVAL);
	run_ready();
	open_gate(2, 0);
	run_ready();
	zassert_equal(family_result(), -EIO);
	zassert_recorded("(bac)");
}

/* With the policy for it the first failure cancels the others, and is the result. */
ZTEST(async_group, test_first_failure_cancels_the_rest)
{
	family_start(EDDY_GROUP_FIRST_FAILURE);
	open_gate(0, 7);
	run_ready();
	zassert_recorded("(a");
	open_gate(2, -EIO);
	run_ready();
	zassert_recorded("(acB)");
	zassert_equal(family_result(), -EIO);
	zassert_equal(eddy_task_result(&family.frame.children[1].task), -ECANCELED);
}

/* With the policy for it the first end cancels the others; the result is its number. */
ZTEST(async_group, test_first_end_cancels_the_rest)
{
	family_start(EDDY_GROUP_FIRST_END);
	open_gate(1, -EIO);
	run_ready();
	zassert_equal(family_result(), 1);
	zassert_equal(eddy_task_result(&family.frame.children[1].task), -EIO);
	zassert_equal(strlen(recorded()), 5U);
	zassert_equal(recorded()[1], 'b');
}

/* A child that was canceled alone has not failed; the group goes on. */
ZTEST(async_group, test_cancel_one_child)
{
	family_start(EDDY_GROUP_FIRST_FAILURE);
	zassert_equal(eddy_cancel(&family.frame.children[1].task), 0);
	run_ready();
	zassert_recorded("(B");
	open_gate(0, 0);
	open_gate(2, 0);
	run_ready();
	zassert_recorded("(Bac)");
	zassert_equal(family_result(), 0);
}

/* Nobody but the group joins a child. */
ZTEST(async_group, test_a_child_cannot_be_joined)
{
	family_start(EDDY_GROUP_ALL);
	zassert_equal(eddy_task_try_join(&family.frame.children[0].task), -EBUSY);
	eddy_group_cancel(&family.frame.group);
	run_ready();
}

/* A canceled group ends; nobody has failed. No child is spawned into it any more. */
ZTEST(async_group, test_cancel_the_group)
{
	family_start(EDDY_GROUP_ALL);
	eddy_group_cancel(&family.frame.group);
	eddy_group_cancel(&family.frame.group); /* nothing more to do */
	run_ready();
	zassert_equal(family_result(), 0);
	zassert_equal(strlen(recorded()), 5U);
	zassert_equal(eddy_group_spawn(&family.task, &family.frame.group, &family.frame.children[0],
				       child),
		      -ECANCELED);
}

static void cancel_in_interrupt(const void *group)
{
	eddy_group_cancel((struct eddy_group *)(uintptr_t)group);
}

/* An interrupt may cancel a group. */
ZTEST(async_group, test_cancel_the_group_in_an_interrupt)
{
	family_start(EDDY_GROUP_ALL);
	irq_offload(cancel_in_interrupt, &family.frame.group);
	run_ready();
	zassert_equal(family_result(), 0);
}

/* A time-out leaves the children alone; the parent can wait again. */
ZTEST(async_group, test_timeout)
{
	family.frame.timeout = K_TICKS(3);
	family_start(EDDY_GROUP_ALL);
	k_sleep(K_TICKS(10));
	run_ready();
	zassert_recorded("(t");
	for (unsigned int i = 0; i < CHILDREN; i++) {
		open_gate(i, i == 1U ? -EAGAIN : 0);
	}
	run_ready();
	zassert_recorded("(tabc)");
	zassert_equal(family_result(), -EAGAIN, "a child's failure, not a time-out");
}

/* K_NO_WAIT only looks. */
ZTEST(async_group, test_no_wait)
{
	family.frame.timeout = K_NO_WAIT;
	family_start(EDDY_GROUP_ALL);
	zassert_recorded("(t");
	eddy_group_cancel(&family.frame.group);
	run_ready();
	zassert_equal(family_result(), 0);
}

/* The last child ends after the parent's time is over but before it has run: that counts. */
ZTEST(async_group, test_ended_in_the_instant_of_the_timeout)
{
	family.frame.timeout = K_TICKS(3);
	open_gate(1, 0);
	open_gate(2, 0);
	family_start(EDDY_GROUP_ALL);
	zassert_recorded("(bc");
	k_sleep(K_TICKS(10));
	open_gate(0, 0); /* child 0 is ready first, then the executor sees the time */
	run_ready();
	zassert_recorded("(bca)");
	zassert_equal(family_result(), 0);
}

/* Children on another executor, more urgent or less, are awaited and canceled like others. */
static void check_on_other_executor(int prio)
{
	static struct eddy_executor other;

	start_executor(&other, prio);
	family.frame.others = &other;
	family_start(EDDY_GROUP_FIRST_FAILURE);
	k_sleep(K_MSEC(1));
	open_gate(1, -EIO);
	run_until_done(&family.task);
	zassert_equal(family_result(), -EIO);
	zassert_equal(strlen(recorded()), 5U);
}

ZTEST(async_group, test_children_on_a_more_urgent_executor)
{
	check_on_other_executor(PRIO_HIGH);
}

ZTEST(async_group, test_children_on_a_less_urgent_executor)
{
	check_on_other_executor(PRIO_LOW);
}

/* Ends a child's memory over and over: the same storage is used again once its task has ended. */
struct serial {
	struct eddy_frame frame;
	struct eddy_group group;
	unsigned int round;
	int result;
	EDDY_CHILD(child) child;
};

async_fn(serial)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	for (my->round = 0; my->round < 3U; my->round++) {
		zassert_equal(
			eddy_group_spawn(self, &my->group, &my->child, child, .index = my->round),
			0);
		await_into(my->result, eddy_group_wait(self, &my->group, K_FOREVER));
	}
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(serial) serial_task;

ZTEST(async_group, test_a_group_is_used_again)
{
	EDDY_TASK_INIT(&serial_task, serial);
	spawn(&serial_task.task);
	run_ready();
	for (unsigned int i = 0; i < 3U; i++) {
		open_gate(i, 0);
		run_ready();
	}
	zassert_recorded("abc");
	zassert_equal(eddy_task_try_join(&serial_task.task), 0);
}

/* The end of all children can be one of the operations of a select. */
struct chooser {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(child) child;
	EDDY_SELECT(2) select;
	int result;
};

async_fn(chooser)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	(void)eddy_group_spawn(self, &my->group, &my->child, child, .index = 0U);
	eddy_select_init(&my->select);
	eddy_signal_wait_arm(&my->select.arm[0], &gates[1], NULL);
	eddy_group_wait_arm(&my->select.arm[1], &my->group);
	do {
		await_into(my->result, eddy_select(self, &my->select, K_FOREVER));
		record((char)('0' + eddy_select_which(&my->select)));
	} while (eddy_select_which(&my->select) == 0U);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(chooser) chooser_task;

ZTEST(async_group, test_in_a_select)
{
	EDDY_TASK_INIT(&chooser_task, chooser);
	spawn(&chooser_task.task);
	run_ready();
	open_gate(1, 0);
	run_ready();
	open_gate(0, -EIO);
	run_ready();
	zassert_recorded("0a1");
	zassert_equal(eddy_task_result(&chooser_task.task), -EIO);
}
