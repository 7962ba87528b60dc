/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Uptime and the cycle counter. Every function here may be called in any context.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_TIME_H_
#define ZEPHYR_INCLUDE_KERNEL_TIME_H_

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/sys_clock.h>

/** Time since start-up in ticks. */
static inline int64_t k_uptime_ticks(void)
{
	return sys_clock_tick_get();
}

/** Time since start-up in milliseconds. */
static inline int64_t k_uptime_get(void)
{
	return (int64_t)k_ticks_to_ms_floor64((uint64_t)sys_clock_tick_get());
}

/** Its low 32 bits: wraps after 49.7 days. */
static inline uint32_t k_uptime_get_32(void)
{
	return (uint32_t)k_uptime_get();
}

/** Time since start-up in seconds. */
static inline uint32_t k_uptime_seconds(void)
{
	return (uint32_t)k_ticks_to_sec_floor64((uint64_t)sys_clock_tick_get());
}

/** Milliseconds since @p reftime, which is then set to now. */
static inline int64_t k_uptime_delta(int64_t *reftime)
{
	int64_t now = k_uptime_get();
	int64_t delta = now - *reftime;

	*reftime = now;
	return delta;
}

/** Hardware clock, CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC per second; wraps. */
static inline uint32_t k_cycle_get_32(void)
{
	return sys_clock_cycle_get_32();
}

/** The same, wide enough never to wrap. */
static inline uint64_t k_cycle_get_64(void)
{
	return sys_clock_cycle_get_64();
}

#endif /* ZEPHYR_INCLUDE_KERNEL_TIME_H_ */
