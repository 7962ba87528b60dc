/* SPDX-License-Identifier: Apache-2.0 */

/* Timers: one-shot and periodic, stopping, status, and what an expiry function may do. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

static struct k_timer timer;
static unsigned int expiries;
static unsigned int stops;
static bool in_isr;
static int64_t expired_at[8];

static void on_expiry(struct k_timer *expired)
{
	ARG_UNUSED(expired);
	if (expiries < ARRAY_SIZE(expired_at)) {
		expired_at[expiries] = k_uptime_ticks();
	}
	expiries++;
	in_isr = k_is_in_isr();
}

static void on_stop(struct k_timer *stopped)
{
	ARG_UNUSED(stopped);
	stops++;
	in_isr = k_is_in_isr();
}

static K_TIMER_DEFINE(static_timer, on_expiry, on_stop);

static void before(void *fixture)
{
	workers_before(fixture);
	expiries = 0U;
	stops = 0U;
	in_isr = false;
	k_timer_init(&timer, on_expiry, on_stop);
}

static void after(void *fixture)
{
	k_timer_stop(&timer);
	k_timer_stop(&static_timer);
	workers_after(fixture);
}

ZTEST_SUITE(timer, NULL, NULL, before, after, NULL);

/* A one-shot timer expires once, in an interrupt. */
ZTEST(timer, test_one_shot)
{
	k_timer_start(&timer, K_MSEC(10), K_NO_WAIT);
	k_sleep(K_MSEC(5));
	zassert_equal(expiries, 0U);
	k_sleep(K_MSEC(100));
	zassert_equal(expiries, 1U);
	zassert_true(in_isr);
}

/* K_FOREVER as a period means one shot too. */
ZTEST(timer, test_period_forever_is_one_shot)
{
	k_timer_start(&static_timer, K_MSEC(10), K_FOREVER);
	k_sleep(K_MSEC(100));
	zassert_equal(expiries, 1U);
}

/* A periodic timer expires after its duration and then each period, without drift. */
ZTEST(timer, test_periodic)
{
	const int64_t period = k_ms_to_ticks_ceil64(10);

	k_timer_start(&timer, K_MSEC(30), K_MSEC(10));
	k_sleep(K_MSEC(75));
	k_timer_stop(&timer);
	zassert_between_inclusive(expiries, 4U, 5U);
	for (unsigned int i = 1; i < expiries; i++) {
		/* Each stays with the first one's grid; a late interrupt may be one tick off. */
		zassert_within(expired_at[i], expired_at[0] + (int64_t)i * period, 1);
	}
}

/* A stopped timer does not expire; the stop function runs in the context of the stop. */
ZTEST(timer, test_stop)
{
	k_timer_start(&timer, K_MSEC(10), K_MSEC(10));
	k_timer_stop(&timer);
	zassert_equal(stops, 1U);
	zassert_false(in_isr);
	k_sleep(K_MSEC(50));
	zassert_equal(expiries, 0U);
}

/* To stop a timer that does not run has no effect, on the stop function neither. */
ZTEST(timer, test_stop_an_idle_one)
{
	k_timer_stop(&timer);
	zassert_equal(stops, 0U);
	k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
	k_sleep(K_MSEC(10));
	k_timer_stop(&timer);
	zassert_equal(stops, 0U);
}

/* Starting a running timer anew counts from now. */
ZTEST(timer, test_restart)
{
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	k_sleep(K_MSEC(15));
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	k_sleep(K_MSEC(15));
	zassert_equal(expiries, 0U);
	k_sleep(K_MSEC(15));
	zassert_equal(expiries, 1U);
}

/* A duration of zero expires as soon as possible. */
ZTEST(timer, test_zero_duration)
{
	k_timer_start(&timer, K_NO_WAIT, K_NO_WAIT);
	k_sleep(K_MSEC(20));
	zassert_equal(expiries, 1U);
}

/* The status counts expiries since it was last asked for. */
ZTEST(timer, test_status_get)
{
	zassert_equal(k_timer_status_get(&timer), 0U);
	k_timer_start(&timer, K_MSEC(10), K_MSEC(10));
	k_sleep(K_MSEC(35));
	zassert_between_inclusive(k_timer_status_get(&timer), 2U, 3U);
	zassert_equal(k_timer_status_get(&timer), 0U);
}

/* Starting a timer resets its status. */
ZTEST(timer, test_start_resets_the_status)
{
	k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
	k_sleep(K_MSEC(10));
	k_timer_start(&timer, K_SECONDS(10), K_NO_WAIT);
	zassert_equal(k_timer_status_get(&timer), 0U);
}

/* status_sync waits for the next expiry. */
ZTEST(timer, test_status_sync_waits)
{
	int64_t start = k_uptime_ticks();

	k_timer_start(&timer, K_MSEC(10), K_NO_WAIT);
	zassert_equal(k_timer_status_sync(&timer), 1U);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks - 1);
}

/* status_sync does not wait for an expiry that has been, nor for a timer that does not run. */
ZTEST(timer, test_status_sync_returns_at_once)
{
	int64_t start;

	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
	k_sleep(K_MSEC(20));
	start = k_uptime_get();
	zassert_equal(k_timer_status_sync(&timer), 1U);
	zassert_equal(k_timer_status_sync(&timer), 0U);
	zassert_true(k_uptime_get() - start < 5);
}

static void sync_with_timer(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('0' + (char)k_timer_status_sync(&timer));
}

