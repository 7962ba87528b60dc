/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Guards: pages near the lower end of each stack that cannot be written, so that an overflow is
 * caught before it reaches what lies below. They can be read, as whoever measures a stack's use
 * does.
 *
 * The stack of a thread that has ended is plain memory again.
 */

#include "guard.h"

#include <sys/mman.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/sys/util.h>

#define GUARD_SIZE KB(16)
#define PAGE_SIZE  KB(4) /* the guard's alignment; where pages are larger, there is no guard */

static char *guard_of(const struct k_thread *thread)
{
	return (char *)ROUND_UP(thread->stack_info.start, PAGE_SIZE);
}

/* May fail: the host limits how many pieces memory is cut into. Then the stack has no guard. */
static void protect(const struct k_thread *thread, int access)
{
	if (IS_ENABLED(CONFIG_HW_STACK_PROTECTION)) {
		(void)mprotect(guard_of(thread), GUARD_SIZE, access);
	}
}

void guard_set(const struct k_thread *thread)
{
	protect(thread, PROT_READ);
}

void guard_clear(const struct k_thread *thread)
{
	protect(thread, PROT_READ | PROT_WRITE);
}

bool guard_is_hit(const struct k_thread *thread, uintptr_t address)
{
	uintptr_t guard = (uintptr_t)guard_of(thread);

	return IS_ENABLED(CONFIG_HW_STACK_PROTECTION) && address >= guard &&
	       address < guard + GUARD_SIZE;
}
