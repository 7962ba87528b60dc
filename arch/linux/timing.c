/* SPDX-License-Identifier: Apache-2.0 */

/* Timing of code by the host's clock, in virtual time too: what is measured is the host. */

#include <arch/linux_host.h>
#include <zephyr/timing/timing.h>

#define NS_PER_SECOND 1000000000U

void timing_init(void)
{
	/* the host has started it */
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
	return linux_host_ns();
}

uint64_t timing_cycles_get(volatile timing_t *const start, volatile timing_t *const end)
{
	return *end - *start;
}

uint64_t timing_freq_get(void)
{
	return NS_PER_SECOND;
}

uint32_t timing_freq_get_mhz(void)
{
	return NS_PER_SECOND / 1000000U;
}

uint64_t timing_cycles_to_ns(uint64_t cycles)
{
	return cycles;
}

uint64_t timing_cycles_to_ns_avg(uint64_t cycles, uint32_t count)
{
	return cycles / count;
}
