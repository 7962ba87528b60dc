/* SPDX-License-Identifier: Apache-2.0 */

/* Timers: all that they can do but keep a thread waiting. */

#include "check.h"

#include <zephyr/kernel.h>

#define CROWD 40

static struct k_timer timer;
static volatile unsigned int expiries;
static volatile unsigned int stops;
static volatile bool expired_in_isr;
static int64_t expired_at[8];

static void on_expiry(struct k_timer *expired)
{
	if (expiries < ARRAY_SIZE(expired_at)) {
		expired_at[expiries] = k_uptime_ticks();
	}
	expired_in_isr = k_is_in_isr();
	expiries++;
}

static void on_stop(struct k_timer *stopped)
{
	stops++;
}

static void set_up(k_timer_expiry_t expiry)
{
	expiries = 0U;
	stops = 0U;
	k_timer_init(&timer, expiry, on_stop);
}

static void idle_until(int64_t tick)
{
	static struct k_timer end;

	k_timer_init(&end, NULL, NULL);
	k_timer_start(&end, K_TIMEOUT_ABS_TICKS(tick), K_NO_WAIT);
	while (k_uptime_ticks() < tick) {
		k_cpu_idle();
	}
}

/* A timer expires once, in an interrupt, not before its time. */
static void expires_once(void)
{
	int64_t start = k_uptime_ticks();

	set_up(on_expiry);
	k_timer_start(&timer, K_TICKS(20), K_NO_WAIT);
	idle_until(start + 100);
	CHECK(expiries == 1U);
	CHECK(expired_in_isr);
	CHECK(expired_at[0] >= start + 20 && expired_at[0] <= start + 23);
	CHECK(k_timer_status_get(&timer) == 1U);
	CHECK(k_timer_status_get(&timer) == 0U);
}

/* A periodic timer does not drift, and ends with k_timer_stop(). */
static void expires_periodically(void)
{
	set_up(on_expiry);
	k_timer_start(&timer, K_TICKS(10), K_TICKS(50));
	while (expiries < ARRAY_SIZE(expired_at)) {
		k_cpu_idle();
	}
	k_timer_stop(&timer);
	CHECK(stops == 1U);
	for (unsigned int i = 1U; i < ARRAY_SIZE(expired_at); i++) {
		int64_t late = expired_at[i] - expired_at[0] - (int64_t)i * 50;

		CHECK(late >= -1 && late <= 1);
	}
	idle_until(k_uptime_ticks() + 200);
	CHECK(expiries == ARRAY_SIZE(expired_at));
	k_timer_stop(&timer);
	CHECK(stops == 1U);
}

static void restart_from_handler(struct k_timer *expired)
{
	on_expiry(expired);
	if (expiries < 3U) {
		k_timer_start(expired, K_TICKS(7), K_NO_WAIT);
	}
}

/* An expiry function may start its own timer anew. */
static void restarts_itself(void)
{
	set_up(restart_from_handler);
	k_timer_start(&timer, K_TICKS(7), K_NO_WAIT);
	idle_until(k_uptime_ticks() + 200);
	CHECK(expiries == 3U);
}

static void stop_from_handler(struct k_timer *expired)
{
	on_expiry(expired);
	k_timer_stop(expired);
}

/* An expiry function may stop its own periodic timer. */
static void stops_itself(void)
{
	set_up(stop_from_handler);
	k_timer_start(&timer, K_TICKS(5), K_TICKS(5));
	idle_until(k_uptime_ticks() + 100);
	CHECK(expiries == 1U);
	CHECK(stops == 1U);
}

/* Starting a running timer anew replaces what it was started with. */
static void starts_anew(void)
{
	set_up(on_expiry);
	k_timer_start(&timer, K_TICKS(10), K_TICKS(10));
	k_timer_start(&timer, K_TICKS(60), K_NO_WAIT);
	idle_until(k_uptime_ticks() + 40);
	CHECK(expiries == 0U);
	idle_until(k_uptime_ticks() + 100);
	CHECK(expiries == 1U);
}

