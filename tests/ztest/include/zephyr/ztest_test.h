/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Suites and tests.
 *
 * Each registers itself in an array that the linker gathers, so a test may stand in any file. Its
 * body runs in a thread of its own, of priority CONFIG_ZTEST_THREAD_PRIORITY, which a failed
 * assertion ends. setup, after and teardown run in the main thread, as in Zephyr.
 */

#ifndef ZEPHYR_ZTEST_TEST_H_
#define ZEPHYR_ZTEST_TEST_H_

#include <zephyr/kernel.h>

struct ztest_unit_test_stats {
	uint32_t run_count;
	uint32_t skip_count;
	uint32_t fail_count;
	uint32_t pass_count;
	uint32_t duration_worst_ms;
};

struct ztest_unit_test {
	const char *test_suite_name;
	const char *name;
	void (*test)(void *fixture);
	uint32_t thread_options;
	struct ztest_unit_test_stats *stats;
};

struct ztest_suite_stats {
	uint32_t run_count;
	uint32_t skip_count;
	uint32_t fail_count;
};

/** Returns the fixture that the suite's other functions and its tests get. */
typedef void *(*ztest_suite_setup_t)(void);
typedef void (*ztest_suite_before_t)(void *fixture);
typedef void (*ztest_suite_after_t)(void *fixture);
typedef void (*ztest_suite_teardown_t)(void *fixture);

/** Whether a suite is to run, given the state that was passed to ztest_run_test_suites(). */
typedef bool (*ztest_suite_predicate_t)(const void *global_state);

struct ztest_suite_node {
	const char *name;
	ztest_suite_setup_t setup;
	ztest_suite_before_t before;
	ztest_suite_after_t after;
	ztest_suite_teardown_t teardown;
	ztest_suite_predicate_t predicate;
	struct ztest_suite_stats *stats;
};

/**
 * Define a suite. Each function may be NULL.
 *
 * @param PREDICATE    Whether it runs at all; NULL: it does, once.
 * @param setup_fn     Before the first test; returns the fixture.
 * @param before_fn    Before each test, in the test's thread.
 * @param after_fn     After each test, however it ended.
 * @param teardown_fn  After the last test.
 */
#define ZTEST_SUITE(SUITE_NAME, PREDICATE, setup_fn, before_fn, after_fn, teardown_fn)             \
	static struct ztest_suite_stats z_ztest_suite_stats_##SUITE_NAME;                          \
	static const STRUCT_SECTION_ITERABLE(ztest_suite_node, z_ztest_suite_##SUITE_NAME) = {     \
		.name = STRINGIFY(SUITE_NAME),                                                     \
		.setup = (setup_fn),                                                               \
		.before = (before_fn),                                                             \
		.after = (after_fn),                                                               \
		.teardown = (teardown_fn),                                                         \
		.predicate = (PREDICATE),                                                          \
		.stats = &z_ztest_suite_stats_##SUITE_NAME,                                        \
	}

/* Registers `body`, a function of type void (void *). */
#define Z_ZTEST_REGISTER(suite, fn, options, body)                                                 \
	static struct ztest_unit_test_stats z_ztest_stats_##suite##_##fn;                          \
	static const STRUCT_SECTION_ITERABLE(ztest_unit_test, z_ztest_##suite##_##fn) = {          \
		.test_suite_name = STRINGIFY(suite),                                               \
		.name = STRINGIFY(fn),                                                             \
		.test = (body),                                                                    \
		.thread_options = (options),                                                       \
		.stats = &z_ztest_stats_##suite##_##fn,                                            \
	}

