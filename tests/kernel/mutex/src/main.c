/* SPDX-License-Identifier: Apache-2.0 */

/* Mutex: ownership, nesting, order of waiters, priority inheritance. */

#include <zephyr/ztest.h>

#include "workers.h"

static K_MUTEX_DEFINE(static_mutex);
static struct k_mutex mutex;
static struct k_mutex other;

/* A worker that locks, and keeps the mutex until it is told to go on. */
struct locker {
	struct k_mutex *mutex;
	k_timeout_t timeout;
	char letter;
	int result;
	struct k_sem go_on;
};

static void locker_init(struct locker *locker, char letter, k_timeout_t timeout)
{
	locker->mutex = &mutex;
	locker->timeout = timeout;
	locker->letter = letter;
	locker->result = 1; /* none of k_mutex_lock()'s */
	k_sem_init(&locker->go_on, 0, 1);
}

static void lock_and_hold(void *p1, void *p2, void *p3)
{
	struct locker *locker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	locker->result = k_mutex_lock(locker->mutex, locker->timeout);
	record(locker->letter);
	if (locker->result == 0) {
		k_sem_take(&locker->go_on, K_FOREVER);
		k_mutex_unlock(locker->mutex);
	}
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_mutex_init(&mutex);
	k_mutex_init(&other);
}

ZTEST_SUITE(mutex, NULL, NULL, before, workers_after, NULL);

/* A free mutex is locked at once, whatever the time-out. */
ZTEST(mutex, test_lock_a_free_one)
{
	zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	zassert_equal(k_mutex_unlock(&mutex), 0);
	zassert_equal(k_mutex_lock(&mutex, K_FOREVER), 0);
	zassert_equal(k_mutex_unlock(&mutex), 0);
	zassert_equal(k_mutex_lock(&static_mutex, K_MSEC(1)), 0);
	zassert_equal(k_mutex_unlock(&static_mutex), 0);
}

/* Its owner may lock it again, and it is free after as many unlocks. */
ZTEST(mutex, test_nested_locks_need_as_many_unlocks)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	for (int i = 0; i < 3; i++) {
		zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), 0);
	}
	worker_start(PRIO_HIGH, lock_and_hold, &locker);

	k_mutex_unlock(&mutex);
	k_mutex_unlock(&mutex);
	zassert_equal(locker.result, 1, "it is still ours");
	k_mutex_unlock(&mutex);
	zassert_equal(locker.result, 0);
}

/* A mutex that is not locked cannot be unlocked. */
ZTEST(mutex, test_unlock_a_free_one)
{
	zassert_equal(k_mutex_unlock(&mutex), -EINVAL);
	k_mutex_lock(&mutex, K_NO_WAIT);
	k_mutex_unlock(&mutex);
	zassert_equal(k_mutex_unlock(&mutex), -EINVAL);
}

/* Nobody but its owner can unlock it. */
ZTEST(mutex, test_unlock_somebody_elses)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);
	zassert_equal(k_mutex_unlock(&mutex), -EPERM);
}

/* Without waiting, a mutex in use is refused. */
ZTEST(mutex, test_busy)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);
	zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), -EBUSY);
}

/* Waiting for a mutex in use ends with -EAGAIN once the time is over. */
ZTEST(mutex, test_lock_times_out)
{
	struct locker locker;
	int64_t start;

	locker_init(&locker, 'a', K_FOREVER);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);
	start = k_uptime_ticks();
	zassert_equal(k_mutex_lock(&mutex, K_MSEC(10)), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
}

/* An unlocked mutex belongs to the first waiter at once: nobody can slip in. */
ZTEST(mutex, test_unlock_hands_over)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_LOW, lock_and_hold, &locker);
	k_sleep(K_MSEC(1)); /* the worker runs and waits */
	k_mutex_unlock(&mutex);

	zassert_equal(locker.result, 1, "it has a lower priority and cannot have run");
	zassert_equal(k_mutex_lock(&mutex, K_NO_WAIT), -EBUSY);
	k_sleep(K_MSEC(1));
	zassert_equal(locker.result, 0);
}

