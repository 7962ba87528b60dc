/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pend an interrupt on a RISC-V: of the lines that the architecture itself has, only number 1 can
 * be pended without knowing the SoC, the supervisor software interrupt.
 *
 * "The RISC-V Instruction Set Manual: Volume II, Privileged Architecture", "Machine Interrupt (mip
 * and mie) Registers": SSIP, bit 1 of mip, is writable in machine mode. Taking the interrupt does
 * not clear it, hence irq_cpu.h. Both it and SSIE, bit 1 of mie, are read-only zero where there is
 * no supervisor mode. "Machine Trap Delegation Registers": by default all traps are handled in
 * machine mode; nobody here delegates them. Of the interrupts that are pending at once it is to be
 * taken behind those of machine mode, but QEMU takes it first.
 */

#include <eddy/executor_irq.h>

#include "irq_cpu.h"

/* Bit 'S' of misa, whose two highest bits tell its width: zero if it cannot be read at all. */
static inline bool has_supervisor_mode(void)
{
	unsigned long misa;

	__asm__ volatile("csrr %0, misa" : "=r"(misa));
	return misa == 0U || (misa & (1UL << ('S' - 'A'))) != 0U;
}

void eddy_irq_pend(unsigned int irq)
{
	ARG_UNUSED(irq);
	__ASSERT(irq == EDDY_IRQ_RISCV, "line %u cannot be pended", irq);
	__ASSERT(has_supervisor_mode(), "this CPU has no supervisor mode");
	__asm__ volatile("csrsi mip, %0" : : "i"(1U << EDDY_IRQ_RISCV) : "memory");
}
