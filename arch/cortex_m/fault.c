/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Faults: from the exception to the kernel's fatal error report, and the report in words.
 *
 * If the report returns, the thread that faulted has been aborted, and this handler leaves through
 * the pended switch. The dead thread's stack pointer may be what caused the fault, and it may have
 * masked interrupts; both are put right first, since the switch saves to that stack.
 */

#include "scs.h"

#include <arch_interface.h>
#include <ksched.h>
#include <zephyr/fatal.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#define BKPT_SEMIHOSTING     0xBEABU
#define SAVED_REGISTERS_SIZE 32U /* r4-r11, below the hardware's frame */

struct fault_bit {
	uint32_t mask;
	const char *text;
};

static const struct fault_bit configurable_faults[] = {
	{BIT(0), "instruction fetch not permitted"},
	{BIT(1), "data access not permitted"},
	{BIT(3), "access not permitted while returning from an exception"},
	{BIT(4), "access not permitted while entering an exception (stack overflow?)"},
	{BIT(8), "bus error on instruction fetch"},
	{BIT(9), "bus error on data access"},
	{BIT(10), "bus error on an earlier data access"},
	{BIT(11), "bus error while returning from an exception"},
	{BIT(12), "bus error while entering an exception (stack overflow?)"},
	{BIT(16), "undefined instruction"},
	{BIT(17), "not in Thumb state (jump to an even address?)"},
	{BIT(18), "invalid return from an exception"},
	{BIT(19), "no such coprocessor"},
	{BIT(24), "unaligned access"},
	{BIT(25), "division by zero"},
};

static const struct fault_bit hard_faults[] = {
	{BIT(1), "vector could not be read"},
	{BIT(30), "escalated to a hard fault"},
	{BIT(31), "breakpoint without a debugger"},
};

static void print_bits(const struct fault_bit *bits, size_t count, uint32_t status)
{
	for (size_t i = 0; i < count; i++) {
		if ((status & bits[i].mask) != 0U) {
			printk("  fault: %s\n", bits[i].text);
		}
	}
}

static void print_cause(void)
{
	uint32_t status = SCB_CFSR;

	print_bits(configurable_faults, ARRAY_SIZE(configurable_faults), status);
	print_bits(hard_faults, ARRAY_SIZE(hard_faults), SCB_HFSR);
	if ((status & CFSR_MMARVALID) != 0U) {
		printk("  address: %08x\n", (unsigned int)SCB_MMFAR);
	}
	if ((status & CFSR_BFARVALID) != 0U) {
		printk("  address: %08x\n", (unsigned int)SCB_BFAR);
	}
}

void arch_esf_dump(const struct arch_esf *esf)
{
	if (IS_ENABLED(CONFIG_PRINTK)) {
		print_cause();
	}
	printk("  pc %08x  lr %08x  xpsr %08x\n", (unsigned int)esf->pc, (unsigned int)esf->lr,
	       (unsigned int)esf->xpsr);
	printk("  r0 %08x  r1 %08x  r2   %08x\n", (unsigned int)esf->r0, (unsigned int)esf->r1,
	       (unsigned int)esf->r2);
	printk("  r3 %08x  r12 %08x\n", (unsigned int)esf->r3, (unsigned int)esf->r12);
}

/* A semihosting call that no debugger served: board_exit() relies on going on behind it. */
static bool skip_semihosting(struct arch_esf *esf)
{
	if ((SCB_HFSR & BIT(31)) == 0U || *(const uint16_t *)esf->pc != BKPT_SEMIHOSTING) {
		return false;
	}
	esf->pc += 2U;
	return true;
}

/* Where the thread was last switched in from, its stack had room for what this switch saves. */
static void leave_dead_thread(void)
{
	uint32_t frame = kernel.current->arch.sp + SAVED_REGISTERS_SIZE;

	/*
	 * One instruction may cause two faults, such as another one while stacking for the first.
	 */
	SCB_SHCSR &= ~SHCSR_FAULTS_PENDED;
	__asm__ volatile("msr psp, %0\n\t"
			 "msr basepri, %1\n\t"
			 "cpsie i"
			 :
			 : "r"(frame), "r"(0)
			 : "memory");
}

static unsigned int reason_of(unsigned int exception)
{
	return exception >= EXC_HARD_FAULT && exception <= EXC_USAGE_FAULT ? K_ERR_CPU_EXCEPTION
									   : K_ERR_SPURIOUS_IRQ;
}

__attribute__((__used__)) static void fault_handle(struct arch_esf *frame)
{
	static const struct arch_esf unknown;
	const struct arch_esf *esf = frame;
	unsigned int exception;

	if ((SCB_CFSR & CFSR_STACKING) != 0U) {
		esf = &unknown; /* the frame was never written, nor can it be read */
	} else if (skip_semihosting(frame)) {
		SCB_HFSR = BIT(31);
		return;
	}

	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	if ((esf->xpsr & IPSR_MASK) != 0U) {
		/* A handler faulted: no thread is to blame. */
		arch_esf_dump(esf);
		esf = NULL;
	}
	fatal_error(reason_of(exception), esf);
	SCB_CFSR = SCB_CFSR; /* bits are cleared by writing them */
	SCB_HFSR = SCB_HFSR;
	leave_dead_thread();
}

/* Every fault comes here; its frame lies on the stack that was in use. */
__attribute__((__naked__)) void fault_entry(void)
{
	__asm__ volatile("tst lr, #4\n\t"
			 "ite eq\n\t"
			 "mrseq r0, msp\n\t"
			 "mrsne r0, psp\n\t"
			 "b fault_handle");
}
