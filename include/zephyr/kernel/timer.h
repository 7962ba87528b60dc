/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Timers: run a function, or release a waiting thread, after a time and then periodically.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_TIMER_H_
#define ZEPHYR_INCLUDE_KERNEL_TIMER_H_

#include <zephyr/kernel/thread.h>

struct k_timer;

/** Called in the clock interrupt when a timer expires. */
typedef void (*k_timer_expiry_t)(struct k_timer *timer);

/** Called in the context of k_timer_stop(), if that stopped a running timer. */
typedef void (*k_timer_stop_t)(struct k_timer *timer);

/** Guarded by the scheduler's lock. */
struct k_timer {
	struct k_timeout_entry timeout;
#ifdef CONFIG_MULTITHREADING
	struct k_waitq waiters; /**< At most one thread, in k_timer_status_sync(). */
#endif
	k_timer_expiry_t expiry_fn;
	k_timer_stop_t stop_fn;
	k_timeout_t period;
	uint32_t status; /**< Expiries since the status was last read. */
	void *user_data;
};

/* An entry of the time-out queue that nobody has queued yet. */
void timer_expired(struct k_timeout_entry *entry, k_spinlock_key_t *key);

#define Z_TIMER_INITIALIZER(obj, expiry, stop)                                                     \
	{                                                                                          \
		.timeout = Z_TIMEOUT_INITIALIZER(timer_expired), .expiry_fn = (expiry),            \
		.stop_fn = (stop),                                                                 \
	}

/** Define a timer. @p expiry_fn and @p stop_fn may be NULL. */
#define K_TIMER_DEFINE(name, expiry_fn, stop_fn)                                                   \
	struct k_timer name = Z_TIMER_INITIALIZER(name, expiry_fn, stop_fn)

/** Set up a timer. Any context, while it does not run (a periodic one does in its own handler). */
void k_timer_init(struct k_timer *timer, k_timer_expiry_t expiry_fn, k_timer_stop_t stop_fn);

/**
 * @brief Start a timer, or start it anew; its status becomes 0.
 *
 * @param duration  Until the first expiry. K_FOREVER: no effect.
 * @param period    Between later ones, without drift. K_NO_WAIT or K_FOREVER: expire once.
 *
 * @par Context
 * Any, expiry functions included. Cost: O(log n) in the number of pending time-outs.
 */
void k_timer_start(struct k_timer *timer, k_timeout_t duration, k_timeout_t period);

/** Stop a timer and release whoever waits for it; no effect if it does not run. Any context. */
void k_timer_stop(struct k_timer *timer);

/** Expiries since the last call of this or k_timer_status_sync(). Any context. */
uint32_t k_timer_status_get(struct k_timer *timer);

/**
 * Wait until it expires or is stopped, unless it has since the last call. Thread. @return Expiries.
 */
uint32_t k_timer_status_sync(struct k_timer *timer);

/** Uptime tick of its next expiry; the present one if it does not run. Any context. */
k_ticks_t k_timer_expires_ticks(const struct k_timer *timer);

/** Ticks until its next expiry; 0 if it does not run. Any context. */
k_ticks_t k_timer_remaining_ticks(const struct k_timer *timer);

/** The same in milliseconds. */
static inline uint32_t k_timer_remaining_get(struct k_timer *timer)
{
	return k_ticks_to_ms_floor32((uint64_t)k_timer_remaining_ticks(timer));
}

static inline void k_timer_user_data_set(struct k_timer *timer, void *user_data)
{
	timer->user_data = user_data;
}

static inline void *k_timer_user_data_get(const struct k_timer *timer)
{
	return timer->user_data;
}

#endif /* ZEPHYR_INCLUDE_KERNEL_TIMER_H_ */
