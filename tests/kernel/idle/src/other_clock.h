/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A timer of the board that the kernel does not use: it ends a stretch of idleness without being
 * the kernel's own doing.
 */

#ifndef TESTS_KERNEL_IDLE_OTHER_CLOCK_H_
#define TESTS_KERNEL_IDLE_OTHER_CLOCK_H_

#include <stdint.h>

#define IDLE_SECONDS 12U

/* Wait until the other clock wakes us, with no time-out pending anywhere; tells how many ms that
 * were. */
int64_t idle_for(unsigned int seconds);

/* Interrupt once, after about @seconds. Per board, like the next one. */
void other_clock_start(unsigned int seconds);

/* To be called by the handler: the interrupt has been dealt with. */
void other_clock_acknowledge(void);

/* The handler of that interrupt. */
void other_clock_isr(const void *unused);

#endif /* TESTS_KERNEL_IDLE_OTHER_CLOCK_H_ */
