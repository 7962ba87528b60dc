/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Timing of code: a counter as fine as the board has. Needs CONFIG_TIMING_FUNCTIONS.
 *
 * On Cortex-M it is the system clock's counter. On Linux it is the host's clock in nanoseconds,
 * also where the kernel's time is virtual.
 */

#ifndef ZEPHYR_INCLUDE_TIMING_TIMING_H_
#define ZEPHYR_INCLUDE_TIMING_TIMING_H_

#include <zephyr/types.h>

/** A reading of the counter. */
typedef uint64_t timing_t;

/** Set up the counter, once. Thread. */
void timing_init(void);

/** Let it count; calls nest. Thread. */
void timing_start(void);

/** Undo timing_start(). Thread. */
void timing_stop(void);

/** Read the counter. Any context. */
timing_t timing_counter_get(void);

/** Cycles of the counter from one reading to a later one. */
uint64_t timing_cycles_get(volatile timing_t *const start, volatile timing_t *const end);

/** Cycles of the counter per second. */
uint64_t timing_freq_get(void);

/** Cycles of the counter per microsecond. */
uint32_t timing_freq_get_mhz(void);

/** Cycles of the counter in nanoseconds, rounded down. */
uint64_t timing_cycles_to_ns(uint64_t cycles);

/** Average of @p count measurements that took @p cycles together, in nanoseconds. */
uint64_t timing_cycles_to_ns_avg(uint64_t cycles, uint32_t count);

#endif /* ZEPHYR_INCLUDE_TIMING_TIMING_H_ */
