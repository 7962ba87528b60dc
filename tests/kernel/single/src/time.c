/* SPDX-License-Identifier: Apache-2.0 */

/* Uptime, cycles, waiting busily. */

#include "check.h"

#include <zephyr/kernel.h>

/* Waiting busily takes at least as long as asked for, in ticks and in cycles. */
static void busy_wait_takes_its_time(void)
{
	int64_t ticks = k_uptime_ticks();
	uint32_t cycles = k_cycle_get_32();

	k_busy_wait(3000);
	CHECK(k_cycle_get_32() - cycles >= k_us_to_cyc_floor32(3000));
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
	k_busy_wait(2000);
	CHECK(k_uptime_delta(&since) >= 1);
	CHECK(since > ms);
}

void test_time(void)
{
	RUN(busy_wait_takes_its_time);
	RUN(uptime_has_units);
}
