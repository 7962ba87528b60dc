/* SPDX-License-Identifier: Apache-2.0 */

/* Counting semaphore: what k_sem_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define LIMIT 3U

static K_SEM_DEFINE(static_sem, 2, 5);
static struct k_sem sem;

/* A worker that takes one unit and tells how it went. */
struct taker {
	k_timeout_t timeout;
	char letter;
	int result;
};

static void take_one(void *p1, void *p2, void *p3)
{
	struct taker *taker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	taker->result = 1; /* none of k_sem_take()'s */
	taker->result = k_sem_take(&sem, taker->timeout);
	record(taker->letter);
}

static void give_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_sem_give(&sem);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_sem_init(&sem, 0, LIMIT);
}

ZTEST_SUITE(sem, NULL, NULL, before, workers_after, NULL);

/* A limit of zero, or an initial count above the limit, is refused. */
ZTEST(sem, test_init_refuses_impossible_limits)
{
	struct k_sem other;

	zassert_equal(k_sem_init(&other, 0, 0), -EINVAL);
	zassert_equal(k_sem_init(&other, 2, 1), -EINVAL);
	zassert_equal(k_sem_init(&other, 1, 1), 0);
	zassert_equal(k_sem_init(&other, 0, K_SEM_MAX_LIMIT), 0);
}

/* K_SEM_DEFINE() makes a semaphore that is ready before anything runs. */
ZTEST(sem, test_define_sets_count_and_limit)
{
	zassert_equal(k_sem_count_get(&static_sem), 2U);
	for (int i = 0; i < 10; i++) {
		k_sem_give(&static_sem);
	}
	zassert_equal(k_sem_count_get(&static_sem), 5U);
}

/* Each unit given can be taken once. */
ZTEST(sem, test_take_consumes_what_was_given)
{
	k_sem_give(&sem);
	k_sem_give(&sem);

	zassert_equal(k_sem_take(&sem, K_NO_WAIT), 0);
	zassert_equal(k_sem_count_get(&sem), 1U);
	zassert_equal(k_sem_take(&sem, K_FOREVER), 0);
	zassert_equal(k_sem_count_get(&sem), 0U);
	zassert_equal(k_sem_take(&sem, K_NO_WAIT), -EBUSY);
}

/* At the limit a further unit is lost. */
ZTEST(sem, test_give_stops_at_the_limit)
{
	for (unsigned int i = 0; i < LIMIT + 2U; i++) {
		k_sem_give(&sem);
	}
	zassert_equal(k_sem_count_get(&sem), LIMIT);
}

/* A take that finds nothing returns -EAGAIN once its time is over, not before. */
ZTEST(sem, test_take_times_out)
{
	int64_t start = k_uptime_ticks();
	int result = k_sem_take(&sem, K_MSEC(20));

	zassert_equal(result, -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
}

/* A unit given while a thread waits goes to that thread, not to the count. */
ZTEST(sem, test_give_serves_the_waiter_first)
{
	struct taker taker = {K_FOREVER, 'a', 0};

	worker_start(PRIO_HIGH, take_one, &taker);
	zassert_equal(taker.result, 1, "it should be waiting");

	k_sem_give(&sem);

	zassert_equal(taker.result, 0);
	zassert_equal(k_sem_count_get(&sem), 0U);
}

/* The waiter has its unit when k_sem_give() returns, though it may not have run yet. */
ZTEST(sem, test_nobody_can_steal_from_a_waiter)
{
	struct taker taker = {K_FOREVER, 'a', 0};
	k_tid_t worker = worker_start(PRIO_LOW, take_one, &taker);

	k_sleep(K_MSEC(1)); /* the worker runs and waits */
	k_sem_give(&sem);
	zassert_equal(k_sem_take(&sem, K_NO_WAIT), -EBUSY);

	worker_join(worker);
	zassert_equal(taker.result, 0);
}

/* Waiters are served by priority, those of one priority by arrival. */
ZTEST(sem, test_waiters_are_served_by_priority_then_arrival)
{
	struct taker low_1 = {K_FOREVER, 'c', 0};
	struct taker low_2 = {K_FOREVER, 'd', 0};
	struct taker high_1 = {K_FOREVER, 'a', 0};
	struct taker high_2 = {K_FOREVER, 'b', 0};

	worker_start(PRIO_LOW, take_one, &low_1);
	worker_start(PRIO_LOW, take_one, &low_2);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, take_one, &high_1);
	worker_start(PRIO_HIGH, take_one, &high_2);

	for (int i = 0; i < 4; i++) {
		k_sem_give(&sem);
	}
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

/* A waiter whose time is over is gone: the next unit is for others. */
ZTEST(sem, test_timed_out_waiter_takes_nothing)
{
	struct taker taker = {K_MSEC(5), 'a', 0};

	worker_start(PRIO_HIGH, take_one, &taker);
	k_sleep(K_MSEC(20));
	zassert_equal(taker.result, -EAGAIN);

	k_sem_give(&sem);
	zassert_equal(k_sem_count_get(&sem), 1U);
}

/* A waiter that was served is not timed out later. */
ZTEST(sem, test_served_waiter_keeps_no_timeout)
{
	struct taker taker = {K_MSEC(5), 'a', 0};

	worker_start(PRIO_HIGH, take_one, &taker);
	k_sem_give(&sem);
	k_sleep(K_MSEC(20));
	zassert_equal(taker.result, 0);
	zassert_equal(strcmp(recorded(), "a"), 0);
}

/* An aborted waiter is passed over. */
ZTEST(sem, test_aborted_waiter_takes_nothing)
{
	struct taker first = {K_FOREVER, 'a', 0};
	struct taker second = {K_FOREVER, 'b', 0};
	k_tid_t worker = worker_start(PRIO_HIGH, take_one, &first);

	worker_start(PRIO_HIGH, take_one, &second);
	k_thread_abort(worker);
	k_sem_give(&sem);

	zassert_equal(first.result, 1);
	zassert_equal(second.result, 0);
	zassert_equal(k_sem_count_get(&sem), 0U);
}

/* A suspended waiter is served in its turn, and has its unit once it runs again. */
ZTEST(sem, test_suspended_waiter_is_served)
{
	struct taker taker = {K_FOREVER, 'a', 0};
	k_tid_t worker = worker_start(PRIO_HIGH, take_one, &taker);

	k_thread_suspend(worker);
	k_sem_give(&sem);
	zassert_equal(taker.result, 1, "a suspended thread ran");
	zassert_equal(k_sem_count_get(&sem), 0U);

	k_thread_resume(worker);
	zassert_equal(taker.result, 0);
}

/* A reset takes all units back. */
ZTEST(sem, test_reset_empties_the_count)
{
	k_sem_give(&sem);
	k_sem_give(&sem);
	k_sem_reset(&sem);
	zassert_equal(k_sem_count_get(&sem), 0U);
	zassert_equal(k_sem_take(&sem, K_NO_WAIT), -EBUSY);
}

/* A reset sends all waiters away with -EAGAIN. */
ZTEST(sem, test_reset_ends_all_waits)
{
	struct taker first = {K_FOREVER, 'a', 0};
	struct taker second = {K_MSEC(100), 'b', 0};

	worker_start(PRIO_HIGH, take_one, &first);
	worker_start(PRIO_HIGH, take_one, &second);
	k_sem_reset(&sem);

	zassert_equal(first.result, -EAGAIN);
	zassert_equal(second.result, -EAGAIN);
	k_sem_give(&sem);
	zassert_equal(k_sem_count_get(&sem), 1U);
}

/* Giving in an interrupt wakes a waiter; it runs when the interrupt is over. */
ZTEST(sem, test_give_in_an_interrupt_wakes)
{
	struct taker taker = {K_FOREVER, 'a', 0};

	worker_start(PRIO_HIGH, take_one, &taker);
	irq_offload(give_in_isr, NULL);
	zassert_equal(taker.result, 0);
	zassert_equal(strcmp(recorded(), "a"), 0);
}

static int isr_results[3];

static void take_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	for (int i = 0; i < 3; i++) {
		isr_results[i] = k_sem_take(&sem, K_NO_WAIT);
	}
}