/* Waiters get it by priority, those of one priority by arrival. */
ZTEST(mutex, test_waiters_are_served_by_priority_then_arrival)
{
	static struct locker lockers[4];
	static const struct {
		char letter;
		int prio;
	} arrivals[] = {{'c', PRIO_LOW}, {'a', PRIO_HIGH}, {'d', PRIO_LOW}, {'b', PRIO_HIGH}};

	k_mutex_lock(&mutex, K_NO_WAIT);
	for (int i = 0; i < 4; i++) {
		locker_init(&lockers[i], arrivals[i].letter, K_FOREVER);
		k_sem_give(&lockers[i].go_on); /* lets go at once */
		worker_start(arrivals[i].prio, lock_and_hold, &lockers[i]);
		k_sleep(K_MSEC(1));
	}
	k_mutex_unlock(&mutex);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

/* While a more urgent thread waits, the owner runs at its priority. */
ZTEST(mutex, test_owner_inherits_priority)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);

	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);
	k_mutex_unlock(&mutex);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

/* A less urgent waiter lends nothing. */
ZTEST(mutex, test_owner_keeps_a_higher_priority)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_LOW, lock_and_hold, &locker);
	k_sleep(K_MSEC(1));
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

/* A waiter that gives up takes back what it lent; what others lend stays. */
ZTEST(mutex, test_timed_out_waiter_takes_its_priority_back)
{
	struct locker urgent;
	struct locker middle;

	locker_init(&middle, 'm', K_MSEC(40));
	locker_init(&urgent, 'u', K_MSEC(20));
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_HIGH, lock_and_hold, &middle);
	worker_start(PRIO_COOP, lock_and_hold, &urgent);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_COOP);

	k_sleep(K_MSEC(30));
	zassert_equal(urgent.result, -EAGAIN);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);

	k_sleep(K_MSEC(30));
	zassert_equal(middle.result, -EAGAIN);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

/* Nested unlocks give the priority back only at the last. */
ZTEST(mutex, test_priority_is_kept_until_the_last_unlock)
{
	struct locker locker;

	locker_init(&locker, 'a', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);

	k_mutex_unlock(&mutex);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);
	k_mutex_unlock(&mutex);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

/* With two mutexes unlocked in reverse order, each gives back what it brought. */
ZTEST(mutex, test_two_mutexes_give_back_in_reverse_order)
{
	struct locker outer;
	struct locker inner;

	locker_init(&outer, 'o', K_FOREVER);
	locker_init(&inner, 'i', K_FOREVER);
	inner.mutex = &other;

	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_HIGH, lock_and_hold, &outer);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);

	k_mutex_lock(&other, K_NO_WAIT);
	worker_start(PRIO_COOP, lock_and_hold, &inner);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_COOP);

	k_mutex_unlock(&other);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);
	k_mutex_unlock(&mutex);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

static void record_middle(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('m');
}

static void low_owner(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_mutex_lock(&mutex, K_FOREVER);
	k_sleep(K_MSEC(5));
	record('l');
	k_mutex_unlock(&mutex);
}

/* A low owner with an inherited priority is not held up by threads in between. */
ZTEST(mutex, test_inheritance_prevents_inversion)
{
	struct locker urgent;

	locker_init(&urgent, 'u', K_FOREVER);
	worker_start(PRIO_LOW, low_owner, NULL);
	k_sleep(K_MSEC(1)); /* it owns the mutex and sleeps */
	worker_start(PRIO_HIGH, lock_and_hold, &urgent);
	worker_create(PRIO_TEST, record_middle, NULL, K_MSEC(4));
	k_busy_wait(10000); /* at PRIO_TEST: keeps everybody out who is not above it */

	zassert_equal(strcmp(recorded(), "lu"), 0, "record: %s", recorded());
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "lum"), 0, "record: %s", recorded());
}

