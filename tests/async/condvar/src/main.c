/* SPDX-License-Identifier: Apache-2.0 */

/* Condition variable: tasks and threads wait; the mutex is theirs whenever a wait has ended. */

#include "async_test.h"

static struct eddy_condvar changed;
static struct eddy_mutex mutex;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_condvar_init(&changed);
	eddy_mutex_init(&mutex);
}

ZTEST_SUITE(async_condvar, NULL, NULL, before, async_after, NULL);

/* Waits once, and records its letter; then the capital when it has unlocked. */
struct waiter {
	struct eddy_frame frame;
	struct eddy_condvar_wait wait;
	char letter;
	k_timeout_t timeout;
	bool shielded;
	int turns; /* to hold the mutex for */
	int result;
	int next_await; /* what the next await yields */
};

async_fn(waiter)
{
	async_begin;
	if (my->shielded) {
		(void)eddy_shield(self);
	}
	await(eddy_mutex_lock(self, &mutex, K_FOREVER));
	await_into(my->result, eddy_condvar_wait(self, &my->wait, &changed, &mutex, my->timeout));
	record(my->letter);
	await_into(my->next_await, eddy_yield(self));
	for (; my->turns > 0; my->turns--) {
		await(eddy_yield(self));
	}
	record((char)(my->letter - 'a' + 'A'));
	zassert_equal(eddy_mutex_unlock(self, &mutex), 0, "the mutex was not ours");
	async_end;
}

static EDDY_TASK_STORAGE(waiter) waiters[4];

static void start_on(struct eddy_executor *where, int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&waiters[index], waiter, .letter = (char)('a' + index), .timeout = timeout,
		       .result = UNSET);
	zassert_equal(eddy_spawn(where, &waiters[index].task), 0);
}

static void start(int index, k_timeout_t timeout)
{
	start_on(&executor, index, timeout);
	run_ready();
}

struct thread_waiter {
	char letter;
	k_timeout_t timeout;
	int result;
};

static void wait_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_waiter *my = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	my->result = UNSET;
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
	my->result = eddy_condvar_wait_blocking(&changed, &mutex, my->timeout);
	record(my->letter);
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0, "the mutex was not ours");
}

static void lock(void)
{
	zassert_equal(eddy_mutex_lock_blocking(&mutex, K_NO_WAIT), 0);
}

static void unlock(void)
{
	zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
}

/* While a task waits the mutex is free; a signal lets the first one go on, with the mutex. */
ZTEST(async_condvar, test_signal_wakes_the_first)
{
	start(0, K_FOREVER);
	start(1, K_FOREVER);
	zassert_false(eddy_mutex_is_locked(&mutex));
	zassert_equal(eddy_condvar_signal(&changed), 1);
	zassert_true(eddy_mutex_is_locked(&mutex), "it owns the mutex before it runs");
	run_ready();
	zassert_str_equal(recorded(), "aA");
	zassert_equal(waiters[0].frame.result, 0);
	zassert_equal(waiters[1].frame.result, EDDY_PENDING);
	zassert_equal(eddy_condvar_signal(&changed), 1);
	run_ready();
	zassert_str_equal(recorded(), "aAbB");
}

/* A signal that nobody waits for is forgotten. */
ZTEST(async_condvar, test_signals_are_not_kept)
{
	zassert_equal(eddy_condvar_signal(&changed), 0);
	zassert_equal(eddy_condvar_broadcast(&changed), 0);
	start(0, K_FOREVER);
	zassert_str_equal(recorded(), "");
	zassert_equal(eddy_condvar_signal(&changed), 1);
	run_ready();
}

/* Signaled while somebody owns the mutex, a task goes on when that one unlocks, not before. */
ZTEST(async_condvar, test_signal_with_the_mutex_locked)
{
	start(0, K_FOREVER);
	lock();
	zassert_equal(eddy_condvar_signal(&changed), 1);
	run_ready();
	zassert_str_equal(recorded(), "");
	zassert_equal(eddy_condvar_signal(&changed), 0, "it waits for the mutex now");
	unlock();
	zassert_true(eddy_mutex_is_locked(&mutex));
	run_ready();
	zassert_str_equal(recorded(), "aA");
}

