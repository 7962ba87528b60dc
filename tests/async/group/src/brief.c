/* SPDX-License-Identifier: Apache-2.0 */

/* The short forms: join, race, call with a time limit. */

#include "family.h"

ZTEST_SUITE(async_group_brief, NULL, NULL, family_before, async_after, NULL);

enum form {
	JOIN,
	RACE,
	LIMITED,
};

/* Runs one of them with the children of family.h. */
struct user {
	struct eddy_frame frame;
	enum form form;      /* in */
	bool is_slow;        /* in: child 0 is */
	k_timeout_t timeout; /* in */
	int result;
	union {
		struct {
			struct eddy_group group;
			EDDY_CHILD(child) first;
			EDDY_CHILD(child) second;
			EDDY_CHILD(child) third;
		};
		EDDY_WITH_TIMEOUT(child) limited;
	};
};

static int begin(struct eddy_task *self, struct user *my)
{
	switch (my->form) {
	case JOIN:
		return eddy_join(self, &my->group, eddy_child(&my->first, child, .index = 0U),
				 eddy_child(&my->second, child, .index = 1U),
				 eddy_child(&my->third, child, .index = 2U));
	case RACE:
		return eddy_race(self, &my->group,
				 eddy_child(&my->first, child, .index = 0U, .is_slow = my->is_slow),
				 eddy_child(&my->second, child, .index = 1U),
				 eddy_child(&my->third, child, .index = 2U));
	default:
		return eddy_with_timeout(self, &my->limited, my->timeout, child, .index = 0U,
					 .is_slow = my->is_slow);
	}
}

async_fn(user)
{
	async_begin;
	my->result = UNSET;
	await_into(my->result, begin(self, my));
	record('.');
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(user) user_task;

static void start(enum form form, bool is_slow, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&user_task, user, .form = form, .is_slow = is_slow, .timeout = timeout);
	spawn(&user_task.task);
	run_ready();
}

static int result(void)
{
	return eddy_task_is_active(&user_task.task) ? UNSET : eddy_task_result(&user_task.task);
}

/* A join ends when all have ended; each child keeps its result. */
ZTEST(async_group_brief, test_join)
{
	start(JOIN, false, K_FOREVER);
	open_gate(2, 3);
	run_ready();
	open_gate(0, 1);
	run_ready();
	zassert_equal(result(), UNSET);
	open_gate(1, 2);
	run_ready();
	zassert_equal(result(), 0);
	zassert_equal(eddy_task_result(&user_task.frame.first.task), 1);
	zassert_equal(eddy_task_result(&user_task.frame.second.task), 2);
	zassert_equal(eddy_task_result(&user_task.frame.third.task), 3);
	zassert_equal(user_task.frame.third.frame.value, 3U);
	zassert_recorded("cab.");
}

/* In a join a failure does not touch the others. */
ZTEST(async_group_brief, test_join_with_a_failure)
{
	start(JOIN, false, K_FOREVER);
	open_gate(2, -EIO);
	run_ready();
	open_gate(0, 1);
	open_gate(1, 2);
	run_ready();
	zassert_equal(result(), -EIO);
	zassert_recorded("cab.");
}

/* A canceled join cancels its children, and ends behind them. */
ZTEST(async_group_brief, test_join_is_canceled)
{
	start(JOIN, false, K_FOREVER);
	zassert_equal(eddy_cancel(&user_task.task), 0);
	run_ready();
	zassert_equal(result(), -ECANCELED);
	zassert_equal(strlen(recorded()), 4U);
	zassert_equal(recorded()[3], '.');
}

/* A task that was canceled before begins nothing. */
ZTEST(async_group_brief, test_canceled_before)
{
	for (enum form form = JOIN; form <= LIMITED; form++) {
		EDDY_TASK_INIT(&user_task, user, .form = form, .timeout = K_FOREVER);
		spawn(&user_task.task);
		zassert_equal(eddy_cancel(&user_task.task), 0);
		run_ready();
		zassert_equal(result(), -ECANCELED);
	}
	zassert_recorded("...");
}

/* The first child to end wins; the others were canceled and have ended. */
ZTEST(async_group_brief, test_race)
{
	start(RACE, true, K_FOREVER);
	open_gate(2, -EIO);
	run_ready();
	zassert_equal(result(), UNSET, "the first child has not cleaned up");
	eddy_signal_raise(&cleaned, 0U);
	run_ready();
	zassert_equal(result(), 2);
	zassert_equal(eddy_task_result(&user_task.frame.third.task), -EIO);
	zassert_equal(eddy_task_result(&user_task.frame.first.task), -ECANCELED);
	zassert_recorded("cBA.");
}

