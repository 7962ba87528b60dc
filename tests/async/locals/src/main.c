/* SPDX-License-Identifier: Apache-2.0 */

/* The variant that compiles is the one that works. */

#include "async_test.h"
#include "sample.h"

ZTEST_SUITE(async_locals, NULL, NULL, async_before, async_after, NULL);

/* What lies in the frame survives an await. */
ZTEST(async_locals, test_a_value_in_the_frame_survives)
{
	static EDDY_TASK_STORAGE(sample) storage;

	EDDY_TASK_INIT(&storage, sample, .input = 41);
	spawn(&storage.task);
	run_ready();
	zassert_equal(eddy_task_result(&storage.task), 42);
}
