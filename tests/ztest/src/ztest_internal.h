/* SPDX-License-Identifier: Apache-2.0 */

/* What the framework's files share: where the run stands, and what it has come to so far. */

#ifndef ZTEST_INTERNAL_H_
#define ZTEST_INTERNAL_H_

#include <zephyr/ztest.h>

/* Whose code runs. It decides what a failure means. */
enum ztest_phase {
	ZTEST_PHASE_FRAMEWORK,
	ZTEST_PHASE_SETUP,    /* main thread; a failure is the suite's */
	ZTEST_PHASE_BEFORE,   /* test thread */
	ZTEST_PHASE_TEST,     /* test thread */
	ZTEST_PHASE_AFTER,    /* main thread; a failure is the test's */
	ZTEST_PHASE_TEARDOWN, /* main thread; a failure is the suite's */
};

struct ztest_run {
	enum ztest_phase phase;
	const struct ztest_suite_node *suite;
	const struct ztest_unit_test *test;
	void *fixture;
	int suite_result;       /* TC_*: what setup and teardown came to */
	int test_result;        /* TC_*: what the running test came to */
	bool assumption_failed; /* in the running test */
	bool failed;            /* the whole run */
};

extern struct ztest_run ztest_run;
extern struct k_thread ztest_thread;

/* Set the result of the running phase. A failure is never taken back. */
void ztest_note(int result);

/* The next suite, or test of a suite, in alphabetical order; after NULL comes the first. */
const struct ztest_suite_node *ztest_next_suite(const struct ztest_suite_node *previous);
const struct ztest_unit_test *ztest_next_test(const struct ztest_suite_node *suite,
					      const struct ztest_unit_test *previous);

/* What the author announced by ZTEST_EXPECT_FAIL() or ZTEST_EXPECT_SKIP(), else TC_PASS. */
int ztest_expected_result(const struct ztest_unit_test *test);

/* Output, in the format that Zephyr's tools parse. */
void ztest_print_suite_start(const char *name);
void ztest_print_suite_end(const char *name, bool failed);
void ztest_print_test_start(const char *name);
void ztest_print_test_end(const char *name, int result, uint32_t duration_ms);
void ztest_print_summary(void);
void ztest_print_verdict(bool failed);

#endif /* ZTEST_INTERNAL_H_ */
