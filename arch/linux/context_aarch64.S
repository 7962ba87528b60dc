/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Switch on 64-bit ARM (AAPCS64): x19 to x30, the lower halves of v8 to v15, and FPCR, which a
 * callee must preserve as well, lie on the stack.
 *
 *	sp + 160  FPCR
 *	sp +  96  d8 to d15
 *	sp +  80  x29, x30
 *	sp        x19 to x28
 */

	.text

	.globl	context_switch
	.type	context_switch, %function
	.p2align 4
context_switch:			/* x0: void **from, x1: void *to */
	.cfi_startproc
	sub	sp, sp, #176
	.cfi_adjust_cfa_offset 176
	stp	x19, x20, [sp]
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	mrs	x2, fpcr
	str	x2, [sp, #160]
	mov	x3, sp

	str	x3, [x0]
	mov	sp, x1

	ldr	x2, [sp, #160]
	msr	fpcr, x2
	ldp	x19, x20, [sp]
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	add	sp, sp, #176
	.cfi_adjust_cfa_offset -176
	ret
	.cfi_endproc
	.size	context_switch, . - context_switch

	.globl	context_prepare
	.type	context_prepare, %function
	.p2align 4
context_prepare:		/* x0: char *top, x1: entry, x2: arg */
	.cfi_startproc
	sub	x0, x0, #176
	stp	x1, x2, [x0]		/* x19, x20 */
	adr	x3, context_begin
	stp	xzr, x3, [x0, #80]	/* x29: frame pointers end here */
	stp	xzr, xzr, [x0, #96]
	stp	xzr, xzr, [x0, #112]
	stp	xzr, xzr, [x0, #128]
	stp	xzr, xzr, [x0, #144]
	mrs	x4, fpcr
	str	x4, [x0, #160]
	ret
	.cfi_endproc
	.size	context_prepare, . - context_prepare

	.type	context_begin, %function
	.p2align 4
context_begin:
	.cfi_startproc
	.cfi_undefined x30		/* the outermost frame, for debuggers */
	mov	x0, x20
	blr	x19
	brk	#0			/* the entry does not return */
	.cfi_endproc
	.size	context_begin, . - context_begin

	.section .note.GNU-stack, "", %progbits
