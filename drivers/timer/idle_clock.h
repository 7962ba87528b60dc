/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The board's second clock: slow, never stopped, and without interrupts.
 *
 * The system clock uses it to learn how long it slept with its own interrupt off, and to make up for
 * what it loses each time it is set. One file per device, chosen in Kconfig; its rate is
 * CONFIG_IDLE_CLOCK_HZ.
 */

#ifndef DRIVERS_TIMER_IDLE_CLOCK_H_
#define DRIVERS_TIMER_IDLE_CLOCK_H_

#include <stdint.h>

/* Start counting at 0, now. */
void idle_clock_start(void);

/* Counts since the start, rounded down; wraps at 32 bits. */
uint32_t idle_clock_read(void);

#endif /* DRIVERS_TIMER_IDLE_CLOCK_H_ */
