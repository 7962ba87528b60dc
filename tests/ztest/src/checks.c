/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a failed check does: say so, then fail, skip or go on.
 */

#include "ztest_internal.h"

static const char *const kind_words[] = {
	[Z_ZTEST_ASSERT] = "Assertion",
	[Z_ZTEST_ASSUME] = "Assumption",
	[Z_ZTEST_EXPECT] = "Expectation",
};

void z_ztest_failed(const struct z_ztest_place *place, const struct z_ztest_values *values,
		    const char *msg, ...)
{
	PRINT("\n    %s failed at %s:%d: %s: (%s)\n", kind_words[place->kind], place->file,
	      place->line, place->function, place->what);
	if (values != NULL) {
		PRINT("    %s is %lld (0x%llx), %s is %lld (0x%llx)\n", values->a_text, values->a,
		      (unsigned long long)values->a, values->b_text, values->b,
		      (unsigned long long)values->b);
	}
	if (msg != NULL) {
		va_list args;

		va_start(args, msg);
		vprintk(msg, args);
		va_end(args);
		PRINT("\n");
	}

	switch (place->kind) {
	case Z_ZTEST_ASSERT:
		ztest_test_fail();
		break;
	case Z_ZTEST_ASSUME:
		ztest_skip_failed_assumption();
		break;
	default:
		ztest_test_expect_fail();
		break;
	}
}
