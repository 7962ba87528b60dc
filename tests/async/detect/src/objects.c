/* SPDX-License-Identifier: Apache-2.0 */

/* Objects that go while tasks wait for them. The hook is in main.c. */

#include "async_test.h"

#include <eddy/detect.h>
#include <zephyr/ztest_error_hook.h>

static EDDY_SIGNAL_DEFINE(object);
static EDDY_SIGNAL_DEFINE(neighbor);

struct visitor {
	struct eddy_frame frame;
};

async_fn(visitor)
{
	async_begin;
	await(eddy_signal_wait(self, &object, NULL, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(visitor) visitors[3];

static void cancel_all(void *fixture)
{
	for (int i = 0; i < 3; i++) {
		(void)eddy_cancel(&visitors[i].task); /* it may have ended */
	}
	run_ready();
	async_after(fixture);
}

ZTEST_SUITE(async_objects, NULL, NULL, async_before, cancel_all, NULL);

static void spawn_visitors(void)
{
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&visitors[i], visitor);
		spawn(&visitors[i].task);
	}
	run_ready();
}

/* An object is set up anew when nobody waits for it, and while tasks wait for another. */
ZTEST(async_objects, test_an_object_without_waiters)
{
	eddy_signal_init(&object);
	spawn_visitors();
	eddy_signal_init(&neighbor);
	eddy_assert_unawaited(&neighbor);
	for (int i = 0; i < 3; i++) {
		eddy_signal_raise(&object, 0U);
	}
	eddy_assert_unawaited(&object);
	run_ready();
	eddy_signal_init(&object);
}

/* An object's memory goes while tasks wait for it. */
ZTEST(async_objects, test_an_object_with_waiters)
{
	spawn_visitors();
	ztest_set_assert_valid(true);
	eddy_assert_unawaited(&object);
	ztest_test_fail();
}
