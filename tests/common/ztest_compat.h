/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Assertions that ztest got after Zephyr 3.3, for tests that run there as well.
 *
 * Include after <zephyr/ztest.h>. An expectation that does not hold fails the test when that ends;
 * see ztest_compat.c.
 */

#ifndef TESTS_COMMON_ZTEST_COMPAT_H_
#define TESTS_COMMON_ZTEST_COMPAT_H_

#include <string.h>

#include <zephyr/ztest.h>

#ifndef zassert_str_equal
#define zassert_str_equal(text, expected, ...)                                                     \
	zassert_true(strcmp(text, expected) == 0, "\"%s\" is not \"%s\"", text, expected)
#endif

#ifndef zexpect_true
#define ZTEST_COMPAT_EXPECT 1

/* Any context. */
void ztest_compat_expect(bool holds, const char *what, const char *file, int line);

#define zexpect_true(condition, ...)  ztest_compat_expect(condition, #condition, __FILE__, __LINE__)
#define zexpect_false(condition, ...) zexpect_true(!(condition))
#define zexpect_equal(a, b, ...)      zexpect_true((a) == (b))
#define zexpect_not_equal(a, b, ...)  zexpect_true((a) != (b))
#endif

#endif /* TESTS_COMMON_ZTEST_COMPAT_H_ */
