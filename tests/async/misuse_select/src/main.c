/* SPDX-License-Identifier: Apache-2.0 */

/* A function that returns with arms of its select in wait queues is caught by an assertion. */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(first);
static EDDY_SIGNAL_DEFINE(second);

/* Selects in a loop, and forgets to end it. */
struct careless {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
};

async_fn(careless)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_signal_wait_arm(&my->select.arm[0], &first, NULL);
	eddy_signal_wait_arm(&my->select.arm[1], &second, NULL);
	await(eddy_select_next(self, &my->select, K_FOREVER));
	ztest_set_assert_valid(true);
	async_end;
}

static EDDY_TASK_STORAGE(careless) careless_task;

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_misuse_select, NULL, NULL, async_before, async_after, NULL);

/* No frame returns before the select in it has ended. */
ZTEST(async_misuse_select, test_returning_before_the_select_ends)
{
	EDDY_TASK_INIT(&careless_task, careless);
	spawn(&careless_task.task);
	run_ready();
	eddy_signal_raise(&first, 0U);
	run_ready();
	ztest_test_fail();
}
