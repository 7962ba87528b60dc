/* SPDX-License-Identifier: Apache-2.0 */

/* Events: what k_event_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define WAITING 0xdeadbeefU /* no result of the tests' waits */
#define HIGHEST 0x80000000U

static K_EVENT_DEFINE(static_event);
static struct k_event event;

/* A worker that waits for events and tells what it got. */
struct waiter {
	uint32_t events;
	bool all;
	char letter;
	k_timeout_t timeout;
	uint32_t result;
};

static void wait_once(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = WAITING;
	if (waiter->all) {
		waiter->result = k_event_wait_all(&event, waiter->events, false, waiter->timeout);
	} else {
		waiter->result = k_event_wait(&event, waiter->events, false, waiter->timeout);
	}
	record(waiter->letter);
}

static k_tid_t start_waiter(struct waiter *waiter, int prio)
{
	return worker_start(prio, wait_once, waiter);
}

/* The events that are set. */
static uint32_t events_set(void)
{
	return k_event_wait(&event, UINT32_MAX, false, K_NO_WAIT);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_event_init(&event);
}

ZTEST_SUITE(event, NULL, NULL, before, workers_after, NULL);

/* K_EVENT_DEFINE() makes an object that is ready before anything runs. */
ZTEST(event, test_define_sets_nothing)
{
	zassert_equal(k_event_wait(&static_event, UINT32_MAX, false, K_NO_WAIT), 0U);
	k_event_post(&static_event, 1U);
	zassert_equal(k_event_wait(&static_event, UINT32_MAX, false, K_NO_WAIT), 1U);
}

/* A post adds to what is set. */
ZTEST(event, test_post_adds)
{
	k_event_post(&event, 0x5U);
	k_event_post(&event, 0x6U);
	zassert_equal(events_set(), 0x7U);
	k_event_post(&event, HIGHEST);
	zassert_equal(events_set(), HIGHEST | 0x7U);
	k_event_post(&event, 0U);
	zassert_equal(events_set(), HIGHEST | 0x7U);
}

/* A set replaces all. */
ZTEST(event, test_set_replaces)
{
	k_event_set(&event, 0x5U);
	k_event_set(&event, 0x6U);
	zassert_equal(events_set(), 0x6U);
	k_event_set(&event, 0U);
	zassert_equal(events_set(), 0U);
}

/* A masked set replaces what the mask says, and leaves the rest. */
ZTEST(event, test_set_masked_replaces_some)
{
	k_event_set(&event, 0xf0U);
	k_event_set_masked(&event, 0x33U, 0x0fU);
	zassert_equal(events_set(), 0xf3U);
	k_event_set_masked(&event, 0U, 0xc0U);
	zassert_equal(events_set(), 0x33U);
}

/* Clearing takes away what it names. */
ZTEST(event, test_clear)
{
	k_event_set(&event, 0xffU);
	k_event_clear(&event, 0x103U);
	zassert_equal(events_set(), 0xfcU);
}

/* A wait returns those wanted events that are set, and does not consume them. */
ZTEST(event, test_wait_for_what_is_set)
{
	k_event_set(&event, 0x0eU);
	zassert_equal(k_event_wait(&event, 0x7U, false, K_FOREVER), 0x6U);
	zassert_equal(k_event_wait(&event, 0x7U, false, K_NO_WAIT), 0x6U);
	zassert_equal(k_event_wait(&event, 0x1U, false, K_NO_WAIT), 0U);
}

/* To wait for all is not content with some. */
ZTEST(event, test_wait_all_for_what_is_set)
{
	k_event_set(&event, 0x0eU);
	zassert_equal(k_event_wait_all(&event, 0x7U, false, K_NO_WAIT), 0U);
	zassert_equal(k_event_wait_all(&event, 0x6U, false, K_NO_WAIT), 0x6U);
}

/* To wait for no event at all is over at once, with nothing, and resets nothing. */
ZTEST(event, test_wait_for_nothing)
{
	k_event_set(&event, 0x3U);
	zassert_equal(k_event_wait(&event, 0U, true, K_FOREVER), 0U);
	zassert_equal(k_event_wait_all(&event, 0U, true, K_FOREVER), 0U);
	zassert_equal(events_set(), 0x3U);
}

