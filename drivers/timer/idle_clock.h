/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The board's second clock: never stopped, and without interrupts.
 *
 * The system clock asks it how long it slept with its own interrupt off, and for what it lost by being
 * set. One file per board family, chosen in Kconfig.
 */

#ifndef DRIVERS_TIMER_IDLE_CLOCK_H_
#define DRIVERS_TIMER_IDLE_CLOCK_H_

#include <stdint.h>

/* Start counting at 0, now. */
void idle_clock_start(void);

/* Time since the start, in cycles of the system clock. Does not wrap. */
uint64_t idle_clock_cycles(void);

/*
 * For a device that has a fast counter which wraps and a slow one which does not: the time near
 * @seconds whose low half is @fast. Right as long as the two differ by less than 2^31 cycles.
 */
static inline uint64_t idle_clock_join(uint32_t seconds, uint32_t fast)
{
	uint64_t coarse = (uint64_t)seconds * CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;

	return coarse + (uint64_t)(int64_t)(int32_t)(fast - (uint32_t)coarse);
}

#endif /* DRIVERS_TIMER_IDLE_CLOCK_H_ */
