/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The part of a switch that depends on the host's CPU: context_<cpu>.S, or context_ucontext.c for
 * those that have no file of their own.
 */

#ifndef ARCH_LINUX_CONTEXT_H_
#define ARCH_LINUX_CONTEXT_H_

/*
 * A context that begins with entry(arg) on the stack that ends at @top, which is aligned to
 * ARCH_STACK_ALIGN. Returns what to switch to.
 */
void *context_prepare(char *top, void (*entry)(void *arg), void *arg);

/* Store the running context in @from and go on with @to. Returns when somebody switches back. */
void context_switch(void **from, void *to);

#endif /* ARCH_LINUX_CONTEXT_H_ */
