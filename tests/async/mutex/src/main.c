/* SPDX-License-Identifier: Apache-2.0 */

/* Mutex: one owner, and the order of those who want to be the next. */

#include "locker.h"

ZTEST_SUITE(async_mutex, NULL, NULL, locker_before, async_after, NULL);

/* A free mutex is locked and unlocked without a turn of the executor. */
ZTEST(async_mutex, test_free)
{
	start_locker(0, &executor, K_FOREVER, 0);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_task_result(&lockers[0].task), 0);
	zassert_str_equal(recorded(), "aA");
	zassert_false(eddy_mutex_is_locked(&mutex));
}

/* While one owns it all others wait; they own it in the order in which they came. */
ZTEST(async_mutex, test_one_owner_at_a_time)
{
	for (int i = 0; i < 4; i++) {
		start_locker(i, &executor, K_FOREVER, 3);
	}
	run_ready();
	zassert_str_equal(recorded(), "aAbBcCdD");
	zassert_false(eddy_mutex_is_locked(&mutex));
}

/* Unlocking hands over at once: nobody can get in between. */
ZTEST(async_mutex, test_nobody_overtakes)
{
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	start_locker(0, &executor, K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	zassert_true(eddy_mutex_is_locked(&mutex));
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_NO_WAIT), -EAGAIN);
	run_ready();
	zassert_str_equal(recorded(), "aA");
}

/* Tries to lock and unlock out of turn. */
struct fool {
	struct eddy_frame frame;
	int results[7];
};

async_fn(fool)
{
	async_begin;
	my->results[0] = eddy_mutex_unlock(self, &mutex);
	await_into(my->results[1], eddy_mutex_lock(self, &mutex, K_FOREVER));
	await_into(my->results[2], eddy_mutex_lock(self, &mutex, K_FOREVER));
	await_into(my->results[3], eddy_mutex_lock(self, &mutex, K_MSEC(10)));
	my->results[4] = eddy_mutex_try_lock(self, &mutex);
	my->results[5] = eddy_mutex_unlock(self, &mutex);
	my->results[6] = eddy_mutex_unlock(self, &mutex);
	async_end;
}

static void check_foolishness(const int *results)
{
	zassert_equal(results[0], -EPERM);
	zassert_equal(results[1], 0);
	zassert_equal(results[2], -EDEADLK);
	zassert_equal(results[3], -EDEADLK);
	zassert_equal(results[4], -EDEADLK);
	zassert_equal(results[5], 0);
	zassert_equal(results[6], -EPERM);
}

/* An owner cannot lock again, and nobody can unlock what is not theirs: tasks. */
ZTEST(async_mutex, test_misuse_by_a_task)
{
	static EDDY_TASK_STORAGE(fool) storage;

	EDDY_TASK_INIT(&storage, fool);
	spawn(&storage.task);
	run_ready();
	check_foolishness(storage.frame.results);
}

/* The same for threads. */
ZTEST(async_mutex, test_misuse_by_a_thread)
{
	int results[7];

	results[0] = eddy_mutex_unlock_blocking(&mutex);
	results[1] = eddy_mutex_lock_blocking(&mutex, K_FOREVER);
	results[2] = eddy_mutex_lock_blocking(&mutex, K_FOREVER);
	results[3] = eddy_mutex_lock_blocking(&mutex, K_MSEC(10));
	results[4] = eddy_mutex_lock_blocking(&mutex, K_NO_WAIT);
	results[5] = eddy_mutex_unlock_blocking(&mutex);
	results[6] = eddy_mutex_unlock_blocking(&mutex);
	check_foolishness(results);
}

/* Neither a task nor a thread can unlock the other's, with or without somebody waiting. */
ZTEST(async_mutex, test_only_the_owner_unlocks)
{
	static EDDY_TASK_STORAGE(fool) storage;

	start_locker(0, &executor, K_FOREVER, 1);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), -EPERM);
	start_locker(1, &executor, K_FOREVER, 0);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), -EPERM);
	run_ready();
	zassert_str_equal(recorded(), "aAbB");

	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	EDDY_TASK_INIT(&storage, fool);
	spawn(&storage.task);
	run_ready();
	zassert_equal(storage.frame.results[0], -EPERM);
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	run_ready();
	zassert_equal(storage.frame.results[1], 0);
}

/* Tasks and threads, urgent and patient: served by priority, then by arrival. */
ZTEST(async_mutex, test_waiters_are_served_by_priority)
{
	static struct eddy_executor urgent;
	static struct eddy_executor patient;
	struct thread_locker highest = {.letter = 'h', .timeout = K_FOREVER};
	struct thread_locker lowest = {.letter = 'l', .timeout = K_FOREVER};

	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	worker_start(PRIO_LOW, lock_in_thread, &lowest);
	start_executor(&patient, PRIO_LOW);
	start_locker(1, &patient, K_FOREVER, 0);
	/* They are less urgent, and the mutex is not: let them come and wait. */
	k_sleep(K_TICKS(2));
	start_locker(0, &executor, K_FOREVER, 0);
	run_ready();
	start_executor(&urgent, PRIO_HIGH);
	start_locker(2, &urgent, K_FOREVER, 0);
	worker_start(PRIO_COOP, lock_in_thread, &highest);

	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	run_ready();
	k_sleep(K_TICKS(2));
	zassert_str_equal(recorded(), "hHcCaAlLbB");
	zassert_false(eddy_mutex_is_locked(&mutex));
}

