/* SPDX-License-Identifier: Apache-2.0 */

/* Condition variable: waiting, signaling, and what happens to the mutex meanwhile. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

static K_CONDVAR_DEFINE(static_condvar);
static struct k_condvar condvar;
static struct k_mutex mutex;

struct waiter {
	k_timeout_t timeout;
	char letter;
	int result;
};

/* Waits once, records when it has the mutex again, and lets it go. */
static void wait_once(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = 1; /* none of k_condvar_wait()'s */
	k_mutex_lock(&mutex, K_FOREVER);
	waiter->result = k_condvar_wait(&condvar, &mutex, waiter->timeout);
	record(waiter->letter);
	k_mutex_unlock(&mutex);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_mutex_init(&mutex);
	k_condvar_init(&condvar);
}

ZTEST_SUITE(condvar, NULL, NULL, before, workers_after, NULL);

/* While a thread waits, the mutex is free; when it returns, the mutex is its own. */
ZTEST(condvar, test_wait_releases_and_regains_the_mutex)
{
	struct waiter waiter = {K_FOREVER, 'a', 0};

	worker_start(PRIO_HIGH, wait_once, &waiter);
	zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), 0, "the waiter should have released it");

	zassert_equal(k_condvar_signal(&condvar), 0);
	zassert_equal(waiter.result, 1, "it cannot return while we have the mutex");
	k_mutex_unlock(&mutex);
	zassert_equal(waiter.result, 0);
	zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	k_mutex_unlock(&mutex);
}

/* A signal with nobody waiting is forgotten. */
ZTEST(condvar, test_signal_is_not_kept)
{
	zassert_equal(k_condvar_signal(&condvar), 0);
	k_mutex_lock(&mutex, K_NO_WAIT);
	zassert_equal(k_condvar_wait(&condvar, &mutex, K_MSEC(5)), -EAGAIN);
	k_mutex_unlock(&mutex);
}

/* After a time-out the mutex belongs to the caller too. */
ZTEST(condvar, test_timed_out_wait_regains_the_mutex)
{
	struct waiter waiter = {K_MSEC(5), 'a', 0};

	worker_start(PRIO_HIGH, wait_once, &waiter);
	k_mutex_lock(&mutex, K_NO_WAIT);
	k_sleep(K_MSEC(20));
	zassert_equal(waiter.result, 1, "it returned without the mutex");
	k_mutex_unlock(&mutex);
	zassert_equal(waiter.result, -EAGAIN);
}

/* A signal wakes one waiter: the most urgent, of those the first. */
ZTEST(condvar, test_signal_wakes_by_priority_then_arrival)
{
	struct waiter low = {K_FOREVER, 'c', 0};
	struct waiter high_1 = {K_FOREVER, 'a', 0};
	struct waiter high_2 = {K_FOREVER, 'b', 0};

	worker_start(PRIO_LOW, wait_once, &low);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, wait_once, &high_1);
	worker_start(PRIO_HIGH, wait_once, &high_2);

	k_condvar_signal(&condvar);
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
	k_condvar_signal(&condvar);
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
	k_condvar_signal(&condvar);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
}

/* A broadcast wakes all waiters, tells how many, and they have the mutex one after the other. */
ZTEST(condvar, test_broadcast_wakes_all)
{
	struct waiter waiters[] = {{K_FOREVER, 'b', 0}, {K_FOREVER, 'a', 0}, {K_FOREVER, 'c', 0}};

	worker_start(PRIO_HIGH, wait_once, &waiters[0]);
	worker_start(PRIO_COOP, wait_once, &waiters[1]);
	worker_start(PRIO_HIGH, wait_once, &waiters[2]);

	zassert_equal(k_condvar_broadcast(&condvar), 3);
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
	zassert_equal(k_condvar_broadcast(&condvar), 0);
}

/* Waking by a broadcast and holding the mutex oneself: nobody runs before it is unlocked. */
ZTEST(condvar, test_broadcast_with_the_mutex_locked)
{
	struct waiter first = {K_FOREVER, 'a', 0};
	struct waiter second = {K_FOREVER, 'b', 0};

	worker_start(PRIO_HIGH, wait_once, &first);
	worker_start(PRIO_HIGH, wait_once, &second);
	k_mutex_lock(&mutex, K_NO_WAIT);
	zassert_equal(k_condvar_broadcast(&condvar), 2);
	zassert_equal(strcmp(recorded(), ""), 0);
	k_mutex_unlock(&mutex);
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
}

static void signal_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_condvar_signal(&condvar);
}

/* An interrupt may signal. */
ZTEST(condvar, test_signal_in_an_interrupt)
{
	struct waiter waiter = {K_FOREVER, 'a', 0};

	worker_start(PRIO_HIGH, wait_once, &waiter);
	irq_offload(signal_in_isr, NULL);
	zassert_equal(waiter.result, 0);
}

/* An aborted waiter is passed over. */
ZTEST(condvar, test_aborted_waiter_is_not_signaled)
{
	struct waiter first = {K_FOREVER, 'a', 0};
	struct waiter second = {K_FOREVER, 'b', 0};
	k_tid_t worker = worker_start(PRIO_HIGH, wait_once, &first);

	worker_start(PRIO_HIGH, wait_once, &second);
	k_thread_abort(worker);
	k_condvar_signal(&condvar);
	zassert_equal(strcmp(recorded(), "b"), 0, "record: %s", recorded());
}

static int stock;

static void consumer(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < 20; i++) {
		k_mutex_lock(&mutex, K_FOREVER);
		while (stock == 0) {
			k_condvar_wait(&static_condvar, &mutex, K_FOREVER);
		}
		stock--;
		k_mutex_unlock(&mutex);
	}
}

/* The usual loop loses no signal and no item, with consumers above and below the producer. */
ZTEST(condvar, test_no_item_is_lost)
{
	k_tid_t above = worker_start(PRIO_HIGH, consumer, NULL);
	k_tid_t below = worker_start(PRIO_LOW, consumer, NULL);

	stock = 0;
	for (int i = 0; i < 40; i++) {
		k_mutex_lock(&mutex, K_FOREVER);
		stock++;
		k_condvar_signal(&static_condvar);
		k_mutex_unlock(&mutex);
		if (i % 3 == 0) {
			k_sleep(K_TICKS(1));
		}
	}
	worker_join(above);
	worker_join(below);
	zassert_equal(stock, 0);
}
