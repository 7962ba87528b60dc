/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Faults of a system without threads: the report, which does not return.
 *
 * All runs on one stack. If that has overflowed, the report faults as well, and the CPU locks up.
 */

#include "fault.h"
#include "scs.h"

#include <arch_interface.h>

__attribute__((__used__)) static void fault_handle(const struct arch_esf *esf)
{
	unsigned int exception;

	__asm__ volatile("mrs %0, ipsr" : "=r"(exception));
	if ((esf->xpsr & IPSR_MASK) != 0U) {
		/* A handler faulted. */
		arch_esf_dump(esf);
		esf = NULL;
	}
	fatal_error(fault_reason(exception), esf);
	CODE_UNREACHABLE;
}

/* Every fault comes here; its frame is what was pushed last. */
__attribute__((__naked__)) void fault_entry(void)
{
	__asm__ volatile("mov r0, sp\n\t"
			 "b fault_handle");
}
