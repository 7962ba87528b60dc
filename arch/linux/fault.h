/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The parts of fault handling that depend on whether there are threads, and on the host's CPU:
 * fault_<cpu>.c, or fault_other.c for those that have no file of their own.
 */

#ifndef ARCH_LINUX_FAULT_H_
#define ARCH_LINUX_FAULT_H_

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

struct arch_esf;

/* fault_thread.c, or single.c without threads */

/* The kernel's name for this fault. */
unsigned int fault_reason(const struct arch_esf *esf);

/* A fault begins; false: it must not be reported, as the system is not, or no longer, sound. */
bool fault_begin(void);

/* Where the stack of the report may begin, given the stack pointer at the time of the fault. */
uintptr_t fault_report_stack(uintptr_t sp);

/* fault_<cpu>.c */

/* Fill in the registers at the time of the signal. */
void fault_registers(const ucontext_t *context, struct arch_esf *esf);

/* Have the program go on in @function, with a stack that ends at @top, a multiple of 16. */
void fault_divert(ucontext_t *context, void (*function)(void), uintptr_t top);

#endif /* ARCH_LINUX_FAULT_H_ */
