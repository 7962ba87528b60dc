/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The order of things: suites and tests by name, rules and the suite's functions around them.
 *
 * The suites' names begin with `order`, so that they follow each other; the last one judges the
 * trace.
 */

#include <zephyr/ztest.h>

struct order_a_fixture {
	int number;
};

static struct order_a_fixture the_fixture = {.number = 42};
static char trace[64];
static bool tracing;

static void note(const char *event)
{
	if (tracing) {
		strcat(trace, event);
	}
}

static void *setup(void)
{
	tracing = true;
	note("<");
	return &the_fixture;
}

static void before(void *fixture)
{
	zassert_equal_ptr(fixture, &the_fixture);
	note("(");
}

static void after(void *fixture)
{
	zassert_equal_ptr(fixture, &the_fixture);
	note(")");
}

static void teardown(void *fixture)
{
	zassert_equal_ptr(fixture, &the_fixture);
	note(">");
	tracing = false;
}

static void rule_before(const struct ztest_unit_test *test, void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_not_null(test->name);
	note("[");
}

static void rule_after(const struct ztest_unit_test *test, void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_not_null(test->name);
	note("]");
}

ZTEST_RULE(brackets, rule_before, rule_after);
ZTEST_SUITE(order_a, NULL, setup, before, after, teardown);

ZTEST_F(order_a, test_2)
{
	zassert_equal(fixture->number, 42);
	note("2");
}

ZTEST(order_a, test_3)
{
	note("3");
}

ZTEST_EXPECT_FAIL(order_a, test_1_which_fails);
ZTEST_USER_F(order_a, test_1_which_fails)
{
	note("1");
	zassert_not_equal(fixture->number, 42);
	note("!");
}

static void *skip_the_suite(void)
{
	ztest_test_skip();
	zassert_unreachable();
	return NULL;
}

ZTEST_SUITE(order_b_is_skipped, NULL, skip_the_suite, NULL, NULL, NULL);

ZTEST_EXPECT_SKIP(order_b_is_skipped, test_never);
ZTEST(order_b_is_skipped, test_never)
{
	zassert_unreachable();
}

ZTEST_SUITE(order_c_judges, NULL, NULL, NULL, NULL, NULL);

/* Each test has its rule, its before, itself and its after, however it ends. */
ZTEST(order_c_judges, test_trace)
{
	zassert_str_equal(trace, "<[(1)][(2)][(3)]>", "trace: %s", trace);
}