/* Starting with K_FOREVER has no effect. */
static void forever_is_no_start(void)
{
	set_up(on_expiry);
	k_timer_start(&timer, K_FOREVER, K_NO_WAIT);
	CHECK(k_timer_remaining_ticks(&timer) == 0);
}

/* What is left can be asked for, in ticks from now, in milliseconds, and as an uptime. */
static void tells_what_is_left(void)
{
	int64_t start;

	set_up(on_expiry);
	/* Begin at a tick: in between, Zephyr 3.3 is off by what has elapsed. */
	idle_until(k_uptime_ticks() + 2);
	start = k_uptime_ticks();
	k_timer_start(&timer, K_MSEC(50), K_NO_WAIT);
	CHECK(k_timer_remaining_ticks(&timer) > 480 && k_timer_remaining_ticks(&timer) <= 501);
	CHECK(k_timer_remaining_get(&timer) >= 48U && k_timer_remaining_get(&timer) <= 50U);
	CHECK(k_timer_expires_ticks(&timer) >= start + 500);
	k_timer_stop(&timer);
	CHECK(k_timer_remaining_ticks(&timer) == 0);
}

/* User data is kept. */
static void keeps_user_data(void)
{
	set_up(on_expiry);
	k_timer_user_data_set(&timer, expired_at);
	CHECK(k_timer_user_data_get(&timer) == expired_at);
}

static struct k_timer crowd[CROWD];
static unsigned int order[CROWD];
static volatile unsigned int arrived;

static void on_crowd(struct k_timer *expired)
{
	order[arrived++] = (unsigned int)(expired - crowd);
}

static unsigned int delay_of(unsigned int i)
{
	return 100U + i * 17U % CROWD / 2U; /* each value twice or so */
}

/* Many timers expire by deadline, and those of one deadline in the order in which they started. */
static void expire_in_order(void)
{
	int64_t start = k_uptime_ticks();

	arrived = 0U;
	for (unsigned int i = 0U; i < CROWD; i++) {
		k_timer_init(&crowd[i], on_crowd, NULL);
		k_timer_start(&crowd[i], K_TIMEOUT_ABS_TICKS(start + delay_of(i)), K_NO_WAIT);
	}
	for (unsigned int i = 0U; i < CROWD; i += 8U) {
		k_timer_stop(&crowd[i]); /* from the middle of the queue */
	}
	idle_until(start + 200);
	CHECK(arrived == CROWD - CROWD / 8U);
	for (unsigned int i = 1U; i < arrived; i++) {
		unsigned int a = order[i - 1U];
		unsigned int b = order[i];

		CHECK(delay_of(a) < delay_of(b) || (delay_of(a) == delay_of(b) && a < b));
		CHECK(b % 8U != 0U);
	}
}

/* Neighbors in the queue can be stopped in any order. */
static void neighbors_stop(void)
{
	static const uint8_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	for (unsigned int i = 0U; i < ARRAY_SIZE(orders); i++) {
		int64_t start = k_uptime_ticks();

		arrived = 0U;
		for (unsigned int k = 0U; k < 4U; k++) {
			k_timer_init(&crowd[k], on_crowd, NULL);
			k_timer_start(&crowd[k], K_TIMEOUT_ABS_TICKS(start + 20 + k), K_NO_WAIT);
		}
		for (unsigned int k = 0U; k < 3U; k++) {
			k_timer_stop(&crowd[orders[i][k]]);
		}
		idle_until(start + 50);
		CHECK(arrived == 1U);
		CHECK(order[0] == 3U);
	}
}

void test_timer(void)
{
	RUN(expires_once);
	RUN(expires_periodically);
	RUN(restarts_itself);
	RUN(stops_itself);
	RUN(starts_anew);
	RUN(forever_is_no_start);
	RUN(tells_what_is_left);
	RUN(keeps_user_data);
	RUN(expire_in_order);
	RUN(neighbors_stop);
}
