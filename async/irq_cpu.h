/* SPDX-License-Identifier: Apache-2.0 */

/* What the handler of a pended interrupt has to know about the CPU. */

#ifndef ASYNC_IRQ_CPU_H_
#define ASYNC_IRQ_CPU_H_

#include <zephyr/kernel.h>

/*
 * eddy_irq_acknowledge(): the interrupt is pending no longer. The handler calls it before it looks
 * at the run queue: a wake behind that look pends it anew. Needed where taking an interrupt does
 * not do so itself.
 *
 * EDDY_IRQ_NESTS: more urgent interrupts come while the handler runs, the clock's among them. If
 * they do not, the handler must return for them, also while tasks are ready.
 */
#if defined(CONFIG_EDDY_IRQ_PEND_CUSTOM)
#define EDDY_IRQ_NESTS 0 /* perhaps; this is right in either case */

static inline void eddy_irq_acknowledge(void)
{
}
#elif defined(CONFIG_RISCV)
#define EDDY_IRQ_NESTS 0
#define EDDY_IRQ_RISCV 1U /* the line, see irq_pend_riscv.c */

static inline void eddy_irq_acknowledge(void)
{
	__asm__ volatile("csrci mip, %0" : : "i"(1U << EDDY_IRQ_RISCV) : "memory");
}
#else
#define EDDY_IRQ_NESTS 1

static inline void eddy_irq_acknowledge(void)
{
}
#endif

#endif /* ASYNC_IRQ_CPU_H_ */
