/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The words of a test run. Twister and other tools parse them: they are Zephyr's, to the letter.
 */

#include "ztest_internal.h"

#define LINE "==================================================================="

static const char *const result_words[] = {
	[TC_PASS] = "PASS",
	[TC_FAIL] = "FAIL",
	[TC_SKIP] = "SKIP",
};

struct counts {
	unsigned int pass;
	unsigned int fail;
	unsigned int skip;
	uint32_t duration_ms;
};

void ztest_print_suite_start(const char *name)
{
	PRINT("Running TESTSUITE %s\n" LINE "\n", name);
}

void ztest_print_suite_end(const char *name, bool failed)
{
	PRINT("TESTSUITE %s %s\n", name, failed ? "failed." : "succeeded");
}

void ztest_print_test_start(const char *name)
{
	PRINT("START - %s\n", name);
}

void ztest_print_test_end(const char *name, int result, uint32_t duration_ms)
{
	PRINT(" %s - %s in %u.%03u seconds\n" LINE "\n", result_words[result], name,
	      duration_ms / 1000U, duration_ms % 1000U);
}

/* Of a test that may have run several times, or never. */
static int overall_result(const struct ztest_unit_test_stats *stats)
{
	if (stats->skip_count == stats->run_count) {
		return TC_SKIP;
	}
	return stats->pass_count == stats->run_count ? TC_PASS : TC_FAIL;
}

static struct counts count_results(const struct ztest_suite_node *suite)
{
	struct counts counts = {0};
	const struct ztest_unit_test *test = NULL;

	while ((test = ztest_next_test(suite, test)) != NULL) {
		int result = overall_result(test->stats);

		counts.pass += result == TC_PASS ? 1U : 0U;
		counts.fail += result == TC_FAIL ? 1U : 0U;
		counts.skip += result == TC_SKIP ? 1U : 0U;
		counts.duration_ms += test->stats->duration_worst_ms;
	}
	return counts;
}

static void print_suite_summary(const struct ztest_suite_node *suite)
{
	struct counts counts = count_results(suite);
	unsigned int judged = counts.pass + counts.fail;
	unsigned int rate = judged == 0U ? 0U : (counts.pass * 10000U + judged / 2U) / judged;
	int result = TC_PASS;

	if (counts.fail > 0U || suite->stats->fail_count > 0U) {
		result = TC_FAIL;
	} else if (judged == 0U) {
		result = TC_SKIP;
	}
	PRINT("SUITE %s - %3u.%02u%% [%s]: pass = %u, fail = %u, skip = %u, total = %u "
	      "duration = %u.%03u seconds\n",
	      result_words[result], rate / 100U, rate % 100U, suite->name, counts.pass, counts.fail,
	      counts.skip, judged + counts.skip, counts.duration_ms / 1000U,
	      counts.duration_ms % 1000U);
}

static void print_test_summary(const struct ztest_unit_test *test)
{
	uint32_t duration_ms = test->stats->duration_worst_ms;

	PRINT(" - %s - [%s.%s] duration = %u.%03u seconds\n",
	      result_words[overall_result(test->stats)], test->test_suite_name, test->name,
	      duration_ms / 1000U, duration_ms % 1000U);
}

void ztest_print_summary(void)
{
	const struct ztest_suite_node *suite = NULL;

	PRINT("\n------ TESTSUITE SUMMARY START ------\n\n");
	while ((suite = ztest_next_suite(suite)) != NULL) {
		const struct ztest_unit_test *test = NULL;

		print_suite_summary(suite);
		while ((test = ztest_next_test(suite, test)) != NULL) {
			print_test_summary(test);
		}
		PRINT("\n");
	}
	PRINT("------ TESTSUITE SUMMARY END ------\n\n");
}

void ztest_print_verdict(bool failed)
{
	PRINT(LINE "\nPROJECT EXECUTION %s\n", failed ? "FAILED" : "SUCCESSFUL");
}