/* A broadcast lets all go on, one after the other, each with the mutex to itself. */
ZTEST(async_condvar, test_broadcast)
{
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&waiters[i], waiter, .letter = (char)('a' + i), .timeout = K_FOREVER,
			       .turns = 2);
		spawn(&waiters[i].task);
		run_ready();
	}
	zassert_equal(eddy_condvar_broadcast(&changed), 3);
	run_ready();
	zassert_str_equal(recorded(), "aAbBcC");
	zassert_equal(eddy_condvar_broadcast(&changed), 0);
}

/* Tasks and threads are signaled by priority. */
ZTEST(async_condvar, test_waiters_are_served_by_priority)
{
	static struct eddy_executor urgent;
	struct thread_waiter patient = {.letter = 'p', .timeout = K_FOREVER};
	struct thread_waiter highest = {.letter = 'h', .timeout = K_FOREVER};

	worker_start(PRIO_LOW, wait_in_thread, &patient);
	k_sleep(K_TICKS(2));
	start(0, K_FOREVER);
	start_executor(&urgent, PRIO_HIGH);
	start_on(&urgent, 1, K_FOREVER);
	worker_start(PRIO_COOP, wait_in_thread, &highest);
	zassert_equal(eddy_condvar_broadcast(&changed), 4);
	run_ready();
	k_sleep(K_TICKS(2));
	zassert_str_equal(recorded(), "hbBaAp");
	zassert_equal(patient.result, 0);
	zassert_equal(highest.result, 0);
}

/* A wait that times out takes the mutex again, in a task and in a thread. */
ZTEST(async_condvar, test_time_out)
{
	struct thread_waiter thread = {.letter = 't', .timeout = K_MSEC(5)};
	int64_t begin = k_uptime_ticks();

	start(0, K_MSEC(10));
	run_until_done(&waiters[0].task);
	zassert_equal(waiters[0].frame.result, -EAGAIN);
	zassert_true(k_uptime_ticks() - begin >= K_MSEC(10).ticks);
	worker_join(worker_start(PRIO_HIGH, wait_in_thread, &thread));
	zassert_equal(thread.result, -EAGAIN);
	zassert_str_equal(recorded(), "aAt");
	zassert_false(eddy_mutex_is_locked(&mutex));
	zassert_equal(eddy_condvar_signal(&changed), 0, "somebody is still in the queue");
}

/* Timed out, but somebody else owns the mutex: the wait ends when that one unlocks. */
ZTEST(async_condvar, test_time_out_waits_for_the_mutex)
{
	struct thread_waiter thread = {.letter = 't', .timeout = K_TICKS(2)};

	start(0, K_TICKS(2));
	worker_start(PRIO_HIGH, wait_in_thread, &thread);
	lock();
	run_for(K_TICKS(6));
	zassert_str_equal(recorded(), "");
	zassert_equal(eddy_condvar_signal(&changed), 0, "they have left the queue");
	unlock();
	run_for(K_TICKS(2));
	zassert_str_equal(recorded(), "taA");
	zassert_equal(waiters[0].frame.result, -EAGAIN);
	zassert_equal(thread.result, -EAGAIN);
}

/* Signaled, and then the time-out comes while it waits for the mutex: the signal counts. */
ZTEST(async_condvar, test_signaled_before_the_time_out)
{
	struct thread_waiter thread = {.letter = 't', .timeout = K_TICKS(3)};

	start(0, K_TICKS(3));
	worker_start(PRIO_HIGH, wait_in_thread, &thread);
	lock();
	zassert_equal(eddy_condvar_broadcast(&changed), 2);
	run_for(K_TICKS(8));
	zassert_str_equal(recorded(), "");
	unlock();
	run_for(K_TICKS(2));
	zassert_str_equal(recorded(), "taA");
	zassert_equal(waiters[0].frame.result, 0);
	zassert_equal(thread.result, 0);
}

