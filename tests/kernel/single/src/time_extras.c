/* SPDX-License-Identifier: Apache-2.0 */

/* Time: what came to Zephyr after 3.3, or is not there on all boards. */

#include "check.h"

#include <zephyr/kernel.h>

/* Cycles are counted in 64 bits too. */
static void cycles_have_64_bits(void)
{
	uint64_t cycles = k_cycle_get_64();

	k_busy_wait(3000);
	CHECK(k_cycle_get_64() - cycles >= k_us_to_cyc_floor64(3000));
}

/* The uptime has seconds too. */
static void uptime_has_seconds(void)
{
	CHECK(k_uptime_seconds() == (uint32_t)(k_uptime_get() / 1000));
}

/* A time point holds the end of a time-out. */
static void time_points_end(void)
{
	k_timepoint_t end = sys_timepoint_calc(K_MSEC(2));

	CHECK(!sys_timepoint_expired(end));
	k_busy_wait(3000);
	CHECK(sys_timepoint_expired(end));
}

void test_time_extras(void)
{
	RUN(cycles_have_64_bits);
	RUN(uptime_has_seconds);
	RUN(time_points_end);
}
