/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Switch on x86-64 (System V ABI): the callee-saved registers lie on the stack, below them the
 * control words of SSE and x87, which a callee must preserve as well. Loading a control word is
 * slow and hardly ever needed, so compare first.
 *
 *	sp + 56  address to go on at
 *	sp + 48  rbp
 *	sp + 40  rbx
 *	sp + 32  r12
 *	sp + 24  r13
 *	sp + 16  r14
 *	sp +  8  r15
 *	sp +  4  x87 control word
 *	sp       MXCSR
 */

	.text

	.globl	context_switch
	.type	context_switch, @function
	.p2align 4
context_switch:			/* rdi: void **from, rsi: void *to */
	.cfi_startproc
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbp, 0
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset rbx, 0
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r12, 0
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r13, 0
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r14, 0
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset r15, 0
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	stmxcsr	(%rsp)
	fnstcw	4(%rsp)
	movl	(%rsp), %eax
	movzwl	4(%rsp), %ecx

	movq	%rsp, (%rdi)
	movq	%rsi, %rsp

	cmpl	(%rsp), %eax
	jne	3f
1:	cmpw	4(%rsp), %cx
	jne	4f
2:	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%r15
	.cfi_adjust_cfa_offset -8
	.cfi_restore r15
	popq	%r14
	.cfi_adjust_cfa_offset -8
	.cfi_restore r14
	popq	%r13
	.cfi_adjust_cfa_offset -8
	.cfi_restore r13
	popq	%r12
	.cfi_adjust_cfa_offset -8
	.cfi_restore r12
	popq	%rbx
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbx
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	.cfi_restore rbp
	/* Not a return: that would have been predicted to go where this thread was called from. */
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register rip, rcx
	jmpq	*%rcx
	.cfi_endproc

3:	ldmxcsr	(%rsp)
	jmp	1b
4:	fldcw	4(%rsp)
	jmp	2b
	.size	context_switch, . - context_switch

	.globl	context_prepare
	.type	context_prepare, @function
	.p2align 4
context_prepare:		/* rdi: char *top, rsi: entry, rdx: arg */
	.cfi_startproc
	leaq	-64(%rdi), %rax
	leaq	context_begin(%rip), %rcx
	movq	%rcx, 56(%rax)
	movq	$0, 48(%rax)		/* rbp: frame pointers end here */
	movq	%rsi, 40(%rax)		/* rbx */
	movq	%rdx, 32(%rax)		/* r12 */
	movq	$0, 24(%rax)
	movq	$0, 16(%rax)
	movq	$0, 8(%rax)
	movq	$0, (%rax)
	stmxcsr	(%rax)
	fnstcw	4(%rax)
	ret
	.cfi_endproc
	.size	context_prepare, . - context_prepare

	.type	context_begin, @function
	.p2align 4
context_begin:
	.cfi_startproc
	.cfi_undefined rip		/* the outermost frame, for debuggers */
	endbr64
	movq	%r12, %rdi
	callq	*%rbx
	ud2				/* the entry does not return */
	.cfi_endproc
	.size	context_begin, . - context_begin

	.section .note.GNU-stack, "", @progbits