/* Without waiting nothing is released and nothing is awaited. */
ZTEST(async_condvar, test_no_wait)
{
	start(0, K_NO_WAIT);
	zassert_equal(waiters[0].frame.result, -EAGAIN);
	lock();
	zassert_equal(eddy_condvar_wait_blocking(&changed, &mutex, K_NO_WAIT), -EAGAIN);
	unlock();
}

/* A canceled wait ends with the mutex locked; the signal goes to somebody else. */
ZTEST(async_condvar, test_cancellation)
{
	start(0, K_FOREVER);
	start(1, K_FOREVER);
	zassert_equal(eddy_cancel(&waiters[0].task), 0);
	zassert_equal(eddy_condvar_signal(&changed), 1);
	run_ready();
	zassert_equal(waiters[0].frame.result, -ECANCELED);
	zassert_equal(waiters[0].frame.next_await, -ECANCELED);
	zassert_equal(waiters[1].frame.result, 0);
	zassert_equal(waiters[1].frame.next_await, 0);
	zassert_str_equal(recorded(), "bBaA", "the mutex was the signaled one's first");
}

/* A canceled task waits for the mutex as long as somebody owns it. */
ZTEST(async_condvar, test_cancellation_waits_for_the_mutex)
{
	start(0, K_FOREVER);
	lock();
	zassert_equal(eddy_cancel(&waiters[0].task), 0);
	run_ready();
	zassert_equal(eddy_cancel(&waiters[0].task), 0, "once more, to no avail");
	run_ready();
	zassert_str_equal(recorded(), "");
	unlock();
	run_ready();
	zassert_equal(waiters[0].frame.result, -ECANCELED);
	zassert_equal(waiters[0].frame.next_await, -ECANCELED);
	zassert_str_equal(recorded(), "aA");
}

/* Signaled, then canceled, whoever owns the mutex: the signal counts, the next await does not. */
ZTEST(async_condvar, test_signaled_then_canceled)
{
	for (int locked = 0; locked <= 1; locked++) {
		before(NULL);
		start(0, K_FOREVER);
		if (locked == 1) {
			lock();
		}
		zassert_equal(eddy_condvar_signal(&changed), 1);
		zassert_equal(eddy_cancel(&waiters[0].task), 0);
		run_ready();
		if (locked == 1) {
			zassert_str_equal(recorded(), "");
			unlock();
			run_ready();
		}
		zassert_equal(waiters[0].frame.result, 0);
		zassert_equal(waiters[0].frame.next_await, -ECANCELED);
		zassert_str_equal(recorded(), "aA");
	}
}

/* A task that was shielded before the wait is so behind it; it is signaled as ever. */
ZTEST(async_condvar, test_shielded_task)
{
	EDDY_TASK_INIT(&waiters[0], waiter, .letter = 'a', .timeout = K_FOREVER, .shielded = true,
		       .result = UNSET);
	spawn(&waiters[0].task);
	run_ready();
	zassert_equal(eddy_cancel(&waiters[0].task), 0);
	run_ready();
	zassert_equal(waiters[0].frame.result, EDDY_PENDING);
	zassert_equal(eddy_condvar_signal(&changed), 1);
	run_ready();
	zassert_equal(waiters[0].frame.result, 0);
	zassert_equal(waiters[0].frame.next_await, 0, "the shield was gone");
}

/* A canceled task does not begin to wait, and keeps the mutex. */
ZTEST(async_condvar, test_canceled_before_the_wait)
{
	lock();
	start(0, K_FOREVER); /* waits for the mutex */
	unlock();
	zassert_equal(eddy_cancel(&waiters[0].task), 0);
	run_ready();
	zassert_equal(waiters[0].frame.result, -ECANCELED);
	zassert_equal(eddy_condvar_signal(&changed), 0);
	zassert_str_equal(recorded(), "aA");
}

/* Waits without the mutex. */
struct fool {
	struct eddy_frame frame;
	struct eddy_condvar_wait wait;
	int result;
};

async_fn(fool)
{
	async_begin;
	await_into(my->result, eddy_condvar_wait(self, &my->wait, &changed, &mutex, K_FOREVER));
	async_end;
}

