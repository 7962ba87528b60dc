/* SPDX-License-Identifier: Apache-2.0 */

/* Event: flags that there are not are caught by an assertion. */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

static EDDY_EVENT_DEFINE(other);

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_event_misuse, NULL, NULL, async_before, async_after, NULL);

/* There are thirty flags. */
ZTEST(async_event_misuse, test_no_such_flag)
{
	eddy_event_post(&other, BIT(29));
	ztest_set_assert_valid(true);
	eddy_event_post(&other, BIT(30));
	ztest_test_fail();
}
