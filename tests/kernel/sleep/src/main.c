/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping, being woken, and spinning. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

ZTEST_SUITE(sleep, NULL, NULL, workers_before, workers_after, NULL);

/* A sleep lasts at least as long as asked for, and not much longer. */
ZTEST(sleep, test_duration)
{
	static const int durations_ms[] = {1, 2, 10, 50, 100, 1000};

	for (size_t i = 0; i < ARRAY_SIZE(durations_ms); i++) {
		k_ticks_t expected = K_MSEC(durations_ms[i]).ticks;
		int64_t start = k_uptime_ticks();
		int64_t elapsed;

		zassert_equal(k_msleep(durations_ms[i]), 0);
		elapsed = k_uptime_ticks() - start;
		zassert_between_inclusive(elapsed, expected, expected + 10);
	}
}

/* Microseconds are rounded up to ticks. */
ZTEST(sleep, test_microseconds)
{
	int64_t start = k_uptime_ticks();

	zassert_equal(k_usleep(1), 0);
	zassert_true(k_uptime_ticks() - start >= 1);

	start = k_uptime_ticks();
	zassert_equal(k_usleep(2500), 0);
	zassert_true(k_uptime_ticks() - start >= K_USEC(2500).ticks);
}

/* The shortest sleep is one tick. */
ZTEST(sleep, test_one_tick)
{
	for (int i = 0; i < 20; i++) {
		int64_t start = k_uptime_ticks();

		k_sleep(K_TICKS(1));
		zassert_between_inclusive(k_uptime_ticks() - start, 1, 3);
	}
}

/* A negative or zero number of milliseconds is no sleep at all. */
ZTEST(sleep, test_negative)
{
	int64_t start = k_uptime_get();

	zassert_equal(k_msleep(0), 0);
	zassert_equal(k_msleep(-5), 0);
	zassert_true(k_uptime_get() - start < 5);
}

/* An hour passes, and at the right time it is over. */
ZTEST(sleep, test_an_hour)
{
	int64_t start = k_uptime_get();

	zassert_equal(k_sleep(K_HOURS(1)), 0);
	zassert_between_inclusive(k_uptime_get() - start, 3600 * 1000, 3600 * 1000 + 10);
}

/* A sleep until a point of time ends then, however late it began. */
ZTEST(sleep, test_absolute)
{
	int64_t end = k_uptime_ticks() + 200;

	k_sleep(K_TICKS(50));
	k_sleep(K_TIMEOUT_ABS_TICKS(end));
	zassert_between_inclusive(k_uptime_ticks(), end, end + 2);
}

/* A point of time that has been is no reason to wait. */
ZTEST(sleep, test_absolute_in_the_past)
{
	int64_t start;

	k_sleep(K_MSEC(20));
	start = k_uptime_ticks();
	k_sleep(K_TIMEOUT_ABS_TICKS(start - 100));
	zassert_true(k_uptime_ticks() - start <= 2);
}

struct sleeper {
	k_timeout_t timeout;
	int32_t result;
	char letter;
};

static void sleep_once(void *p1, void *p2, void *p3)
{
	struct sleeper *sleeper = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	sleeper->result = k_sleep(sleeper->timeout);
	record(sleeper->letter);
}

/* k_wakeup() ends a sleep at once; the sleeper learns how much was left, in milliseconds. */
ZTEST(sleep, test_wakeup)
{
	struct sleeper sleeper = {K_MSEC(100), -1, 'a'};
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_once, &sleeper);

	k_sleep(K_MSEC(40));
	k_wakeup(worker);
	zassert_equal(strcmp(recorded(), "a"), 0);
	zassert_between_inclusive(sleeper.result, 50, 60);
}

static void sleep_twice(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_MSEC(20));
	record('a');
	k_sleep(K_MSEC(50));
	record('b');
}

/* Of a sleep that was cut short nothing is left to disturb the next one. */
ZTEST(sleep, test_sleep_after_wakeup)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_twice, NULL);

	k_wakeup(worker);
	k_sleep(K_MSEC(40)); /* the first sleep would have ended by now, the second not */
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
	k_sleep(K_MSEC(20));
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
}

/* A sleep for ever ends by k_wakeup() too. */
ZTEST(sleep, test_wakeup_from_for_ever)
{
	struct sleeper sleeper = {K_FOREVER, -1, 'a'};
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_once, &sleeper);

	k_sleep(K_MSEC(10));
	zassert_equal(strcmp(recorded(), ""), 0);
	k_wakeup(worker);
	zassert_equal(strcmp(recorded(), "a"), 0);
}

