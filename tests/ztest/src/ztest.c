/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs the tests.
 *
 * A test body, and the suite's `before`, run in ztest_thread, created anew for each test; the main
 * thread waits for it. So a failed assertion can end a test wherever it stands, by aborting the
 * thread. The other functions of a suite run in the main thread, which a failed assertion leaves by
 * longjmp().
 *
 * Locking: none. The main thread and ztest_thread take turns; an interrupt or a helper thread only
 *          stores a result.
 */

#include <setjmp.h>

#include "ztest_internal.h"
#include <zephyr/board.h>

struct ztest_run ztest_run;
struct k_thread ztest_thread;

static K_THREAD_STACK_DEFINE(ztest_stack, CONFIG_ZTEST_STACK_SIZE);
static k_tid_t main_tid;
static jmp_buf end_of_phase;

void ztest_note(int result)
{
	int *target = &ztest_run.test_result;

	switch (ztest_run.phase) {
	case ZTEST_PHASE_BEFORE:
	case ZTEST_PHASE_TEST:
	case ZTEST_PHASE_AFTER:
		break;
	case ZTEST_PHASE_SETUP:
	case ZTEST_PHASE_TEARDOWN:
		target = &ztest_run.suite_result;
		break;
	default:
		/* A helper thread that outlived its test: nobody else to blame. */
		ztest_run.failed = ztest_run.failed || result == TC_FAIL;
		return;
	}
	if (*target != TC_FAIL) {
		*target = result;
	}
}

static bool in_test(void)
{
	return ztest_run.phase == ZTEST_PHASE_BEFORE || ztest_run.phase == ZTEST_PHASE_TEST;
}

/* Leave the running phase, from whatever context. Returns in an interrupt only. */
static void leave_phase(void)
{
	if (k_is_in_isr()) {
		if (in_test()) {
			k_thread_abort(&ztest_thread);
		}
		return;
	}
	if (k_current_get() == main_tid) {
		longjmp(end_of_phase, 1);
	}
	if (in_test() && k_current_get() != &ztest_thread) {
		/* The main thread must not go on before this one is dead too. */
		k_sched_lock();
		k_thread_abort(&ztest_thread);
	}
	k_thread_abort(k_current_get());
}

void ztest_test_fail(void)
{
	ztest_note(TC_FAIL);
	leave_phase();
}

void ztest_test_pass(void)
{
	leave_phase();
}

void ztest_test_skip(void)
{
	ztest_note(TC_SKIP);
	leave_phase();
}

void ztest_test_expect_fail(void)
{
	ztest_note(TC_FAIL);
}

void ztest_skip_failed_assumption(void)
{
	ztest_run.assumption_failed = true;
	ztest_test_skip();
}

void ztest_simple_1cpu_before(void *fixture)
{
	ARG_UNUSED(fixture);
}

void ztest_simple_1cpu_after(void *fixture)
{
	ARG_UNUSED(fixture);
}

static void run_in_main(enum ztest_phase phase, void (*body)(void))
{
	ztest_run.phase = phase;
	if (setjmp(end_of_phase) == 0) {
		body();
	}
	ztest_run.phase = ZTEST_PHASE_FRAMEWORK;
}

static void setup(void)
{
	if (ztest_run.suite->setup != NULL) {
		ztest_run.fixture = ztest_run.suite->setup();
	}
}

static void after(void)
{
	if (ztest_run.suite->after != NULL) {
		ztest_run.suite->after(ztest_run.fixture);
	}
	STRUCT_SECTION_FOREACH(ztest_test_rule, rule) {
		if (rule->after_each != NULL) {
			rule->after_each(ztest_run.test, ztest_run.fixture);
		}
	}
}

static void teardown(void)
{
	if (ztest_run.suite->teardown != NULL) {
		ztest_run.suite->teardown(ztest_run.fixture);
	}
}

static void test_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	STRUCT_SECTION_FOREACH(ztest_test_rule, rule) {
		if (rule->before_each != NULL) {
			rule->before_each(ztest_run.test, ztest_run.fixture);
		}
	}
	if (ztest_run.suite->before != NULL) {
		ztest_run.suite->before(ztest_run.fixture);
	}
	ztest_run.phase = ZTEST_PHASE_TEST;
	ztest_run.test->test(ztest_run.fixture);
}

