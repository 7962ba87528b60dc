/* SPDX-License-Identifier: Apache-2.0 */

/* The checks: each passes when it should, and fails or skips when it should. */

#include <zephyr/ztest.h>

ZTEST_SUITE(checks, NULL, NULL, NULL, NULL, NULL);

/* Checks that hold let the test go on, whatever the types of their arguments. */
ZTEST(checks, test_all_hold)
{
	int number = 5;
	int *pointer = &number;
	uint8_t narrow = 200;
	int64_t wide = 1LL << 40;
	struct {
		unsigned int bits: 3;
	} field = {.bits = 5};

	zassert_true(number == 5);
	zassert_false(number == 6, "message");
	zassert_ok(0);
	zassert_not_ok(-EINVAL);
	zassert_is_null(NULL);
	zassert_not_null(pointer);
	zassert_equal(number, 5U);
	zassert_equal(narrow, 200);
	zassert_equal(wide, 1LL << 40, "message %d", 5);
	zassert_equal(field.bits, 5);
	zassert_equal(pointer, &number);
	zassert_equal(pointer == NULL, false);
	zassert_equal(1.5, 1.5);
	zassert_not_equal(number, 6);
	zassert_equal_ptr(pointer, &number);
	zassert_within(100, 90, 10);
	zassert_between_inclusive(5, 5, 6);
	zassert_mem_equal("abc", "abd", 2);
	zassert_str_equal("abc", "abc");
	zassert(true, "always");
	zassume_true(true);
	zassume_equal(number, 5, NULL);
	zexpect_equal(number, 5);
}

static int evaluations;

static int evaluate(void)
{
	evaluations++;
	return evaluations;
}

/* The arguments of a check are evaluated once. */
ZTEST(checks, test_evaluated_once)
{
	evaluations = 0;
	zassert_equal(evaluate(), 1);
	zassert_true(evaluate() == 2);
	zassert_within(evaluate(), 3, 0);
	zassert_ok(evaluate() - 4);
	zexpect_not_equal(evaluate(), 0);
	zassert_equal(evaluations, 5);
}

static volatile bool went_on;

/* A test that checks what must not hold: it has to end there, as a failure. */
#define MUST_FAIL(name, ...)                                                                       \
	ZTEST_EXPECT_FAIL(checks, test_fails_##name);                                              \
	ZTEST(checks, test_fails_##name)                                                           \
	{                                                                                          \
		int zero = 0;                                                                      \
                                                                                                   \
		ARG_UNUSED(zero);                                                                  \
		__VA_ARGS__;                                                                       \
		went_on = true;                                                                    \
	}

MUST_FAIL(true, zassert_true(zero == 1))
MUST_FAIL(false, zassert_false(zero == 0))
MUST_FAIL(ok, zassert_ok(-EAGAIN))
MUST_FAIL(not_ok, zassert_not_ok(zero))
MUST_FAIL(is_null, zassert_is_null(&zero))
MUST_FAIL(not_null, zassert_not_null(NULL))
MUST_FAIL(equal, zassert_equal(zero, 1, "message %d", 7))
MUST_FAIL(not_equal, zassert_not_equal(zero, 0))
MUST_FAIL(equal_ptr, zassert_equal_ptr(&zero, NULL))
MUST_FAIL(within, zassert_within(zero, 10, 9))
MUST_FAIL(between, zassert_between_inclusive(zero, 1, 5))
MUST_FAIL(mem_equal, zassert_mem_equal("abc", "abd", 3))
MUST_FAIL(str_equal, zassert_str_equal("abc", "abd"))
MUST_FAIL(unreachable, zassert_unreachable())
MUST_FAIL(by_hand, ztest_test_fail())

/* No failed assertion lets its test go on. */
ZTEST(checks, test_none_went_on)
{
	zassert_false(went_on);
}

static volatile bool expectation_went_on;

ZTEST_EXPECT_FAIL(checks, test_a_failed_expectation);
ZTEST(checks, test_a_failed_expectation)
{
	zexpect_true(false);
	expectation_went_on = true;
}

/* A failed expectation does let its test go on. */
ZTEST(checks, test_expectation_went_on)
{
	zassert_true(expectation_went_on);
}

ZTEST_EXPECT_SKIP(checks, test_skip_by_hand);
ZTEST(checks, test_skip_by_hand)
{
	ztest_test_skip();
	zassert_unreachable();
}

ZTEST_EXPECT_SKIP(checks, test_skip_by_assumption);
ZTEST(checks, test_skip_by_assumption)
{
	zassume_true(false);
	zassert_unreachable();
}

/* ztest_test_pass() ends a test as a success. */
ZTEST(checks, test_pass_by_hand)
{
	ztest_test_pass();
	zassert_unreachable();
}

/* A test whose thread ends some other way has not failed. */
ZTEST(checks, test_abort_by_hand)
{
	k_thread_abort(k_current_get());
}