/* An interrupt may take without waiting. */
ZTEST(sem, test_take_in_an_interrupt)
{
	k_sem_give(&sem);
	k_sem_give(&sem);
	irq_offload(take_in_isr, NULL);
	zassert_equal(isr_results[0], 0);
	zassert_equal(isr_results[1], 0);
	zassert_equal(isr_results[2], -EBUSY);
}

static void give_twice_and_reset_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_sem_give(&sem);
	k_sem_reset(&sem);
	k_sem_give(&sem);
}

/* Several calls in one interrupt take effect in their order, before any thread runs. */
ZTEST(sem, test_give_reset_give_in_one_interrupt)
{
	struct taker first = {K_FOREVER, 'a', 0};
	struct taker second = {K_FOREVER, 'b', 0};

	worker_start(PRIO_HIGH, take_one, &first);
	worker_start(PRIO_HIGH, take_one, &second);
	irq_offload(give_twice_and_reset_in_isr, NULL);

	zassert_equal(first.result, 0);
	zassert_equal(second.result, -EAGAIN);
	zassert_equal(k_sem_count_get(&sem), 1U);
}

static void give_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	k_sem_give(&sem);
}

static K_TIMER_DEFINE(giver, give_on_expiry, NULL);

/* A unit given at the very tick of the time-out is either taken or left, never both or neither. */
ZTEST(sem, test_give_at_the_tick_of_the_timeout)
{
	for (int offset = -2; offset <= 2; offset++) {
		unsigned int left;
		int result;

		k_sem_reset(&sem);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&giver, K_TICKS(10 + offset), K_NO_WAIT);
		result = k_sem_take(&sem, K_TICKS(10));
		k_sleep(K_TICKS(10));
		left = k_sem_count_get(&sem);

		if (result == 0) {
			zassert_equal(left, 0U);
		} else {
			zassert_equal(result, -EAGAIN);
			zassert_equal(left, 1U);
		}
	}
}

static void abort_on_expiry(struct k_timer *timer)
{
	k_thread_abort(k_timer_user_data_get(timer));
	k_sem_give(&sem);
}

static K_TIMER_DEFINE(aborter, abort_on_expiry, NULL);

/* A waiter aborted by an interrupt leaves the unit given by the same interrupt to the next. */
ZTEST(sem, test_abort_and_give_in_one_interrupt)
{
	struct taker first = {K_FOREVER, 'a', 0};
	struct taker second = {K_FOREVER, 'b', 0};
	k_tid_t worker = worker_start(PRIO_HIGH, take_one, &first);

	worker_start(PRIO_LOW, take_one, &second);
	k_timer_user_data_set(&aborter, worker);
	k_timer_start(&aborter, K_MSEC(5), K_NO_WAIT);
	k_sleep(K_MSEC(10));

	zassert_equal(strcmp(recorded(), "b"), 0, "record: %s", recorded());
	zassert_equal(second.result, 0);
}
