/* SPDX-License-Identifier: Apache-2.0 */

/* Timing of code by the system clock's counter, which always runs. */

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/timing/timing.h>

#define NS_PER_SECOND 1000000000ULL
#define FREQUENCY     CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC

void timing_init(void)
{
	/* the kernel has started it */
}

void timing_start(void)
{
	/* it never stops */
}

void timing_stop(void)
{
	/* others use it */
}

timing_t timing_counter_get(void)
{
	return sys_clock_cycle_get_64();
}

uint64_t timing_cycles_get(volatile timing_t *const start, volatile timing_t *const end)
{
	return *end - *start;
}

uint64_t timing_freq_get(void)
{
	return FREQUENCY;
}

uint32_t timing_freq_get_mhz(void)
{
	return FREQUENCY / 1000000U;
}

uint64_t timing_cycles_to_ns(uint64_t cycles)
{
	/* By parts: the product of all of it would overflow after minutes. */
	return cycles / FREQUENCY * NS_PER_SECOND + cycles % FREQUENCY * NS_PER_SECOND / FREQUENCY;
}

uint64_t timing_cycles_to_ns_avg(uint64_t cycles, uint32_t count)
{
	return timing_cycles_to_ns(cycles) / count;
}
