/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Faults of a system with threads: from the exception to the kernel's fatal error report, and on.
 *
 * If the report returns, the thread that faulted has been aborted, and this handler leaves through
 * the pended switch. The dead thread's stack pointer may be what caused the fault, and it may have
 * masked interrupts; both are put right first, since the switch saves to that stack.
 */

#include "fault.h"
#include "scs.h"

#include <ksched.h>
#include <zephyr/sys/util.h>

#define BKPT_SEMIHOSTING     0xBEABU
#define SAVED_REGISTERS_SIZE 32U /* r4-r11, below the hardware's frame */

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
	fatal_error(fault_reason(exception), esf);
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
