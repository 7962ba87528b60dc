/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Interrupt context on demand, for tests. Needs CONFIG_IRQ_OFFLOAD.
 */

#ifndef ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_
#define ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_

#include <zephyr/toolchain.h>

typedef void (*irq_offload_routine_t)(const void *parameter);

/* The port's, see arch_interface.h of the kernel. */
void arch_irq_offload(irq_offload_routine_t routine, const void *parameter);

/**
 * @brief Run @p routine in interrupt context, now.
 *
 * A thread that the routine makes ready, if it is more urgent, runs before the call returns.
 *
 * @par Context
 * Thread; interrupts may be masked.
 */
static inline void irq_offload(irq_offload_routine_t routine, const void *parameter)
{
	arch_irq_offload(routine, parameter);
}

#endif /* ZEPHYR_INCLUDE_IRQ_OFFLOAD_H_ */
