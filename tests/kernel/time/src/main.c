/* SPDX-License-Identifier: Apache-2.0 */

/* Uptime, cycle counter, conversions between units. */

#include <zephyr/ztest.h>

#include "workers.h"

#define TICKS_PER_SEC  CONFIG_SYS_CLOCK_TICKS_PER_SEC
#define CYCLES_PER_SEC ((int64_t)CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC)

ZTEST_SUITE(time, NULL, NULL, workers_before, workers_after, NULL);

/* For ever is not the same as no time at all. */
ZTEST(time, test_forever_and_no_wait)
{
	zassert_true(K_TIMEOUT_EQ(K_MSEC(0), K_NO_WAIT));
	zassert_false(K_TIMEOUT_EQ(K_FOREVER, K_NO_WAIT));
	zassert_equal(K_SECONDS(1).ticks, TICKS_PER_SEC);
}

/* Time-outs are rounded up: never shorter than asked for. */
ZTEST(time, test_timeouts_round_up)
{
	zassert_equal(K_NSEC(1).ticks, 1);
	zassert_equal(K_USEC(1).ticks, 1);
	zassert_equal(K_MSEC(0).ticks, 0);
	zassert_equal(K_MSEC(-1).ticks, 0);
	zassert_equal(K_HOURS(1000).ticks, (int64_t)3600000 * TICKS_PER_SEC);
}

/* Whole units convert exactly, in either direction. */
ZTEST(time, test_exact_conversions)
{
	zassert_equal(k_ms_to_cyc_floor64(3000), 3 * CYCLES_PER_SEC);
	zassert_equal(k_ms_to_ticks_floor32(3000), 3 * TICKS_PER_SEC);
	zassert_equal(k_ticks_to_ms_floor32(3 * TICKS_PER_SEC), 3000);
	zassert_equal(k_ticks_to_ms_floor64(TICKS_PER_SEC), 1000);
	zassert_equal(k_ticks_to_us_floor64(TICKS_PER_SEC), 1000000);
	zassert_equal(k_cyc_to_ns_floor64(CYCLES_PER_SEC), 1000000000);
	zassert_equal(k_cyc_to_ticks_floor64(CYCLES_PER_SEC), TICKS_PER_SEC);
}

/* Fractions are cut, rounded to the nearest or rounded up, as the name says. */
ZTEST(time, test_rounding)
{
	const uint32_t us_per_tick = 1000000 / TICKS_PER_SEC;

	zassert_equal(k_us_to_ticks_floor32(us_per_tick + 1), 1);
	zassert_equal(k_us_to_ticks_ceil32(us_per_tick + 1), 2);
	zassert_equal(k_us_to_ticks_near32(us_per_tick + 1), 1);
	zassert_equal(k_us_to_ticks_near32(2 * us_per_tick - 1), 2);
	zassert_equal(k_us_to_ticks_ceil32(0), 0);
	zassert_equal(k_us_to_ticks_ceil32(us_per_tick), 1);
}

/* An argument with an effect has it once. */
ZTEST(time, test_arguments_are_evaluated_once)
{
	uint64_t value = 1000;

	zassert_equal(k_ms_to_ticks_floor64(value++), TICKS_PER_SEC);
	zassert_equal(value, 1001);
}

/* 64-bit conversions do not wrap where 32 bits would. */
ZTEST(time, test_wide_conversions)
{
	const uint64_t century = 100ULL * 365 * 86400; /* in seconds */

	zassert_equal(k_ticks_to_ms_floor64(century * TICKS_PER_SEC), century * 1000);
	zassert_equal(k_ms_to_ticks_ceil64(century * 1000), century * TICKS_PER_SEC);
	zassert_equal(k_ms_to_ticks_ceil32(0xFFFFFFFFU),
		      (uint32_t)((uint64_t)0xFFFFFFFFU * TICKS_PER_SEC / 1000));
}

/* The views of the uptime agree. */
ZTEST(time, test_uptime_views)
{
	int64_t ms = k_uptime_get();
	int64_t ticks = k_uptime_ticks();

	zassert_within((int64_t)k_ticks_to_ms_floor64(ticks), ms, 2);
	zassert_within((int64_t)k_uptime_get_32(), ms & 0xFFFFFFFF, 2);
}

/* The difference to a former uptime, which moves on. */
ZTEST(time, test_uptime_delta)
{
	int64_t reference = k_uptime_get();
	int64_t start = reference;

	k_sleep(K_MSEC(20));
	zassert_between_inclusive(k_uptime_delta(&reference), 20, 23);
	zassert_between_inclusive(reference - start, 20, 23);
	zassert_between_inclusive(k_uptime_delta(&reference), 0, 2);
}

/* The uptime never goes back, nor does the cycle counter, whenever they are read. */
ZTEST(time, test_monotonic)
{
	int64_t ticks = k_uptime_ticks();
	uint32_t cycles = k_cycle_get_32();

	for (int i = 0; i < 20000; i++) {
		int64_t ticks_now = k_uptime_ticks();
		uint32_t cycles_now = k_cycle_get_32();

		zassert_true(ticks_now >= ticks);
		zassert_true((int32_t)(cycles_now - cycles) >= 0);
		ticks = ticks_now;
		cycles = cycles_now;
	}
}

/* The cycle counter runs at its nominal rate, over idle time too. */
ZTEST(time, test_cycles_while_sleeping)
{
	uint32_t start = k_cycle_get_32();
	uint32_t elapsed;

	k_sleep(K_MSEC(500));
	elapsed = k_cycle_get_32() - start;
	zassert_between_inclusive(elapsed, (uint32_t)k_ms_to_cyc_floor32(500),
				  (uint32_t)k_ms_to_cyc_floor32(502));
}

/* Uptime and cycles stay together over much waking and sleeping. */
ZTEST(time, test_no_drift)
{
	int64_t start_ticks = k_uptime_ticks();
	uint32_t start_cycles = k_cycle_get_32();

	if (IS_ENABLED(CONFIG_RISCV_MACHINE_TIMER)) {
		ztest_test_skip(); /* Zephyr 3.3's driver drops part of a tick at each interrupt */
	}
	for (int i = 0; i < 100; i++) {
		k_sleep(K_TICKS(1 + i % 7));
		k_busy_wait(50U * (unsigned int)(i % 5));
	}
	zassert_within(k_uptime_ticks() - start_ticks,
		       (int64_t)k_cyc_to_ticks_floor64(k_cycle_get_32() - start_cycles), 1);
}