/* Stopping a timer releases who waits for it, with no expiry to report. */
ZTEST(timer, test_stop_releases_the_waiter)
{
	worker_start(PRIO_HIGH, sync_with_timer, NULL);
	zassert_equal(strcmp(recorded(), "0"), 0, "it does not run yet");

	k_timer_start(&timer, K_SECONDS(10), K_NO_WAIT);
	worker_start(PRIO_HIGH, sync_with_timer, NULL);
	zassert_equal(strcmp(recorded(), "0"), 0, "it should be waiting");
	k_timer_stop(&timer);
	zassert_equal(strcmp(recorded(), "00"), 0, "record: %s", recorded());
}

/* The remaining time shrinks to zero. */
ZTEST(timer, test_remaining)
{
	zassert_equal(k_timer_remaining_get(&timer), 0U);
	k_timer_start(&timer, K_MSEC(100), K_NO_WAIT);
	zassert_between_inclusive(k_timer_remaining_get(&timer), 80U, 100U);
	k_sleep(K_MSEC(50));
	zassert_between_inclusive(k_timer_remaining_get(&timer), 20U, 50U);
	k_sleep(K_MSEC(100));
	zassert_equal(k_timer_remaining_get(&timer), 0U);
	zassert_equal(k_timer_remaining_ticks(&timer), 0);
}

/* The tick of the next expiry is known in advance. */
ZTEST(timer, test_expires_ticks)
{
	k_ticks_t expected;

	k_sleep(K_TICKS(
		1)); /* begin at a tick: in between, Zephyr 3.3 is off by what has elapsed */
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	expected = k_timer_expires_ticks(&timer);
	k_sleep(K_MSEC(50));
	zassert_equal(expiries, 1U);
	zassert_within(expired_at[0], expected, 1, "at %d, expected %d", (int)expired_at[0],
		       (int)expected);
}

/* A timer carries a pointer of its user's. */
ZTEST(timer, test_user_data)
{
	int something;

	k_timer_user_data_set(&timer, &something);
	zassert_equal_ptr(k_timer_user_data_get(&timer), &something);
}

static void restart_in_handler(struct k_timer *expired)
{
	on_expiry(expired);
	if (expiries < 3U) {
		k_timer_start(expired, K_MSEC(5), K_NO_WAIT);
	}
}

/* An expiry function may start its own timer again. */
ZTEST(timer, test_restart_in_the_expiry_function)
{
	k_timer_init(&timer, restart_in_handler, NULL);
	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
	k_sleep(K_MSEC(100));
	zassert_equal(expiries, 3U);
}

static void stop_in_handler(struct k_timer *expired)
{
	on_expiry(expired);
	if (expiries == 2U) {
		k_timer_stop(expired);
	}
}

/* An expiry function may stop its own periodic timer. */
ZTEST(timer, test_stop_in_the_expiry_function)
{
	k_timer_init(&timer, stop_in_handler, on_stop);
	k_timer_start(&timer, K_MSEC(5), K_MSEC(5));
	k_sleep(K_MSEC(100));
	zassert_equal(expiries, 2U);
	zassert_equal(stops, 1U);
	zassert_true(in_isr, "it was stopped in an interrupt");
}

static void start_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
}

static void stop_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_timer_stop(&timer);
}

/* An interrupt may start and stop a timer. */
ZTEST(timer, test_start_and_stop_in_an_interrupt)
{
	irq_offload(start_in_isr, NULL);
	k_sleep(K_MSEC(20));
	zassert_equal(expiries, 1U);
	irq_offload(start_in_isr, NULL);
	irq_offload(stop_in_isr, NULL);
	k_sleep(K_MSEC(20));
	zassert_equal(expiries, 1U);
	zassert_equal(stops, 1U);
}

static struct k_timer second_timer;

static void stop_the_second(struct k_timer *expired)
{
	ARG_UNUSED(expired);
	record('1');
	k_timer_stop(&second_timer);
}

static void note_the_second(struct k_timer *expired)
{
	ARG_UNUSED(expired);
	record('2');
}

/* Of two timers due at the same tick, the first to expire may stop the other. */
ZTEST(timer, test_stop_another_that_is_due)
{
	k_timer_init(&timer, stop_the_second, NULL);
	k_timer_init(&second_timer, note_the_second, NULL);
	k_sleep(K_TICKS(1)); /* begin at a tick, so that both fall on the same */
	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
	k_timer_start(&second_timer, K_MSEC(5), K_NO_WAIT);
	k_sleep(K_MSEC(20));
	zassert_equal(strcmp(recorded(), "1"), 0, "record: %s", recorded());
}

#define MANY 40

static struct k_timer many[MANY];
static k_ticks_t latest;
static unsigned int out_of_order;

static void check_order(struct k_timer *expired)
{
	k_ticks_t due = (k_ticks_t)(uintptr_t)k_timer_user_data_get(expired);

	out_of_order += due < latest ? 1U : 0U;
	latest = due;
	expiries++;
}

/* Many timers, started in any order, expire in the order of their deadlines. */
ZTEST(timer, test_many_expire_in_order)
{
	latest = 0;
	out_of_order = 0U;
	k_sleep(K_TICKS(1));
	for (unsigned int i = 0; i < MANY; i++) {
		k_ticks_t due = 20 + (i * 7U) % MANY; /* each of 20 ... 20 + MANY - 1 once */

		k_timer_init(&many[i], check_order, NULL);
		k_timer_user_data_set(&many[i], (void *)(uintptr_t)due);
		k_timer_start(&many[i], K_TICKS(10 * due), K_NO_WAIT);
	}
	k_sleep(K_TICKS(10 * (20 + MANY)));
	zassert_equal(expiries, MANY);
	zassert_equal(out_of_order, 0U);
}
