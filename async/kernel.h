/* SPDX-License-Identifier: Apache-2.0 */

/* What the awaits of kernel objects have in common. */

#ifndef ASYNC_KERNEL_H_
#define ASYNC_KERNEL_H_

#include <eddy/kernel.h>

#include "core.h"

/* The same limit as a time of day, so that several waits after one another share it. */
static inline k_timeout_t eddy_k_limit(k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_FOREVER) || Z_TICK_ABS(timeout.ticks) >= 0) {
		return timeout; /* none, or absolute already */
	}
	return K_TIMEOUT_ABS_TICKS(k_uptime_ticks() + timeout.ticks + 1);
}

#endif /* ASYNC_KERNEL_H_ */
