/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The board's second clock: never stopped, and without interrupts.
 *
 * The system clock asks it how long it slept with its own interrupt off, and for what it lost by
 * being set. One file per device, chosen in Kconfig. The board's <board_devices.h> gives
 * BOARD_SECONDS_COUNTER, the address of a register that counts the seconds since
 * idle_clock_start(), and BOARD_IDLE_CLOCK_RESOLUTION, in cycles.
 */

#ifndef DRIVERS_TIMER_IDLE_CLOCK_H_
#define DRIVERS_TIMER_IDLE_CLOCK_H_

#include <stdint.h>

#include <board_devices.h>

/* Start counting at 0, now. */
void idle_clock_start(void);

/*
 * Time since the start, in cycles of the system clock, rounded down to a multiple of the
 * resolution. Does not wrap.
 */
uint64_t idle_clock_cycles(void);

/* Time since the start in seconds, rounded down. Wraps after 136 years. */
static inline uint32_t idle_clock_seconds(void)
{
	return *(volatile const uint32_t *)BOARD_SECONDS_COUNTER;
}

#endif /* DRIVERS_TIMER_IDLE_CLOCK_H_ */
