/* SPDX-License-Identifier: Apache-2.0 */

/* Without the address sanitizer nobody needs to know about switches. See sanitizer_asan/. */

#ifndef ARCH_LINUX_SANITIZER_H_
#define ARCH_LINUX_SANITIZER_H_

#include <zephyr/kernel/thread.h>

static ALWAYS_INLINE void sanitizer_leave(struct k_thread *from, const struct k_thread *to)
{
	ARG_UNUSED(from);
	ARG_UNUSED(to);
}

static ALWAYS_INLINE void sanitizer_enter(struct k_thread *self)
{
	ARG_UNUSED(self);
}

static ALWAYS_INLINE void sanitizer_clean(char *stack, size_t size)
{
	ARG_UNUSED(stack);
	ARG_UNUSED(size);
}

#endif /* ARCH_LINUX_SANITIZER_H_ */