static void wake_in_isr(const void *thread)
{
	k_wakeup((k_tid_t)(uintptr_t)thread);
	record('i');
}

/* An interrupt may wake a sleeper. */
ZTEST(sleep, test_wakeup_in_an_interrupt)
{
	struct sleeper sleeper = {K_SECONDS(10), -1, 'a'};
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_once, &sleeper);

	irq_offload(wake_in_isr, worker);
	zassert_equal(strcmp(recorded(), "ia"), 0, "record: %s", recorded());
}

static struct k_sem sem;

static void take_once(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record(k_sem_take(&sem, K_MSEC(20)) == -EAGAIN ? 't' : '!');
}

/* k_wakeup() does not disturb a thread that waits for something else. */
ZTEST(sleep, test_wakeup_is_for_sleepers_only)
{
	k_tid_t worker;

	k_sem_init(&sem, 0, 1);
	worker = worker_start(PRIO_HIGH, take_once, NULL);
	k_wakeup(worker);
	zassert_equal(strcmp(recorded(), ""), 0, "record: %s", recorded());
	worker_join(worker);
	zassert_equal(strcmp(recorded(), "t"), 0, "record: %s", recorded());
}

/* Sleepers whose time is over at the same tick run by priority, then in the order they came. */
ZTEST(sleep, test_equal_deadlines)
{
	static struct sleeper sleepers[] = {
		{.letter = 'c'}, {.letter = 'a'}, {.letter = 'd'}, {.letter = 'b'}};
	static const int prios[] = {PRIO_LOW, PRIO_HIGH, PRIO_LOW, PRIO_HIGH};
	int64_t end = k_uptime_ticks() + 100;

	for (size_t i = 0; i < ARRAY_SIZE(sleepers); i++) {
		sleepers[i].timeout = K_TIMEOUT_ABS_TICKS(end);
		worker_start(prios[i], sleep_once, &sleepers[i]);
		k_sleep(K_TICKS(5)); /* those of low priority fall asleep too */
	}
	k_sleep(K_TICKS(200));
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

/* Sleepers wake in the order of their deadlines, not in that of their going to sleep. */
ZTEST(sleep, test_order_of_deadlines)
{
	struct sleeper sleepers[] = {{K_MSEC(40), 0, 'd'},
				     {K_MSEC(10), 0, 'a'},
				     {K_MSEC(30), 0, 'c'},
				     {K_MSEC(20), 0, 'b'}};

	for (size_t i = 0; i < ARRAY_SIZE(sleepers); i++) {
		worker_start(PRIO_HIGH, sleep_once, &sleepers[i]);
	}
	k_sleep(K_MSEC(60));
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

/* Spinning takes the time asked for, and lower threads do not run meanwhile. */
ZTEST(sleep, test_busy_wait)
{
	int64_t start;
	int64_t elapsed;

	worker_start(PRIO_LOW, record_letter, "!");
	start = k_uptime_ticks();
	k_busy_wait(20000);
	elapsed = k_uptime_ticks() - start;
	zassert_between_inclusive(elapsed, K_MSEC(20).ticks - 1, K_MSEC(20).ticks + 10);
	zassert_equal(strcmp(recorded(), ""), 0);
}

/* Spinning works with interrupts locked; time that passed meanwhile is not lost. */
ZTEST(sleep, test_busy_wait_with_interrupts_locked)
{
	int64_t start = k_uptime_ticks();
	unsigned int key = irq_lock();

	k_busy_wait(5000);
	irq_unlock(key);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(5).ticks - 1);
}

static void sleep_in_bits(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < 200; i++) {
		k_sleep(K_TICKS(1 + i % 3));
	}
	record('.');
}

/* Many short sleeps of several threads, in each other's way, all end. */
ZTEST(sleep, test_many_short_sleeps)
{
	k_tid_t workers[4];

	for (int i = 0; i < 4; i++) {
		workers[i] = worker_start(i % 2 == 0 ? PRIO_HIGH : PRIO_LOW, sleep_in_bits, NULL);
	}
	for (int i = 0; i < 4; i++) {
		worker_join(workers[i]);
	}
	zassert_equal(strcmp(recorded(), "...."), 0, "record: %s", recorded());
}
