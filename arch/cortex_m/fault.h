/* SPDX-License-Identifier: Apache-2.0 */

/* What fault_thread.c and fault_single.c share. */

#ifndef ARCH_CORTEX_M_FAULT_H_
#define ARCH_CORTEX_M_FAULT_H_

#include "scs.h"

#include <zephyr/fatal.h>

/* The kernel's name for an exception that nobody else handles. */
static inline unsigned int fault_reason(unsigned int exception)
{
	return exception >= EXC_HARD_FAULT && exception <= EXC_USAGE_FAULT ? K_ERR_CPU_EXCEPTION
									   : K_ERR_SPURIOUS_IRQ;
}

#endif /* ARCH_CORTEX_M_FAULT_H_ */
