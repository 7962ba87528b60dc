/* SPDX-License-Identifier: Apache-2.0 */

/* Faults of threads: whose it was, whether its stack overflowed, and where to report it. */

#include "fault.h"
#include "guard.h"
#include "port.h"

#include <ksched.h>
#include <sanitizer.h>
#include <zephyr/fatal.h>
#include <zephyr/sys/util.h>

#define RED_ZONE    512    /* bytes below the stack pointer that may be in use */
#define REPORT_SIZE KB(44) /* stack that the report may take, and the guard below it */

static const struct k_thread *fault_thread; /* whose fault is under way, or ended it */

void fault_forget(const struct k_thread *thread)
{
	if (fault_thread == thread) {
		fault_thread = NULL;
	}
}

unsigned int fault_reason(const struct arch_esf *esf)
{
	return guard_is_hit(kernel.current, esf->address) ? K_ERR_STACK_CHK_FAIL
							  : K_ERR_CPU_EXCEPTION;
}

bool fault_begin(void)
{
	struct k_thread *thread = kernel.current;

	if (thread == NULL || thread == fault_thread) {
		return false;
	}
	fault_thread = thread;
	return true;
}

/*
 * Below what the thread has in use, or at the top if there is not enough room below, as after an
 * overflow. The thread will not run on.
 */
uintptr_t fault_report_stack(uintptr_t sp)
{
	const struct k_thread *thread = kernel.current;
	uintptr_t bottom = thread->stack_info.start;
	uintptr_t top = bottom + thread->stack_info.size;

	if (sp > top || sp < bottom + RED_ZONE + REPORT_SIZE) {
		sanitizer_clean((char *)thread->stack_info.start, thread->stack_info.size);
		return top;
	}
	return ROUND_DOWN(sp - RED_ZONE, 16);
}