static void run_body(const struct ztest_unit_test *test)
{
	ztest_run.phase = ZTEST_PHASE_BEFORE;
	(void)k_thread_create(&ztest_thread, ztest_stack, K_THREAD_STACK_SIZEOF(ztest_stack),
			      test_entry, NULL, NULL, NULL, CONFIG_ZTEST_THREAD_PRIORITY,
			      test->thread_options | K_INHERIT_PERMS, K_FOREVER);
	(void)k_thread_name_set(&ztest_thread, test->name); /* fails without CONFIG_THREAD_NAME */
	k_thread_start(&ztest_thread);
	(void)k_thread_join(&ztest_thread, K_FOREVER); /* waits for ever, so cannot fail */
}

/* What counts in the end, given what the author announced. */
static int judge(const struct ztest_unit_test *test)
{
	int expected = ztest_expected_result(test);

	if (expected == TC_PASS) {
		return ztest_run.test_result;
	}
	return ztest_run.test_result == expected ? TC_PASS : TC_FAIL;
}

static int run_test(const struct ztest_unit_test *test)
{
	int64_t start = k_uptime_ticks();
	uint32_t duration_ms;
	int result;

	ztest_print_test_start(test->name);
	ztest_run.test = test;
	ztest_run.test_result = ztest_run.suite_result;
	ztest_run.assumption_failed = false;
	if (ztest_run.suite_result == TC_PASS) {
		run_body(test);
		run_in_main(ZTEST_PHASE_AFTER, after);
	}

	result = judge(test);
	duration_ms = k_ticks_to_ms_ceil32((uint64_t)(k_uptime_ticks() - start));
	test->stats->duration_worst_ms = MAX(test->stats->duration_worst_ms, duration_ms);
	test->stats->run_count++;
	test->stats->pass_count += result == TC_PASS ? 1U : 0U;
	test->stats->fail_count += result == TC_FAIL ? 1U : 0U;
	test->stats->skip_count += result == TC_SKIP ? 1U : 0U;
	if (IS_ENABLED(CONFIG_ZTEST_FAIL_ON_ASSUME) && ztest_run.assumption_failed &&
	    result == TC_SKIP) {
		ztest_run.failed = true;
	}
	ztest_print_test_end(test->name, result, duration_ms);
	return result;
}

static void run_suite(const struct ztest_suite_node *suite)
{
	const struct ztest_unit_test *test = NULL;
	bool failed = false;

	ztest_print_suite_start(suite->name);
	ztest_run.suite = suite;
	ztest_run.fixture = NULL;
	ztest_run.suite_result = TC_PASS;
	run_in_main(ZTEST_PHASE_SETUP, setup);
	while (!(failed && IS_ENABLED(CONFIG_ZTEST_FAIL_FAST)) &&
	       (test = ztest_next_test(suite, test)) != NULL) {
		failed = run_test(test) == TC_FAIL || failed;
	}
	run_in_main(ZTEST_PHASE_TEARDOWN, teardown);

	failed = failed || ztest_run.suite_result == TC_FAIL;
	suite->stats->run_count++;
	suite->stats->fail_count += failed ? 1U : 0U;
	ztest_run.failed = ztest_run.failed || failed;
	ztest_print_suite_end(suite->name, failed);
}

int ztest_run_test_suites(const void *state)
{
	const struct ztest_suite_node *suite = NULL;
	int count = 0;

	while (!(ztest_run.failed && IS_ENABLED(CONFIG_ZTEST_FAIL_FAST)) &&
	       (suite = ztest_next_suite(suite)) != NULL) {
		bool wanted = suite->predicate != NULL ? suite->predicate(state)
						       : suite->stats->run_count == 0U;

		if (wanted) {
			run_suite(suite);
			count++;
		} else {
			suite->stats->skip_count++;
		}
	}
	return count;
}

void ztest_run_all(const void *state)
{
	(void)ztest_run_test_suites(state); /* how many ran is verified later */
}

__weak void test_main(void)
{
	ztest_run_all(NULL);
	ztest_verify_all_test_suites_ran();
}

int main(void)
{
	main_tid = k_current_get();
	test_main();
	ztest_print_summary();
	ztest_print_verdict(ztest_run.failed);
	board_exit(ztest_run.failed ? 1 : 0);
}
