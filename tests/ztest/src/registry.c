/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What is registered: suites, tests and expectations, found in alphabetical order.
 *
 * Zephyr's linker sorts them by name. Here the next one is searched for each time: quadratic, but
 * in some dozens, and no port needs a linker script for it.
 */

#include "ztest_internal.h"

const struct ztest_suite_node *ztest_next_suite(const struct ztest_suite_node *previous)
{
	const struct ztest_suite_node *best = NULL;

	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if ((previous == NULL || strcmp(suite->name, previous->name) > 0) &&
		    (best == NULL || strcmp(suite->name, best->name) < 0)) {
			best = suite;
		}
	}
	return best;
}

const struct ztest_unit_test *ztest_next_test(const struct ztest_suite_node *suite,
					      const struct ztest_unit_test *previous)
{
	const struct ztest_unit_test *best = NULL;

	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (strcmp(test->test_suite_name, suite->name) == 0 &&
		    (previous == NULL || strcmp(test->name, previous->name) > 0) &&
		    (best == NULL || strcmp(test->name, best->name) < 0)) {
			best = test;
		}
	}
	return best;
}

int ztest_expected_result(const struct ztest_unit_test *test)
{
	STRUCT_SECTION_FOREACH(ztest_expected_result_entry, entry) {
		if (strcmp(entry->test_suite_name, test->test_suite_name) == 0 &&
		    strcmp(entry->test_name, test->name) == 0) {
			return entry->expected_result;
		}
	}
	return TC_PASS;
}

static bool has_suite(const struct ztest_unit_test *test)
{
	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if (strcmp(test->test_suite_name, suite->name) == 0) {
			return true;
		}
	}
	return false;
}

void ztest_verify_all_test_suites_ran(void)
{
	if (!IS_ENABLED(CONFIG_ZTEST_VERIFY_RUN_ALL)) {
		return;
	}
	STRUCT_SECTION_FOREACH(ztest_suite_node, suite) {
		if (suite->stats->run_count == 0U) {
			PRINT("ERROR: Test suite '%s' did not run.\n", suite->name);
			ztest_run.failed = true;
		}
	}
	STRUCT_SECTION_FOREACH(ztest_unit_test, test) {
		if (!has_suite(test)) {
			PRINT("ERROR: Test '%s' belongs to suite '%s', which does not exist.\n",
			      test->name, test->test_suite_name);
			ztest_run.failed = true;
		}
	}
}