/* A wait that times out does not lock, and leaves the queue in order. */
ZTEST(async_mutex, test_waits_time_out)
{
	struct thread_locker thread = {.letter = 't', .timeout = K_MSEC(5)};
	int64_t start = k_uptime_ticks();

	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	worker_join(worker_start(PRIO_HIGH, lock_in_thread, &thread));
	zassert_equal(thread.result, -EAGAIN);
	start_locker(0, &executor, K_MSEC(10), 0);
	start_locker(1, &executor, K_FOREVER, 0);
	run_until_done(&lockers[0].task);
	zassert_equal(eddy_task_result(&lockers[0].task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
	start_locker(2, &executor, K_NO_WAIT, 0);
	run_ready();
	zassert_equal(eddy_task_result(&lockers[2].task), -EAGAIN);
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	run_ready();
	zassert_str_equal(recorded(), "bB");
}

/* With all waiters gone the mutex is free after the unlock, and then as good as new. */
ZTEST(async_mutex, test_all_waiters_leave)
{
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	start_locker(0, &executor, K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_cancel(&lockers[0].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&lockers[0].task), -ECANCELED);
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	zassert_false(eddy_mutex_is_locked(&mutex));
	start_locker(1, &executor, K_FOREVER, 0);
	run_ready();
	zassert_str_equal(recorded(), "bB");
}

/* A canceled task does not lock, even where it need not wait; unlocking goes on working. */
ZTEST(async_mutex, test_cancellation_locks_nothing)
{
	start_locker(0, &executor, K_FOREVER, 0);
	zassert_equal(eddy_cancel(&lockers[0].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&lockers[0].task), -ECANCELED);
	zassert_false(eddy_mutex_is_locked(&mutex));

	start_locker(1, &executor, K_FOREVER, 2);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_cancel(&lockers[1].task), 0);
	run_ready();
	zassert_str_equal(recorded(), "bB");
	zassert_false(eddy_mutex_is_locked(&mutex));
}

/* Canceled when it owns the mutex already, but has not run yet: it owns it, and must unlock. */
ZTEST(async_mutex, test_served_then_canceled)
{
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	start_locker(0, &executor, K_FOREVER, 1);
	start_locker(1, &executor, K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	zassert_equal(eddy_cancel(&lockers[0].task), 0);
	run_ready();
	zassert_str_equal(recorded(), "aAbB");
}

/* A waiter in the middle leaves; the others own the mutex in their order. */
ZTEST(async_mutex, test_a_waiter_leaves_the_middle)
{
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	for (int i = 0; i < 3; i++) {
		start_locker(i, &executor, K_FOREVER, 1);
	}
	run_ready();
	zassert_equal(eddy_cancel(&lockers[1].task), 0);
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	run_ready();
	zassert_str_equal(recorded(), "aAcC");
}

/* Adds to a sum in two steps, with somebody else's turn in between. */
struct adder {
	struct eddy_frame frame;
	int rounds;
	int seen;
};

static int sum;

async_fn(adder)
{
	int result;

	async_begin;
	while (my->rounds > 0) {
		await_into(result, eddy_mutex_lock(self, &mutex, K_TICKS(my->rounds % 4)));
		if (result == 0) {
			my->seen = sum;
			await(eddy_yield(self));
			sum = my->seen + 1;
			zassert_equal(eddy_mutex_unlock(self, &mutex), 0);
			my->rounds--;
		} else {
			zassert_equal(result, -EAGAIN);
			await(eddy_sleep(self, K_TICKS(1)));
		}
	}
	async_end;
}

static void add_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int rounds = 50; rounds > 0;) {
		if (eddy_mutex_lock_blocking(&mutex, K_TICKS(rounds % 4)) == 0) {
			int seen = sum;

			k_sleep(K_TICKS(rounds % 2));
			sum = seen + 1;
			zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
			rounds--;
		}
		k_sleep(K_TICKS(1));
	}
}

/* Tasks of two executors and two threads, with waits that are too short now and then. */
ZTEST(async_mutex, test_exclusion)
{
	static struct eddy_executor urgent;
	static EDDY_TASK_STORAGE(adder) adders[4];
	k_tid_t threads[2];

	sum = 0;
	start_executor(&urgent, PRIO_HIGH);
	for (size_t i = 0; i < ARRAY_SIZE(adders); i++) {
		EDDY_TASK_INIT(&adders[i], adder, .rounds = 50);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &adders[i].task), 0);
	}
	threads[0] = worker_start(PRIO_HIGH, add_in_thread, NULL);
	threads[1] = worker_start(PRIO_LOW, add_in_thread, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(adders); i++) {
		run_until_done(&adders[i].task);
	}
	worker_join(threads[0]);
	worker_join(threads[1]);
	zassert_equal(sum, 6 * 50);
	zassert_false(eddy_mutex_is_locked(&mutex));
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
}
