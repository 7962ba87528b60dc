/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * An interrupt that the program raises itself.
 *
 * One store to the interrupt controller, by its documented address: the kernel API has no such
 * call, and a function around the store would be counted as part of the interrupt's way.
 */

#ifndef BENCH_COMMON_PEND_H_
#define BENCH_COMMON_PEND_H_

#include <stdint.h>

/** A line that no device of the board uses. */
#define BENCH_IRQ          30
#define BENCH_IRQ_PRIORITY 1

/** @brief Make line BENCH_IRQ pending, as if its device had raised it. Any context. */
static inline void bench_irq_pend(void)
{
	/* ARMv7-M "Interrupt Set-Pending Register" 0: one bit per line, zeros have no effect. */
	volatile uint32_t *const set_pending = (volatile uint32_t *)0xE000E200U;

	*set_pending = UINT32_C(1) << BENCH_IRQ;
}

#endif /* BENCH_COMMON_PEND_H_ */
