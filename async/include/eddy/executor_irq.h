/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Interrupt executor: runs tasks in an interrupt that is pended by software, above all threads.
 *
 *	static struct eddy_irq_executor urgent;
 *
 *	eddy_irq_executor_init(&urgent, "urgent", LINE);
 *	IRQ_CONNECT(LINE, PRIORITY, eddy_irq_executor_isr, &urgent, 0);
 *	irq_enable(LINE);
 *
 * The line is one that no device uses, of a priority that irq_lock() masks. Tasks may do what an
 * interrupt may. Several executors on lines of several priorities preempt one another.
 *
 * LINE is, on Cortex-M and on Linux, any free one. On RISC-V it is 1, the supervisor software
 * interrupt: one executor, on CPUs that have supervisor mode. With CONFIG_EDDY_IRQ_PEND_CUSTOM it
 * is what the application's eddy_irq_pend() says.
 */

#ifndef EDDY_EXECUTOR_IRQ_H_
#define EDDY_EXECUTOR_IRQ_H_

#include <eddy/alarm.h>

/** An executor in an interrupt. */
struct eddy_irq_executor {
	struct eddy_executor executor; /**< For eddy_spawn(). */
	struct eddy_alarm alarm;
	unsigned int irq;
};

/**
 * @brief Set up an executor in an interrupt. It runs once the line is connected and enabled.
 *
 * @param name  Not copied.
 * @param irq   Interrupt line, as IRQ_CONNECT() takes it.
 *
 * @par Context
 * Any, while nobody uses it.
 */
void eddy_irq_executor_init(struct eddy_irq_executor *executor, const char *name, unsigned int irq);

/** The line's handler. Its argument is the struct eddy_irq_executor. Interrupt. */
void eddy_irq_executor_isr(const void *executor);

/**
 * @brief Make an interrupt line pending.
 *
 * With CONFIG_EDDY_IRQ_PEND_CUSTOM the application defines it. A line that is pended while its
 * handler runs must interrupt again behind that. If taking the interrupt does not clear what this
 * function sets, connect a handler that clears it, and then calls eddy_irq_executor_isr().
 *
 * @par Context
 * Any.
 */
void eddy_irq_pend(unsigned int irq);

#endif /* EDDY_EXECUTOR_IRQ_H_ */
