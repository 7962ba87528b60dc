/* SPDX-License-Identifier: Apache-2.0 */

/* Registers of a fault on 64-bit ARM. */

#include "fault.h"

#include <arch/cpu.h>

#define LR 30

static const char *const names[] = {
	"x0",  "x1",  "x2",  "x3",  "x4",  "x5",  "x6",  "x7",  "x8",  "x9",  "x10",
	"x11", "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21",
	"x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30",
};

void fault_registers(const ucontext_t *context, struct arch_esf *esf)
{
	esf->pc = context->uc_mcontext.pc;
	esf->sp = context->uc_mcontext.sp;
	esf->count = ARRAY_SIZE(names);
	for (unsigned int i = 0; i < esf->count; i++) {
		esf->names[i] = names[i];
		esf->values[i] = context->uc_mcontext.regs[i];
	}
}

void fault_divert(ucontext_t *context, void (*function)(void), uintptr_t top)
{
	context->uc_mcontext.sp = top;
	context->uc_mcontext.regs[LR] = 0U;
	context->uc_mcontext.pc = (uintptr_t)function;
}
