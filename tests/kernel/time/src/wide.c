/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Uptimes of more than 32 bits. Only where virtual time takes no interrupts on the way: that is five
 * days, and a hardware timer of 24 bits would need a million.
 */

#include <zephyr/ztest.h>

/* The uptime goes on beyond 32 bits of ticks. */
ZTEST(time, test_uptime_beyond_32_bits)
{
	int64_t end = (1LL << 32) + 1000;

	k_sleep(K_TIMEOUT_ABS_TICKS(end));
	zassert_between_inclusive(k_uptime_ticks(), end, end + 10);
	k_sleep(K_MSEC(10));
	zassert_between_inclusive(k_uptime_ticks(), end + K_MSEC(10).ticks,
				  end + K_MSEC(10).ticks + 10);
}
