/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A timer of the board that the kernel does not use: it ends a stretch of idleness without being
 * the kernel's own doing.
 */

#ifndef TESTS_KERNEL_IDLE_OTHER_CLOCK_H_
#define TESTS_KERNEL_IDLE_OTHER_CLOCK_H_

/* Call @handler in an interrupt, once, after about @seconds. */
void other_clock_start(unsigned int seconds, void (*handler)(const void *));

/* To be called by the handler: the interrupt has been dealt with. */
void other_clock_acknowledge(void);

#endif /* TESTS_KERNEL_IDLE_OTHER_CLOCK_H_ */
