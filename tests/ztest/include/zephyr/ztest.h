/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The test framework, with Zephyr's API and output.
 *
 * A test file says ZTEST_SUITE(suite, ...) once and ZTEST(suite, test_something) for each behavior,
 * and has no main(): the framework brings it, runs everything in alphabetical order and ends the
 * program with status 0 or 1.
 */

#ifndef ZEPHYR_ZTEST_H_
#define ZEPHYR_ZTEST_H_

#include <zephyr/kernel.h>
#include <zephyr/tc_util.h>
#include <zephyr/ztest_assert.h>
#include <zephyr/ztest_error_hook.h>
#include <zephyr/ztest_test.h>

#endif /* ZEPHYR_ZTEST_H_ */
