/* SPDX-License-Identifier: Apache-2.0 */

/* Expectations for a ztest that has none: they are counted, and fail the test when it ends. */

#include "ztest_compat.h"

#ifdef ZTEST_COMPAT_EXPECT

static atomic_t failures;

void ztest_compat_expect(bool holds, const char *what, const char *file, int line)
{
	if (!holds) {
		atomic_inc(&failures);
		TC_PRINT("%s:%d: not as expected: %s\n", file, line, what);
	}
}

static void forget(const struct ztest_unit_test *test, void *data)
{
	atomic_clear(&failures);
}

static void judge(const struct ztest_unit_test *test, void *data)
{
	zassert_equal(atomic_get(&failures), 0, "expectations did not hold, see above");
}

ZTEST_RULE(expectations, forget, judge);

#endif
