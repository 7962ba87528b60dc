/* SPDX-License-Identifier: Apache-2.0 */

/** @file For tests on Linux: interrupts at the worst moments, and a seed to repeat them. */

#ifndef ARCH_LINUX_INCLUDE_ARCH_LINUX_TEST_H_
#define ARCH_LINUX_INCLUDE_ARCH_LINUX_TEST_H_

#include <stdint.h>

/**
 * @brief Call @p hook as an interrupt wherever one could take place.
 *
 * That is whenever a thread unmasks interrupts, before a new thread's first instruction, and when
 * the CPU idles. A hook that acts at random drives the kernel through every order of events; being
 * called in a fixed order, it finds them again with the same seed.
 *
 * @param hook  NULL: none, at no cost.
 *
 * @par Context
 * Any.
 */
void linux_set_interrupt_hook(void (*hook)(void));

/** What the option --seed said; 1 without it. */
uint32_t linux_seed(void);

#endif /* ARCH_LINUX_INCLUDE_ARCH_LINUX_TEST_H_ */
