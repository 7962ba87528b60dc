/* SPDX-License-Identifier: Apache-2.0 */

/** @file Time for tasks. Their executor sleeps until the earliest of their deadlines. */

#ifndef EDDY_TIME_H_
#define EDDY_TIME_H_

#include <eddy/task.h>

int eddy_sleep_limited(struct eddy_task *self);

/**
 * @brief Sleep.
 *
 * @param timeout  How long, or until which uptime (K_TIMEOUT_ABS_*). K_FOREVER: until canceled.
 *                 K_NO_WAIT: does not wait at all.
 *
 * @retval 0           The time has passed.
 * @retval -ECANCELED  Canceled before that.
 *
 * @par Context
 * Task. Cost: O(log n) in the number of pending deadlines, O(1) if it is the next.
 */
EDDY_AWAITABLE static inline int eddy_sleep(struct eddy_task *self, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_sleep_limited(self);
}

/** Sleep until the uptime is @p tick. A loop that adds a period to it does not drift. */
EDDY_AWAITABLE static inline int eddy_sleep_until(struct eddy_task *self, k_ticks_t tick)
{
	return eddy_sleep(self, K_TIMEOUT_ABS_TICKS(tick));
}

#endif /* EDDY_TIME_H_ */
