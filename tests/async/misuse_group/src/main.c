/* SPDX-License-Identifier: Apache-2.0 */

/* A function that returns while its children run is caught by an assertion. */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(never);

struct child {
	struct eddy_frame frame;
};

async_fn(child)
{
	async_begin;
	await(eddy_signal_wait(self, &never, NULL, K_FOREVER));
	async_end;
}

/* Has a child in its frame, and forgets to wait. */
struct careless {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(child) child;
};

async_fn(careless)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	zassert_equal(eddy_group_spawn(self, &my->group, &my->child, child), 0);
	await(eddy_yield(self));
	ztest_set_assert_valid(true);
	async_end;
}

/* Calls it: the group lies in the inner frame, within this one. */
struct caller {
	struct eddy_frame frame;
	struct careless callee;
};

async_fn(caller)
{
	async_begin;
	await(eddy_call(self, careless, &my->callee));
	ztest_test_fail();
	async_end;
}

static EDDY_TASK_STORAGE(caller) caller_task;

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_misuse_group, NULL, NULL, async_before, async_after, NULL);

/* No frame returns before the children in it have ended. */
ZTEST(async_misuse_group, test_returning_before_the_children_end)
{
	EDDY_TASK_INIT(&caller_task, caller);
	spawn(&caller_task.task);
	run_ready();
	ztest_test_fail();
}
