/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Switch by the C library, for host CPUs without a context_<cpu>.S. Portable and slow: each switch
 * makes a system call for the signal mask.
 *
 * A new context lies at the top of its stack. One that was switched out lies in the frame of its
 * context_switch().
 */

#include "context.h"

#include <arch/cpu.h>
#include <stdint.h>
#include <ucontext.h>

struct beginning {
	ucontext_t context;
	void (*entry)(void *arg);
	void *arg;
};

/* Pointers do not fit into an int, and nothing else may be passed through makecontext(). */
static void begin(unsigned int high, unsigned int low)
{
	uintptr_t address = (uintptr_t)(((uint64_t)high << 32) | low);
	struct beginning *self = (struct beginning *)address;

	self->entry(self->arg);
}

void *context_prepare(char *top, void (*entry)(void *arg), void *arg)
{
	char *place =
		(char *)ROUND_DOWN((uintptr_t)top - sizeof(struct beginning), ARCH_STACK_ALIGN);
	struct beginning *self = (struct beginning *)(void *)place;
	uint64_t address = (uintptr_t)self;

	(void)getcontext(&self->context); /* cannot fail */
	self->entry = entry;
	self->arg = arg;
	self->context.uc_link = NULL;
	/* The stack is used downwards from its end, and only the end counts. */
	self->context.uc_stack.ss_size = KB(16);
	self->context.uc_stack.ss_sp = place - KB(16);
	makecontext(&self->context, (void (*)(void))begin, 2, (unsigned int)(address >> 32),
		    (unsigned int)address);
	return &self->context;
}

/* Not instrumented, as the sanitizer has been told of the switch already. */
__attribute__((__no_sanitize__("address"))) void context_switch(void **from, void *to)
{
	ucontext_t self;

	*from = &self;
	(void)swapcontext(&self, to); /* cannot fail */
}
