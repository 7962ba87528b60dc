/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What wakes the executors that do not sleep in the kernel: a timer. Part of those.
 */

#ifndef EDDY_ALARM_H_
#define EDDY_ALARM_H_

#include <eddy/executor.h>

/** The executor's own, but for is_due, which the timer's interrupt sets. */
struct eddy_alarm {
	struct k_timer timer; /**< Expires at the executor's earliest deadline. */
	struct eddy_executor *executor;
	uint64_t armed_tick;  /**< Uptime at which it does. */
	volatile bool is_due; /**< It has. */
};

#endif /* EDDY_ALARM_H_ */
