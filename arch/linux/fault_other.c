/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Faults on host CPUs without a fault_<cpu>.c: the registers are not known, and the report is
 * written in the signal handler, which the abort of the thread leaves by a switch like any other.
 */

#include "fault.h"

#include <arch/cpu.h>
#include <signal.h>
#include <stddef.h>

void fault_registers(const ucontext_t *context, struct arch_esf *esf)
{
	ARG_UNUSED(context);
	esf->count = 0U;
}

void fault_divert(ucontext_t *context, void (*function)(void), uintptr_t top)
{
	ARG_UNUSED(top);
	/* Left without a return, the handler would keep its signal blocked. */
	(void)sigprocmask(SIG_SETMASK, &context->uc_sigmask, NULL);
	function();
}
