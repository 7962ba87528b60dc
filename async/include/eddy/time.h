/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Time for tasks. Their executor sleeps until the earliest of their deadlines.
 */

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

/** Sleep until the uptime is @p tick. A loop that adds a period to it does not drift. Task. */
EDDY_AWAITABLE static inline int eddy_sleep_until(struct eddy_task *self, k_ticks_t tick)
{
	return eddy_sleep(self, K_TIMEOUT_ABS_TICKS(tick));
}

/**
 * @brief A limit for several awaits together: the point in time @p timeout from now, as a time-out.
 *
 *	my->limit = eddy_deadline_in(K_MSEC(10));
 *	await_into(rc, eddy_chan_send(self, my->chan, &my->question, my->limit));
 *	if (rc == 0) {
 *		await_into(rc, eddy_signal_wait(self, my->answered, &my->answer, my->limit));
 *	}
 *
 * K_FOREVER, K_NO_WAIT and points in time are returned as they are. Any context.
 */
static inline k_timeout_t eddy_deadline_in(k_timeout_t timeout)
{
	if (timeout.ticks > 0) {
		/* The tick that is under way does not count: never too short. */
		k_ticks_t now = k_uptime_ticks() + 1;

		return K_TIMEOUT_ABS_TICKS(now + MIN(timeout.ticks, INT64_MAX - 1 - now));
	}
	return timeout;
}

/*
 * The uptime that K_TIMEOUT_ABS_TICKS() has made @ticks from: those count down from that of zero.
 * K_FOREVER yields -1.
 */
static inline k_ticks_t eddy_tick_of_(k_ticks_t ticks)
{
	return K_TIMEOUT_ABS_TICKS(0).ticks - ticks;
}

/** Whether a limit that eddy_deadline_in() returned is over. Any context. */
static inline bool eddy_deadline_is_over(k_timeout_t limit)
{
	return !K_TIMEOUT_EQ(limit, K_FOREVER) && limit.ticks <= 0 &&
	       eddy_tick_of_(limit.ticks) <= k_uptime_ticks();
}

/* Whether one such limit comes before another. */
static inline bool eddy_deadline_is_before_(k_timeout_t limit, k_timeout_t other)
{
	return (uint64_t)eddy_tick_of_(limit.ticks) < (uint64_t)eddy_tick_of_(other.ticks);
}

#endif /* EDDY_TIME_H_ */