/* Only the owner of the mutex can wait. */
ZTEST(async_condvar, test_wait_without_the_mutex)
{
	static EDDY_TASK_STORAGE(fool) storage;

	zassert_equal(eddy_condvar_wait_blocking(&changed, &mutex, K_FOREVER), -EPERM);
	lock();
	EDDY_TASK_INIT(&storage, fool);
	spawn(&storage.task);
	run_ready();
	zassert_equal(storage.frame.result, -EPERM);
	zassert_true(eddy_mutex_is_locked(&mutex));
	unlock();
}

static void signal_from_isr(const void *arg)
{
	ARG_UNUSED(arg);
	(void)eddy_condvar_signal(&changed);
}

/* Interrupts may signal, whether the mutex is locked or not. */
ZTEST(async_condvar, test_signal_from_an_interrupt)
{
	start(0, K_FOREVER);
	start(1, K_FOREVER);
	irq_offload(signal_from_isr, NULL);
	run_ready();
	lock();
	irq_offload(signal_from_isr, NULL);
	unlock();
	run_ready();
	zassert_str_equal(recorded(), "aAbB");
}

/* Who waits for the mutex after a signal lends its priority to the owner. */
ZTEST(async_condvar, test_a_signaled_thread_lends_its_priority)
{
	struct thread_waiter urgent = {.letter = 'u', .timeout = K_FOREVER};

	worker_start(PRIO_HIGH, wait_in_thread, &urgent);
	lock();
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
	zassert_equal(eddy_condvar_signal(&changed), 1);
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_HIGH);
	unlock();
	zassert_equal(k_thread_priority_get(k_current_get()), PRIO_TEST);
	zassert_str_equal(recorded(), "u");
}

#define ITEMS 300

static int stored; /* 0 or 1 item */
static int taken;

/*
 * Takes items from a store of one, with waits that are too short now and then; not so short that
 * consumers alone keep a slow CPU busy.
 */
struct consumer {
	struct eddy_frame frame;
	struct eddy_condvar_wait wait;
	int turn;
};

async_fn(consumer)
{
	async_begin;
	await(eddy_mutex_lock(self, &mutex, K_FOREVER));
	while (taken < ITEMS) {
		while (stored == 0 && taken < ITEMS) {
			my->turn++;
			await(eddy_condvar_wait(self, &my->wait, &changed, &mutex,
						K_TICKS(5 + my->turn % 3)));
		}
		if (stored > 0) {
			stored--;
			taken++;
			(void)eddy_condvar_broadcast(&changed);
		}
	}
	zassert_equal(eddy_mutex_unlock(self, &mutex), 0);
	async_end;
}

static void produce(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < ITEMS / 2; i++) {
		zassert_equal(eddy_mutex_lock_blocking(&mutex, K_FOREVER), 0);
		while (stored == 1) {
			(void)eddy_condvar_wait_blocking(&changed, &mutex, K_TICKS(1 + i % 4));
		}
		stored++;
		zassert_equal(stored, 1, "two were in the mutex at once");
		(void)eddy_condvar_signal(&changed);
		zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
		if (i % 8 == 0) {
			k_sleep(K_TICKS(POINTER_TO_INT(p1)));
		}
	}
}

/* Threads produce, tasks of two executors consume: everything arrives, nobody is forgotten. */
ZTEST(async_condvar, test_crowd)
{
	static struct eddy_executor urgent;
	static EDDY_TASK_STORAGE(consumer) consumers[4];

	stored = 0;
	taken = 0;
	start_executor(&urgent, PRIO_HIGH);
	for (size_t i = 0; i < ARRAY_SIZE(consumers); i++) {
		EDDY_TASK_INIT(&consumers[i], consumer, .turn = (int)i);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &consumers[i].task),
			      0);
	}
	worker_start(PRIO_HIGH, produce, INT_TO_POINTER(1));
	worker_start(PRIO_LOW, produce, INT_TO_POINTER(2));
	for (size_t i = 0; i < ARRAY_SIZE(consumers); i++) {
		run_until_done(&consumers[i].task);
	}
	zassert_equal(taken, ITEMS);
	zassert_equal(stored, 0);
	zassert_false(eddy_mutex_is_locked(&mutex));
}
