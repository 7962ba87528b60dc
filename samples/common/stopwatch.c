/* SPDX-License-Identifier: Apache-2.0 */

/* Which clock to use is found out once, at the start; see stopwatch.h. */

#include "stopwatch.h"

#include <zephyr/kernel.h>
#include <zephyr/timing/timing.h>

static bool timing_runs;

void stopwatch_init(void)
{
	timing_t start;

	timing_init();
	timing_start();
	start = timing_counter_get();
	k_busy_wait(10);
	timing_runs = timing_counter_get() != start;
}

uint64_t stopwatch_now(void)
{
	return timing_runs ? timing_counter_get() : k_cycle_get_32();
}

uint64_t stopwatch_ns(uint64_t start, uint64_t end)
{
	timing_t from = start;
	timing_t to = end;

	if (timing_runs) {
		return timing_cycles_to_ns(timing_cycles_get(&from, &to));
	}
	return k_cyc_to_ns_floor64((uint32_t)(end - start));
}
