/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The thread switch (ARMv7-M without FPU).
 *
 * PendSV is the least urgent exception, so it always interrupts a thread: the hardware has saved
 * r0-r3, r12, lr, pc and xPSR to that thread's stack, and lr is the one EXC_RETURN value that goes
 * back to a thread. What is left is r4-r11 and the stack pointer.
 *
 * Interrupts stay on. One may change kernel.next after it was read below; whoever does so pends
 * PendSV again (sched_set_next()), so this switch completes to the thread that was read and the
 * next one follows at once, before the thread executes anything.
 *
 * Offsets: kernel.current 0, kernel.next 4, k_thread.arch.sp 0; asserted in thread.c.
 */

	.syntax unified
	.cpu cortex-m3
	.thumb

	.macro function name
	.section .text.\name, "ax", %progbits
	.balign 4
	.global \name
	.type \name, %function
	.thumb_func
\name:
	.endm

#ifdef CONFIG_SCHED_THREAD_USAGE
	/* Charge the time so far to the thread that is leaving. r3 keeps the stack aligned. */
	.macro account_usage
	push	{r3, lr}
	bl	usage_switch
	pop	{r3, lr}
	.endm
#else
	.macro account_usage
	.endm
#endif

	function pendsv_handler
	account_usage
	ldr	r2, =kernel
	mrs	r0, psp
	ldrd	r1, r3, [r2]		/* current, next */
	stmdb	r0!, {r4-r11}
	str	r0, [r1]		/* current->arch.sp */
	str	r3, [r2]		/* current = next */
	ldr	r0, [r3]		/* next->arch.sp */
	ldmia	r0!, {r4-r11}
	msr	psp, r0
	bx	lr
	.ltorg
	.size pendsv_handler, . - pendsv_handler

	/*
	 * void arch_start(void): enter kernel.next, which arch_thread_init() has prepared, with
	 * interrupts masked by BASEPRI. Its frame is taken apart by hand, as no exception is
	 * active. From here on handlers own all of the interrupt stack.
	 */
	function arch_start
	ldr	r2, =kernel
	ldr	r3, [r2, #4]
	str	r3, [r2]
	ldr	r4, [r3]
	add	r5, r4, #64		/* above r4-r11 and the hardware's eight words */
	msr	psp, r5
	movs	r5, #2			/* thread mode uses PSP, privileged */
	msr	control, r5
	isb
	ldr	r5, =vectors
	ldr	r5, [r5]		/* top of the interrupt stack */
	msr	msp, r5
	adds	r4, #32
	ldmia	r4, {r0-r3, r12}
	ldr	r4, [r4, #24]		/* pc: thread_entry */
	movs	r5, #0
	msr	basepri, r5
	cpsie	i
	bx	r4
	.ltorg
	.size arch_start, . - arch_start