/* Two ready at once: one wins, and the other one is not asked to forget what it has received. */
ZTEST(async_group_brief, test_race_with_a_close_second)
{
	start(RACE, false, K_FOREVER);
	open_gate(1, 11);
	open_gate(0, 10);
	run_ready();
	zassert_equal(result(), 1);
	zassert_equal(eddy_task_result(&user_task.frame.first.task), 10);
	zassert_recorded("baC.");
}

/* A child that ends before the last one was spawned: on an executor that is more urgent. */
struct hasty {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(child) children[2];
	int rc;
};

static struct eddy_executor urgent;

async_fn(hasty)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_FIRST_END);
	my->rc = eddy_group_spawn_on(self, &my->group, &urgent, &my->children[0], child);
	zassert_equal(my->rc, 0);
	my->rc = eddy_group_spawn(self, &my->group, &my->children[1], child, .index = 1U);
	zassert_equal(my->rc, -ECANCELED);
	await_into(my->rc, eddy_group_wait(self, &my->group, K_FOREVER));
	async_return(my->rc);
	async_end;
}

static EDDY_TASK_STORAGE(hasty) hasty_task;

ZTEST(async_group_brief, test_won_before_all_have_begun)
{
	start_executor(&urgent, PRIO_HIGH);
	open_gate(0, 0);
	EDDY_TASK_INIT(&hasty_task, hasty);
	spawn(&hasty_task.task);
	run_ready();
	zassert_equal(eddy_task_try_join(&hasty_task.task), 0);
	zassert_equal(eddy_task_result(&hasty_task.task), 0);
	zassert_recorded("a");
}

/* Within its limit a function returns what it returns. */
ZTEST(async_group_brief, test_with_timeout_in_time)
{
	start(LIMITED, false, K_MSEC(100));
	open_gate(0, 42);
	run_ready();
	zassert_equal(result(), 42);
	start(LIMITED, false, K_MSEC(100));
	open_gate(0, -EAGAIN);
	run_ready();
	zassert_equal(result(), -EAGAIN);
	zassert_recorded("a.a.");
}

/* At its limit a function is canceled, and has cleaned up before the caller goes on. */
ZTEST(async_group_brief, test_with_timeout_too_late)
{
	start(LIMITED, true, K_TICKS(3));
	k_sleep(K_TICKS(10));
	run_ready();
	zassert_equal(result(), UNSET);
	zassert_recorded("");
	eddy_signal_raise(&cleaned, 0U);
	run_ready();
	zassert_equal(result(), -EAGAIN);
	zassert_recorded("A.");
}

/* Served in the instant of the time-out: what the function returns counts. */
ZTEST(async_group_brief, test_with_timeout_just_in_time)
{
	start(LIMITED, false, K_TICKS(3));
	k_sleep(K_TICKS(10));
	open_gate(0, 5);
	run_ready();
	zassert_equal(result(), 5);
	zassert_recorded("a.");
}

/* Served between the caller's time-out and the function's cancellation: that counts too. */
ZTEST(async_group_brief, test_with_timeout_last_moment)
{
	start(LIMITED, false, K_TICKS(3));
	k_sleep(K_TICKS(10));
	spawn(&family.task); /* ready before the time-out is noticed, so it runs first */
	open_gate(0, 5);
	run_ready();
	zassert_equal(result(), 5);
	eddy_group_cancel(&family.frame.group);
	run_ready();
}

/* A caller that is canceled ends with its function. */
ZTEST(async_group_brief, test_with_timeout_is_canceled)
{
	start(LIMITED, false, K_FOREVER);
	zassert_equal(eddy_cancel(&user_task.task), 0);
	run_ready();
	zassert_equal(result(), -ECANCELED);
	zassert_recorded("A.");
}

/* Without any time the function is canceled before it begins. */
ZTEST(async_group_brief, test_with_timeout_no_wait)
{
	open_gate(0, 1);
	start(LIMITED, false, K_NO_WAIT);
	zassert_equal(result(), -EAGAIN);
	zassert_recorded("A.");
	zassert_equal(eddy_signal_try_wait(&gates[0], NULL), 0);
}
