/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What not every port and not every kernel can do.
 *
 * Uptimes of more than 32 bits: that is five days, and a hardware timer of 24 bits would take a
 * million interrupts. Time-outs that initialize statics: real Zephyr's are not constant enough.
 * Seconds as a unit: older Zephyrs have none.
 */

#include <zephyr/ztest.h>

/* Must be constants: this does not compile otherwise. */
static const k_timeout_t constants[] = {K_NO_WAIT, K_FOREVER, K_MSEC(5), K_SECONDS(1), K_USEC(100)};
static const uint32_t constant_ticks = k_ms_to_ticks_ceil32(1000);

/* Time-outs of constants are constants. */
ZTEST(time, test_constants)
{
	zassert_equal(constants[0].ticks, 0);
	zassert_equal(constants[1].ticks, K_FOREVER.ticks);
	zassert_equal(constants[3].ticks, CONFIG_SYS_CLOCK_TICKS_PER_SEC);
	zassert_equal(constant_ticks, CONFIG_SYS_CLOCK_TICKS_PER_SEC);
}

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

/* Seconds convert as the other units do. */
ZTEST(time, test_seconds)
{
	const uint64_t century = 100ULL * 365 * 86400;

	zassert_equal(k_sec_to_ticks_floor64(century), century * CONFIG_SYS_CLOCK_TICKS_PER_SEC);
	zassert_equal(k_ticks_to_sec_floor32(3 * CONFIG_SYS_CLOCK_TICKS_PER_SEC + 1), 3);
	zassert_equal(k_sec_to_cyc_floor64(2), 2ULL * CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC);
	zassert_within((int64_t)k_uptime_seconds(), k_uptime_get() / 1000, 1);
}
