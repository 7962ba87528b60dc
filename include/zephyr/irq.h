/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Interrupts: masking all of them, and connecting single lines.
 */

#ifndef ZEPHYR_INCLUDE_IRQ_H_
#define ZEPHYR_INCLUDE_IRQ_H_

#include <arch/cpu.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

/**
 * @brief Mask interrupts.
 *
 * Nests: hand the returned key to irq_unlock(). Belongs to the thread: blocking inside unmasks
 * interrupts until the thread runs again. Any context. Bounded work only inside.
 */
static ALWAYS_INLINE unsigned int irq_lock(void)
{
	return arch_irq_lock();
}

/** Restore what irq_lock() found. A switch that became due takes place here. */
static ALWAYS_INLINE void irq_unlock(unsigned int key)
{
	arch_irq_unlock(key);
}

/* The port's, see arch_interface.h of the kernel. */
void arch_irq_enable(unsigned int irq);
void arch_irq_disable(unsigned int irq);
bool arch_irq_is_enabled(unsigned int irq);
int arch_irq_connect(unsigned int irq, unsigned int priority, void (*isr)(const void *arg),
		     const void *arg, uint32_t flags);
void arch_irq_pend(unsigned int irq);

/**
 * @brief Bind a handler to an interrupt line. The line stays disabled.
 *
 * The constant-argument form, a statement, as drivers use it in their initialization.
 *
 * @param irq_p       Number of the line.
 * @param priority_p  0 is the most urgent. Equal ones do not interrupt each other.
 * @param isr_p       void (*)(const void *).
 * @param arg_p       Its argument.
 * @param flags_p     The port's; 0.
 */
#define IRQ_CONNECT(irq_p, priority_p, isr_p, arg_p, flags_p)                                      \
	((void)arch_irq_connect((irq_p), (priority_p), (void (*)(const void *))(isr_p),            \
				(const void *)(arg_p), (flags_p)))

/**
 * @brief Bind a handler to an interrupt line at run time. The line stays as it is.
 *
 * @return The number of the line, or -EINVAL: there is no such line or priority. Any context.
 */
static inline int irq_connect_dynamic(unsigned int irq, unsigned int priority,
				      void (*routine)(const void *parameter), const void *parameter,
				      uint32_t flags)
{
	return arch_irq_connect(irq, priority, routine, parameter, flags);
}

/** Let a line interrupt. It has a handler. Any context. */
#define irq_enable(irq) arch_irq_enable(irq)

/** Keep a line from interrupting; what it raises meanwhile stays pending. Any context. */
#define irq_disable(irq) arch_irq_disable(irq)

/** Whether a line is enabled. Any context. */
#define irq_is_enabled(irq) arch_irq_is_enabled(irq)

#endif /* ZEPHYR_INCLUDE_IRQ_H_ */
