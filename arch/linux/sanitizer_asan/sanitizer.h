/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The address sanitizer must know which stack is in use, or it takes a switch for a wild stack
 * pointer; and a leak check scans the stack that it believes in.
 *
 * It marks parts of each frame as forbidden and clears the marks when the function returns. The
 * functions of a thread that ends never return: whoever uses the stack next must find it clean.
 */

#ifndef ARCH_LINUX_SANITIZER_H_
#define ARCH_LINUX_SANITIZER_H_

#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <zephyr/kernel/thread.h>

/* Interrupts masked. @from (NULL: the host's own stack) is about to leave the CPU to @to. */
static inline void sanitizer_leave(struct k_thread *from, const struct k_thread *to)
{
	bool for_ever = from == NULL || (from->state & THREAD_DEAD) != 0U;

	__sanitizer_start_switch_fiber(for_ever ? NULL : &from->arch.fake_stack,
				       (void *)to->stack_info.start, to->stack_info.size);
	if (from != NULL && for_ever) {
		/* The last frames on it are of functions that are not instrumented or return. */
		__asan_unpoison_memory_region((void *)from->stack_info.start,
					      from->stack_info.size);
	}
}

/* @self has been switched in. */
static inline void sanitizer_enter(struct k_thread *self)
{
	__sanitizer_finish_switch_fiber(self->arch.fake_stack, NULL, NULL);
}

/* What lies on this stack is of no use any more. */
static inline void sanitizer_clean(char *stack, size_t size)
{
	__asan_unpoison_memory_region(stack, size);
}

#endif /* ARCH_LINUX_SANITIZER_H_ */