#define Z_ZTEST(suite, fn, options)                                                                \
	static void suite##_##fn(void);                                                            \
	static void z_ztest_body_##suite##_##fn(void *fixture)                                     \
	{                                                                                          \
		ARG_UNUSED(fixture);                                                               \
		suite##_##fn();                                                                    \
	}                                                                                          \
	Z_ZTEST_REGISTER(suite, fn, options, z_ztest_body_##suite##_##fn);                         \
	static void suite##_##fn(void)

#define Z_ZTEST_F(suite, fn, options)                                                              \
	static void suite##_##fn(struct suite##_fixture *fixture);                                 \
	static void z_ztest_body_##suite##_##fn(void *fixture)                                     \
	{                                                                                          \
		suite##_##fn(fixture);                                                             \
	}                                                                                          \
	Z_ZTEST_REGISTER(suite, fn, options, z_ztest_body_##suite##_##fn);                         \
	static void suite##_##fn(struct suite##_fixture *fixture)

/** Define a test; the function's body follows. */
#define ZTEST(suite, fn) Z_ZTEST(suite, fn, 0)
/** The same, with the suite's `struct <suite>_fixture *fixture` as argument. */
#define ZTEST_F(suite, fn) Z_ZTEST_F(suite, fn, 0)
/** To run in user mode, where the kernel has it. */
#define ZTEST_USER(suite, fn)   Z_ZTEST(suite, fn, K_USER)
#define ZTEST_USER_F(suite, fn) Z_ZTEST_F(suite, fn, K_USER)

typedef void (*ztest_rule_cb)(const struct ztest_unit_test *test, void *fixture);

struct ztest_test_rule {
	ztest_rule_cb before_each;
	ztest_rule_cb after_each;
};

/** Call functions around each test of every suite: the first before the suite's own `before`. */
#define ZTEST_RULE(name, before_each_fn, after_each_fn)                                            \
	static const STRUCT_SECTION_ITERABLE(ztest_test_rule, z_ztest_rule_##name) = {             \
		.before_each = (before_each_fn),                                                   \
		.after_each = (after_each_fn),                                                     \
	}

struct ztest_expected_result_entry {
	const char *test_suite_name;
	const char *test_name;
	int expected_result; /**< TC_FAIL or TC_SKIP. */
};

#define Z_ZTEST_EXPECT(suite, fn, result)                                                          \
	static const STRUCT_SECTION_ITERABLE(ztest_expected_result_entry,                          \
					     z_ztest_expected_##suite##_##fn) = {                  \
		.test_suite_name = STRINGIFY(suite),                                               \
		.test_name = STRINGIFY(fn),                                                        \
		.expected_result = (result),                                                       \
	}

/** The test passes if it fails, and fails if it does not. */
#define ZTEST_EXPECT_FAIL(suite, fn) Z_ZTEST_EXPECT(suite, fn, TC_FAIL)
/** The test passes if it is skipped, and fails if it is not. */
#define ZTEST_EXPECT_SKIP(suite, fn) Z_ZTEST_EXPECT(suite, fn, TC_SKIP)

/*
 * End the running test with this result. Called in its thread, its `before` or a helper thread they
 * do not return; in an interrupt they end the test once the interrupt is over. In setup, fail and
 * skip apply to the whole suite.
 */
void ztest_test_fail(void);
void ztest_test_pass(void);
void ztest_test_skip(void);

/** The running test has failed, but goes on: zexpect_*(). */
void ztest_test_expect_fail(void);

/** Skip the test because of a failed zassume_*(); CONFIG_ZTEST_FAIL_ON_ASSUME. */
void ztest_skip_failed_assumption(void);

#define Z_TEST_SKIP_IFDEF(config)  COND_CODE_1(config, (ztest_test_skip()), ())
#define Z_TEST_SKIP_IFNDEF(config) COND_CODE_1(config, (), (ztest_test_skip()))

/** `before` and `after` for suites that need one core. This kernel has no other: no effect. */
void ztest_simple_1cpu_before(void *fixture);
void ztest_simple_1cpu_after(void *fixture);

/** Run the suites whose predicate likes @p state. @return How many ran. */
int ztest_run_test_suites(const void *state);

/** Run all suites: what main() does, unless the application brings a test_main(). */
void ztest_run_all(const void *state);
void test_main(void);

/** Count as a failure every suite that never ran and every test without a suite. */
void ztest_verify_all_test_suites_ran(void);

/* User mode would need these to place variables. */
#define ZTEST_DMEM
#define ZTEST_BMEM
#define ZTEST_SECTION .data

#endif /* ZEPHYR_ZTEST_TEST_H_ */
