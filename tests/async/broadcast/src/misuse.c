/* SPDX-License-Identifier: Apache-2.0 */

/* Broadcast: use without a subscription is caught by an assertion. */

#include <zephyr/ztest_error_hook.h>

#include "async_test.h"

EDDY_BROADCAST_DEFINE(other, uint32_t, 2);

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

ZTEST_SUITE(async_broadcast_misuse, NULL, NULL, async_before, async_after, NULL);

/* One unsubscribes once. */
ZTEST(async_broadcast_misuse, test_unsubscribe_twice)
{
	struct eddy_subscriber subscriber;

	eddy_broadcast_subscribe(&subscriber, &other);
	eddy_broadcast_unsubscribe(&subscriber);
	ztest_set_assert_valid(true);
	eddy_broadcast_unsubscribe(&subscriber);
	ztest_test_fail();
}

/* Who has unsubscribed receives no more. */
ZTEST(async_broadcast_misuse, test_receive_unsubscribed)
{
	static struct eddy_broadcast fresh;
	static uint32_t buffer[2];
	static uint16_t unread[2];
	struct eddy_subscriber subscriber;
	uint32_t item = 1U;

	zassert_equal(eddy_broadcast_init(&fresh, buffer, unread, sizeof(item), 2U), 0);
	eddy_broadcast_subscribe(&subscriber, &fresh);
	eddy_broadcast_unsubscribe(&subscriber);
	eddy_broadcast_post(&fresh, &item);
	ztest_set_assert_valid(true);
	(void)eddy_broadcast_try_recv(&subscriber, &item);
	ztest_test_fail();
}
