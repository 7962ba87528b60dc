/* SPDX-License-Identifier: Apache-2.0 */

/* How many interrupts the clock has had, where the kernel counts them. */

#ifndef TESTS_COMMON_CLOCK_INTERRUPTS_H_
#define TESTS_COMMON_CLOCK_INTERRUPTS_H_

#include <stdint.h>

#if __has_include(<zephyr/board.h>)

#include <zephyr/drivers/timer/system_timer.h>

#define clock_interrupts() sys_clock_interrupts()

#else

/* Zephyr's does not. */
#define clock_interrupts() UINT32_C(0)

#endif

#endif /* TESTS_COMMON_CLOCK_INTERRUPTS_H_ */