/* With reset, a wait first clears all events, also those that it does not want. */
ZTEST(event, test_reset_forgets_the_past)
{
	k_event_set(&event, 0xffU);
	zassert_equal(k_event_wait(&event, 0x1U, true, K_NO_WAIT), 0U);
	zassert_equal(events_set(), 0U);

	k_event_set(&event, 0xffU);
	zassert_equal(k_event_wait_all(&event, 0x1U, true, K_NO_WAIT), 0U);
	zassert_equal(events_set(), 0U);
}

/* A wait that gets nothing returns 0 once its time is over, not before. */
ZTEST(event, test_wait_times_out)
{
	int64_t start = k_uptime_ticks();

	k_event_set(&event, 0x2U);
	zassert_equal(k_event_wait(&event, 0x1U, false, K_MSEC(20)), 0U);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
	zassert_equal(k_event_wait_all(&event, 0x3U, false, K_MSEC(20)), 0U);
	zassert_true(k_uptime_ticks() - start >= 2 * K_MSEC(20).ticks);
}

/* A waiter gets what ended its wait; other events pass it by. */
ZTEST(event, test_post_wakes_who_wants_it)
{
	struct waiter waiter = {.events = 0x6U, .timeout = K_FOREVER, .letter = 'a'};

	start_waiter(&waiter, PRIO_HIGH);
	k_event_post(&event, 0x9U);
	zassert_equal(waiter.result, WAITING);
	k_event_post(&event, 0x2U);
	zassert_equal(waiter.result, 0x2U);
	zassert_equal(events_set(), 0xbU);
}

/* A waiter for all waits until all are set at once; they may come one by one. */
ZTEST(event, test_post_completes_what_is_wanted)
{
	struct waiter waiter = {.events = 0x7U, .all = true, .timeout = K_FOREVER, .letter = 'a'};

	start_waiter(&waiter, PRIO_HIGH);
	k_event_post(&event, 0x1U);
	k_event_post(&event, 0x6U);
	zassert_equal(waiter.result, 0x7U);

	k_event_clear(&event, UINT32_MAX);
	start_waiter(&waiter, PRIO_HIGH);
	k_event_post(&event, 0x3U);
	k_event_clear(&event, 0x1U);
	k_event_post(&event, 0x4U);
	zassert_equal(waiter.result, WAITING);
	k_event_post(&event, 0x1U);
	zassert_equal(waiter.result, 0x7U);
}

/* A set can end a wait as a post can, and so can a masked one, but only with what passes it. */
ZTEST(event, test_set_wakes)
{
	struct waiter waiter = {.events = 0x3U, .all = true, .timeout = K_FOREVER, .letter = 'a'};

	start_waiter(&waiter, PRIO_HIGH);
	k_event_set(&event, 0x1U);
	k_event_set(&event, 0x2U);
	zassert_equal(waiter.result, WAITING, "they were not set at once");
	k_event_set_masked(&event, 0xffU, 0xf0U);
	zassert_equal(waiter.result, WAITING);
	k_event_set_masked(&event, 0xffU, 0x01U);
	zassert_equal(waiter.result, 0x3U);
}

/* One post wakes all whose wait it ends, and nobody else. */
ZTEST(event, test_post_wakes_all_who_want_it)
{
	struct waiter any_1 = {.events = 0x1U, .timeout = K_FOREVER, .letter = 'a'};
	struct waiter any_2 = {.events = 0x3U, .timeout = K_FOREVER, .letter = 'b'};
	struct waiter other = {.events = 0x4U, .timeout = K_FOREVER, .letter = 'c'};
	struct waiter all_12 = {.events = 0x3U, .all = true, .timeout = K_FOREVER, .letter = 'd'};
	struct waiter all_14 = {.events = 0x5U, .all = true, .timeout = K_FOREVER, .letter = 'e'};

	start_waiter(&all_14, PRIO_HIGH);
	start_waiter(&any_1, PRIO_HIGH);
	start_waiter(&other, PRIO_HIGH);
	start_waiter(&all_12, PRIO_HIGH);
	start_waiter(&any_2, PRIO_HIGH);

	k_event_post(&event, 0x3U);
	zassert_equal(any_1.result, 0x1U);
	zassert_equal(any_2.result, 0x3U);
	zassert_equal(all_12.result, 0x3U);
	zassert_equal(other.result, WAITING);
	zassert_equal(all_14.result, WAITING);

	k_event_post(&event, 0x4U);
	zassert_equal(other.result, 0x4U);
	zassert_equal(all_14.result, 0x5U);
}

