/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Misuse that no compiler can see is caught by an assertion. One per image: it ends the executor.
 */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(signal);

/* Waits with its value on the stack, which is gone by the time the value comes. */
struct careless {
	struct eddy_frame frame;
};

static int wait_with_a_local(struct eddy_task *self)
{
	uintptr_t value;

	return eddy_signal_wait(self, &signal, &value, K_FOREVER);
}

async_fn(careless)
{
	async_begin;
	ztest_set_assert_valid(true);
	await(wait_with_a_local(self));
	async_end;
}

static EDDY_TASK_STORAGE(careless) careless_task;

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_misuse, NULL, NULL, async_before, async_after, NULL);

/* Data that others write to while a task waits must not lie on the stack. */
ZTEST(async_misuse, test_waiting_with_data_on_the_stack)
{
	EDDY_TASK_INIT(&careless_task, careless);
	spawn(&careless_task.task);
	run_ready();
	ztest_test_fail();
}
