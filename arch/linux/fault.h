/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The part of fault handling that depends on the host's CPU: fault_<cpu>.c, or fault_other.c for
 * those that have no file of their own.
 */

#ifndef ARCH_LINUX_FAULT_H_
#define ARCH_LINUX_FAULT_H_

#include <stdint.h>
#include <ucontext.h>

struct arch_esf;

/* Fill in the registers at the time of the signal. */
void fault_registers(const ucontext_t *context, struct arch_esf *esf);

/* Have the program go on in @function, with a stack that ends at @top, a multiple of 16. */
void fault_divert(ucontext_t *context, void (*function)(void), uintptr_t top);

#endif /* ARCH_LINUX_FAULT_H_ */
