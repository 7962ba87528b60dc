/* SPDX-License-Identifier: Apache-2.0 */

/* Uptime, cycles, waiting busily. */

#include "check.h"

#include <zephyr/kernel.h>

/* Waiting busily takes at least as long as asked for, by both clocks. */
static void busy_wait_takes_its_time(void)
{
	int64_t ticks = k_uptime_ticks();
	uint32_t cycles = k_cycle_get_32();
	uint64_t cycles_64 = k_cycle_get_64();

	k_busy_wait(3000);
	CHECK(k_cycle_get_32() - cycles >= k_us_to_cyc_floor32(3000));
	CHECK(k_cycle_get_64() - cycles_64 >= k_us_to_cyc_floor64(3000));
	CHECK(k_uptime_ticks() - ticks >= 29);
	CHECK(k_uptime_ticks() - ticks < 60);
}

/* The uptime in its various units is one and the same. */
static void uptime_has_units(void)
{
	int64_t ticks = k_uptime_ticks();
	int64_t ms = k_uptime_get();
	int64_t since = ms;

	CHECK(ms >= ticks / 10 && ms <= ticks / 10 + 1);
	CHECK(k_uptime_get_32() - (uint32_t)ms <= 1U);
	CHECK(k_uptime_seconds() == (uint32_t)(k_uptime_get() / 1000));
	k_busy_wait(2000);
	CHECK(k_uptime_delta(&since) >= 1);
	CHECK(since > ms);
}

/* A time point holds the end of a time-out. */
static void time_points_end(void)
{
	k_timepoint_t end = sys_timepoint_calc(K_MSEC(2));

	CHECK(!sys_timepoint_expired(end));
	k_busy_wait(3000);
	CHECK(sys_timepoint_expired(end));
}

void test_time(void)
{
	RUN(busy_wait_takes_its_time);
	RUN(uptime_has_units);
	RUN(time_points_end);
}
