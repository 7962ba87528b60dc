/* SPDX-License-Identifier: Apache-2.0 */

/* Registers of a fault on x86-64. */

#include "fault.h"

#include <arch/cpu.h>

static const struct {
	const char *name;
	int index;
} registers[] = {
	{"rax", REG_RAX}, {"rbx", REG_RBX}, {"rcx", REG_RCX}, {"rdx", REG_RDX},
	{"rsi", REG_RSI}, {"rdi", REG_RDI}, {"rbp", REG_RBP}, {"r8", REG_R8},
	{"r9", REG_R9},   {"r10", REG_R10}, {"r11", REG_R11}, {"r12", REG_R12},
	{"r13", REG_R13}, {"r14", REG_R14}, {"r15", REG_R15}, {"efl", REG_EFL},
};

void fault_registers(const ucontext_t *context, struct arch_esf *esf)
{
	const greg_t *host = context->uc_mcontext.gregs;

	esf->pc = (uintptr_t)host[REG_RIP];
	esf->sp = (uintptr_t)host[REG_RSP];
	esf->count = ARRAY_SIZE(registers);
	for (unsigned int i = 0; i < esf->count; i++) {
		esf->names[i] = registers[i].name;
		esf->values[i] = (uintptr_t)host[registers[i].index];
	}
}

void fault_divert(ucontext_t *context, void (*function)(void), uintptr_t top)
{
	greg_t *host = context->uc_mcontext.gregs;
	uintptr_t *sp = (uintptr_t *)top - 1;

	*sp = 0U; /* as if called, from nowhere */
	host[REG_RSP] = (greg_t)sp;
	host[REG_RBP] = 0;
	host[REG_RIP] = (greg_t)function;
	host[REG_EFL] &= ~0x400; /* the direction flag, which the ABI wants clear */
}
