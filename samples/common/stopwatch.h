/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Times code, by the finest clock that runs.
 *
 * That is the one behind <zephyr/timing/timing.h>. But emulators may lack it, as QEMU lacks the
 * cycle counter of a Cortex-M: then the system clock's cycles serve.
 */

#ifndef SAMPLES_COMMON_STOPWATCH_H_
#define SAMPLES_COMMON_STOPWATCH_H_

#include <stdint.h>

/** Begin, once. Thread. */
void stopwatch_init(void);

/** The time now, in units of the clock. Any context. */
uint64_t stopwatch_now(void);

/** Nanoseconds between two times; less than 2^32 cycles of the system clock. Any context. */
uint64_t stopwatch_ns(uint64_t start, uint64_t end);

#endif /* SAMPLES_COMMON_STOPWATCH_H_ */
