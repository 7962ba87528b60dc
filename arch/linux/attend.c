/* SPDX-License-Identifier: Apache-2.0 */

/* The slow side of arch_irq_unlock(), where interrupts are taken and all switches take place. */

#include "port.h"

struct linux_cpu linux_cpu;

static ALWAYS_INLINE void restore_credit(void)
{
	linux_cpu.credit += linux_cpu.withheld;
	linux_cpu.withheld = 0;
}

/* In a handler: only more urgent interrupts are due. The switch waits for the last to end. */
static void attend_in_isr(void)
{
	linux_cpu.locked = 1U;
	irq_take();
	arch_switch_pend();
	linux_cpu.locked = 0U;
}

void linux_attend(void)
{
	if (unlikely(arch_is_in_isr())) {
		attend_in_isr();
		return;
	}

	linux_cpu.locked = 1U;
	restore_credit();
	if (unlikely(linux_cpu.credit < 0 || irq_attention)) {
		irq_take();
		restore_credit();
	}
	port_switch();
	linux_cpu.locked = 0U;
}