/* The heir of a mutex inherits nothing: those who still wait are less urgent. */
ZTEST(mutex, test_heir_keeps_its_own_priority)
{
	struct locker first;
	struct locker second;
	struct locker third;
	k_tid_t heir;

	locker_init(&first, 'f', K_FOREVER);
	locker_init(&second, 's', K_FOREVER);
	locker_init(&third, 't', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	heir = worker_start(PRIO_HIGH, lock_and_hold, &first);
	worker_start(PRIO_HIGH, lock_and_hold, &second);
	k_mutex_unlock(&mutex);

	zassert_equal(first.result, 0);
	zassert_equal(second.result, 1);
	zassert_equal(k_thread_priority_get(heir), PRIO_HIGH);

	worker_start(PRIO_COOP, lock_and_hold, &third); /* a later, more urgent one lends to it */
	zassert_equal(k_thread_priority_get(heir), PRIO_COOP);

	k_sem_give(&first.go_on); /* the heir unlocks, and ends */
	zassert_equal(third.result, 0);
	zassert_equal(second.result, 1);
}

static int priority_after_unlock;

static void lock_unlock_and_look(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_mutex_lock(&mutex, K_FOREVER);
	k_mutex_unlock(&mutex);
	priority_after_unlock = k_thread_priority_get(k_current_get());
}

/* Nor does it take over the priority of the former owner when it unlocks in its turn. */
ZTEST(mutex, test_heir_keeps_its_own_priority_after_unlock)
{
	struct locker second;

	locker_init(&second, 's', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker_start(PRIO_HIGH, lock_unlock_and_look, NULL);
	worker_start(PRIO_HIGH, lock_and_hold, &second); /* keeps the unlock from being trivial */
	k_mutex_unlock(&mutex);
	zassert_equal(second.result, 0);
	zassert_equal(priority_after_unlock, PRIO_HIGH);
}

/* A waiter that was aborted is passed over. */
ZTEST(mutex, test_aborted_waiter_gets_nothing)
{
	struct locker first;
	struct locker second;
	k_tid_t worker;

	locker_init(&first, 'f', K_FOREVER);
	locker_init(&second, 's', K_FOREVER);
	k_mutex_lock(&mutex, K_NO_WAIT);
	worker = worker_start(PRIO_HIGH, lock_and_hold, &first);
	worker_start(PRIO_LOW, lock_and_hold, &second);
	k_sleep(K_MSEC(1));
	k_thread_abort(worker);
	k_mutex_unlock(&mutex);
	k_sleep(K_MSEC(1));
	zassert_equal(first.result, 1);
	zassert_equal(second.result, 0);
}

/* An owner gives the priority back that an aborted waiter has lent it. */
ZTEST(mutex, test_loan_of_an_aborted_waiter)
{
	struct locker locker;
	k_tid_t waiter;

	locker_init(&locker, 'w', K_FOREVER);
	k_mutex_lock(&mutex, K_FOREVER);
	waiter = worker_start(PRIO_HIGH, lock_and_hold, &locker);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);

	k_thread_abort(waiter);
	k_mutex_unlock(&mutex);

	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}

/* An owner that is busy while its waiter times out gives the lent priority back when it unlocks. */
ZTEST(mutex, test_loan_of_a_waiter_that_timed_out)
{
	struct locker locker;

	locker_init(&locker, 'w', K_MSEC(5));
	k_mutex_lock(&mutex, K_FOREVER);
	worker_start(PRIO_HIGH, lock_and_hold, &locker);
	k_busy_wait(20000); /* at the waiter's priority: that cannot run */

	k_mutex_unlock(&mutex);

	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
	k_sleep(K_MSEC(1)); /* Zephyr switches at the next call that does */
	zassert_equal(locker.result, -EAGAIN);
}
