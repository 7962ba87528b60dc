/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Time-outs: k_timeout_t and the macros that make one.
 *
 * A k_timeout_t is a number of ticks in a struct, so that nobody passes a bare number. Negative
 * values are K_FOREVER (-1) and, below that, absolute uptimes. Constant arguments give constants,
 * which can initialize statics.
 */

#ifndef ZEPHYR_INCLUDE_SYS_CLOCK_H_
#define ZEPHYR_INCLUDE_SYS_CLOCK_H_

#include <zephyr/sys/time_units.h>
#include <zephyr/sys/util.h>
#include <zephyr/types.h>

typedef int64_t k_ticks_t;

#define K_TICKS_FOREVER ((k_ticks_t)-1)

typedef struct {
	k_ticks_t ticks;
} k_timeout_t;

#define K_TIMEOUT_EQ(a, b) ((a).ticks == (b).ticks)

#define Z_TIMEOUT_TICKS(t) ((k_timeout_t){.ticks = (t)})
#define Z_TIMEOUT_MIN0(t)  ((k_ticks_t)(t) > 0 ? (k_ticks_t)(t) : 0)
#define Z_TIMEOUT_MS(t)    Z_TIMEOUT_TICKS((k_ticks_t)k_ms_to_ticks_ceil64(Z_TIMEOUT_MIN0(t)))
#define Z_TIMEOUT_US(t)    Z_TIMEOUT_TICKS((k_ticks_t)k_us_to_ticks_ceil64(Z_TIMEOUT_MIN0(t)))
#define Z_TIMEOUT_NS(t)    Z_TIMEOUT_TICKS((k_ticks_t)k_ns_to_ticks_ceil64(Z_TIMEOUT_MIN0(t)))
#define Z_TIMEOUT_CYC(t)   Z_TIMEOUT_TICKS((k_ticks_t)k_cyc_to_ticks_ceil64(Z_TIMEOUT_MIN0(t)))

/** Converts between an absolute uptime and its encoding; its own inverse. */
#define Z_TICK_ABS(t) (K_TICKS_FOREVER - 1 - (t))

#define K_NO_WAIT    Z_TIMEOUT_TICKS(0)
#define K_FOREVER    Z_TIMEOUT_TICKS(K_TICKS_FOREVER)
#define K_TICKS(t)   Z_TIMEOUT_TICKS(t)
#define K_NSEC(t)    Z_TIMEOUT_NS(t)
#define K_USEC(t)    Z_TIMEOUT_US(t)
#define K_CYC(t)     Z_TIMEOUT_CYC(t)
#define K_MSEC(ms)   Z_TIMEOUT_MS(ms)
#define K_SECONDS(s) K_MSEC((k_ticks_t)(s)*MSEC_PER_SEC)
#define K_MINUTES(m) K_SECONDS((k_ticks_t)(m)*60)
#define K_HOURS(h)   K_MINUTES((k_ticks_t)(h)*60)

/** The time-out that ends when the uptime reaches this. */
#define K_TIMEOUT_ABS_TICKS(t) Z_TIMEOUT_TICKS(Z_TICK_ABS((k_ticks_t)Z_TIMEOUT_MIN0(t)))
#define K_TIMEOUT_ABS_MS(t)    K_TIMEOUT_ABS_TICKS(k_ms_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_US(t)    K_TIMEOUT_ABS_TICKS(k_us_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_NS(t)    K_TIMEOUT_ABS_TICKS(k_ns_to_ticks_ceil64(t))
#define K_TIMEOUT_ABS_CYC(t)   K_TIMEOUT_ABS_TICKS(k_cyc_to_ticks_ceil64(t))

#define SYS_FOREVER_MS     (-1)
#define SYS_FOREVER_US     (-1)
#define SYS_TIMEOUT_MS(ms) ((ms) == SYS_FOREVER_MS ? K_FOREVER : K_MSEC(ms))

#define MSEC_PER_SEC  1000U
#define USEC_PER_MSEC 1000U
#define USEC_PER_SEC  1000000U
#define NSEC_PER_USEC 1000U
#define NSEC_PER_MSEC 1000000U
#define NSEC_PER_SEC  1000000000U

/** A deadline for a loop of waits: fix it once, ask for what is left of it each time. */
typedef struct {
	int64_t tick;
} k_timepoint_t;

k_timepoint_t sys_timepoint_calc(k_timeout_t timeout);
k_timeout_t sys_timepoint_timeout(k_timepoint_t timepoint);

static inline bool sys_timepoint_expired(k_timepoint_t timepoint)
{
	return sys_timepoint_timeout(timepoint).ticks == 0;
}

/** Uptime in ticks. Any context. */
int64_t sys_clock_tick_get(void);

#endif /* ZEPHYR_INCLUDE_SYS_CLOCK_H_ */