/* Those whom one post wakes run by their priorities. */
ZTEST(event, test_woken_run_by_priority)
{
	struct waiter low = {.events = 0x1U, .timeout = K_FOREVER, .letter = 'c'};
	struct waiter high = {.events = 0x1U, .timeout = K_FOREVER, .letter = 'b'};
	struct waiter coop = {.events = 0x1U, .timeout = K_FOREVER, .letter = 'a'};

	start_waiter(&low, PRIO_LOW);
	k_sleep(K_MSEC(1));
	start_waiter(&coop, PRIO_COOP);
	start_waiter(&high, PRIO_HIGH);
	k_event_post(&event, 0x1U);
	k_sleep(K_MSEC(1));
	zassert_recorded("abc");
}

/* A waiter gets what was set when its wait ended, though it was cleared before it ran. */
ZTEST(event, test_waiter_keeps_what_it_got)
{
	struct waiter waiter = {.events = 0x3U, .timeout = K_FOREVER, .letter = 'a'};

	start_waiter(&waiter, PRIO_LOW);
	k_sleep(K_MSEC(1));
	k_event_post(&event, 0x2U);
	k_event_set(&event, 0x1U);
	k_event_clear(&event, UINT32_MAX);
	k_sleep(K_MSEC(1));
	zassert_equal(waiter.result, 0x2U);
}

/* A waiter whose time is over is gone; one that was served is not timed out later. */
ZTEST(event, test_timeouts_of_waiters)
{
	struct waiter late = {.events = 0x1U, .timeout = K_MSEC(5), .letter = 'a'};
	struct waiter served = {.events = 0x2U, .timeout = K_MSEC(5), .letter = 'b'};

	start_waiter(&late, PRIO_HIGH);
	start_waiter(&served, PRIO_HIGH);
	k_event_post(&event, 0x2U);
	k_sleep(K_MSEC(20));
	zassert_equal(late.result, 0U);
	zassert_equal(served.result, 0x2U);
	k_event_post(&event, 0x1U);
	zassert_recorded("ba");
}

/* An aborted waiter is passed over, wherever it stands. */
ZTEST(event, test_abort_of_waiters)
{
	struct waiter waiters[3];
	k_tid_t threads[3];

	for (int i = 0; i < 3; i++) {
		waiters[i] = (struct waiter){.events = 0x1U, .timeout = K_FOREVER};
		waiters[i].letter = (char)('a' + i);
		threads[i] = start_waiter(&waiters[i], PRIO_HIGH);
	}
	k_thread_abort(threads[0]);
	k_thread_abort(threads[2]);
	k_event_post(&event, 0x1U);
	zassert_recorded("b");
}

static void change_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_event_post(&event, 0x1U);
	k_event_clear(&event, 0x1U);
	k_event_post(&event, 0x4U);
	record(k_event_wait(&event, 0x4U, false, K_NO_WAIT) == 0x4U ? 'i' : '?');
}

/* Interrupts may change events, and look at them. Each change takes effect by itself. */
ZTEST(event, test_interrupts)
{
	struct waiter first = {.events = 0x1U, .timeout = K_FOREVER, .letter = 'a'};
	struct waiter both = {.events = 0x5U, .all = true, .timeout = K_FOREVER, .letter = 'b'};

	start_waiter(&both, PRIO_HIGH);
	start_waiter(&first, PRIO_HIGH);
	irq_offload(change_in_isr, NULL);
	zassert_equal(first.result, 0x1U);
	zassert_equal(both.result, WAITING);
	zassert_recorded("ia");
}

static void post_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	k_event_post(&event, 0x1U);
}

static K_TIMER_DEFINE(poster, post_on_expiry, NULL);

/* An event posted at the very tick of the time-out either ends the wait or comes too late. */
ZTEST(event, test_post_at_the_tick_of_the_timeout)
{
	for (int offset = -2; offset <= 2; offset++) {
		uint32_t result;
		bool was_set;

		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&poster, K_TICKS(10 + offset), K_NO_WAIT);
		result = k_event_wait(&event, 0x1U, true, K_TICKS(10));
		was_set = k_event_wait(&event, 0x1U, false, K_NO_WAIT) != 0U;
		zassert_true(was_set || result == 0U, "offset %d", offset);
		k_sleep(K_TICKS(10));
		zassert_equal(events_set(), 0x1U, "offset %d", offset);
	}
}
