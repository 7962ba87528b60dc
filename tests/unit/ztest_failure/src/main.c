/* SPDX-License-Identifier: Apache-2.0 */

/* A suite of which one test fails: the run has to fail, and the others have to run all the same. */

#include <zephyr/ztest.h>

ZTEST_SUITE(failure, NULL, NULL, NULL, NULL, NULL);

ZTEST(failure, test_1_fails)
{
	zassert_equal(1 + 1, 3, "as it should");
}

ZTEST(failure, test_2_passes)
{
	zassert_equal(1 + 1, 2);
}

ZTEST(failure, test_3_is_skipped)
{
	ztest_test_skip();
}
