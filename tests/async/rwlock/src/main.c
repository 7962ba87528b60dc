/* SPDX-License-Identifier: Apache-2.0 */

/* Reader-writer lock: who is inside with whom, and who comes next. */

#include "async_test.h"

static struct eddy_rwlock lock;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_rwlock_init(&lock);
}

ZTEST_SUITE(async_rwlock, NULL, NULL, before, async_after, NULL);

/* Reads, or writes if its letter is 'w' or behind; records it; and the capital as it leaves. */
struct visitor {
	struct eddy_frame frame;
	char letter;
	k_timeout_t timeout;
	int turns; /* to be inside for */
};

static bool writes(char letter)
{
	return letter >= 'w';
}

async_fn(visitor)
{
	int result;

	async_begin;
	if (writes(my->letter)) {
		await_into(result, eddy_rwlock_lock_write(self, &lock, my->timeout));
	} else {
		await_into(result, eddy_rwlock_lock_read(self, &lock, my->timeout));
	}
	if (result != 0) {
		async_return(result);
	}
	record(my->letter);
	for (; my->turns > 0; my->turns--) {
		await(eddy_yield(self));
	}
	record((char)(my->letter - 'a' + 'A'));
	zassert_equal(writes(my->letter) ? eddy_rwlock_unlock_write(&lock)
					 : eddy_rwlock_unlock_read(&lock),
		      0);
	async_end;
}

static EDDY_TASK_STORAGE(visitor) visitors[26];

static struct eddy_task *start(char letter, k_timeout_t timeout, int turns)
{
	struct eddy_task *task = &visitors[letter - 'a'].task;

	EDDY_TASK_INIT(&visitors[letter - 'a'], visitor, .letter = letter, .timeout = timeout,
		       .turns = turns);
	spawn(task);
	return task;
}

/* The same as a thread; it stays inside for a tick. */
static void visit_in_thread(void *p1, void *p2, void *p3)
{
	char letter = *(const char *)p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	if (writes(letter)) {
		zassert_equal(eddy_rwlock_lock_write_blocking(&lock, K_FOREVER), 0);
	} else {
		zassert_equal(eddy_rwlock_lock_read_blocking(&lock, K_FOREVER), 0);
	}
	record(letter);
	k_sleep(K_TICKS(1));
	record((char)(letter - 'a' + 'A'));
	zassert_equal(writes(letter) ? eddy_rwlock_unlock_write(&lock)
				     : eddy_rwlock_unlock_read(&lock),
		      0);
}

/* Any number of readers at once, and no writer among them. */
ZTEST(async_rwlock, test_readers_share)
{
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), -EAGAIN);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), -EAGAIN);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}

/* A writer is alone. */
ZTEST(async_rwlock, test_a_writer_is_alone)
{
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), -EAGAIN);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), -EAGAIN);
	zassert_equal(eddy_rwlock_lock_read_blocking(&lock, K_NO_WAIT), -EAGAIN);
	zassert_equal(eddy_rwlock_lock_write_blocking(&lock, K_TICKS(1)), -EAGAIN);
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
}

/* What nobody holds cannot be unlocked, nor what is held the other way. */
ZTEST(async_rwlock, test_misuse)
{
	zassert_equal(eddy_rwlock_unlock_read(&lock), -EPERM);
	zassert_equal(eddy_rwlock_unlock_write(&lock), -EPERM);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	zassert_equal(eddy_rwlock_unlock_write(&lock), -EPERM);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	zassert_equal(eddy_rwlock_unlock_read(&lock), -EPERM);
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
}

/* A waiting writer keeps new readers out: it is next when those inside have left. */
ZTEST(async_rwlock, test_a_waiting_writer_blocks_new_readers)
{
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	start('w', K_FOREVER, 1);
	run_ready();
	zassert_equal(eddy_rwlock_try_lock_read(&lock), -EAGAIN);
	start('a', K_FOREVER, 0);
	run_ready();
	zassert_str_equal(recorded(), "");
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	run_ready();
	zassert_str_equal(recorded(), "wWaA");
}

/* Behind a writer all waiting readers go together, before the next writer; and so on. */
ZTEST(async_rwlock, test_phases)
{
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	start('w', K_FOREVER, 1);
	start('x', K_FOREVER, 1);
	for (char letter = 'a'; letter <= 'c'; letter++) {
		start(letter, K_FOREVER, 1);
	}
	run_ready();
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
	start('d', K_FOREVER, 0); /* too late for this batch */
	run_ready();
	zassert_str_equal(recorded(), "abcABCwWdDxX");
}

/* Handing over is direct: once a writer has been let in, nobody else gets in. */
ZTEST(async_rwlock, test_nobody_overtakes)
{
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	start('w', K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), -EAGAIN);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), -EAGAIN);
	run_ready();
	zassert_str_equal(recorded(), "wW");
}

/* Threads and tasks on the same lock; writers by priority. */
ZTEST(async_rwlock, test_threads_and_tasks)
{
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	start('a', K_FOREVER, 0);
	start('w', K_FOREVER, 0);
	run_ready();
	worker_start(PRIO_HIGH, visit_in_thread, (void *)(uintptr_t) "x");
	worker_start(PRIO_HIGH, visit_in_thread, (void *)(uintptr_t) "b");
	worker_start(PRIO_HIGH, visit_in_thread, (void *)(uintptr_t) "c");
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
	run_for(K_TICKS(10));
	zassert_str_equal(recorded(), "bcaABCxXwW");
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}

/* Waits that time out or are canceled lock nothing. */
ZTEST(async_rwlock, test_leaving)
{
	struct eddy_task *writer = start('w', K_TICKS(5), 0);
	struct eddy_task *reader = start('a', K_TICKS(5), 0);

	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	run_until_done(reader);
	run_until_done(writer);
	zassert_equal(eddy_task_result(reader), -EAGAIN);
	zassert_equal(eddy_task_result(writer), -EAGAIN);

	start('w', K_FOREVER, 0);
	start('a', K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_cancel(writer), 0);
	zassert_equal(eddy_cancel(reader), 0);
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
	run_ready();
	zassert_equal(eddy_task_result(reader), -ECANCELED);
	zassert_equal(eddy_task_result(writer), -ECANCELED);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0, "somebody is inside");
	zassert_str_equal(recorded(), "");
}

/* Let in and then canceled: it is inside, and unlocks. */
ZTEST(async_rwlock, test_served_then_canceled)
{
	struct eddy_task *writer;

	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	writer = start('w', K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_cancel(writer), 0);
	run_ready();
	zassert_str_equal(recorded(), "wW");
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}

/* Readers behind a writer that leaves get in with the next reader that locks. */
ZTEST(async_rwlock, test_the_next_reader_brings_those_behind_a_writer_that_left)
{
	struct eddy_task *writer;

	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	writer = start('w', K_FOREVER, 0);
	start('a', K_FOREVER, 0);
	start('b', K_FOREVER, 0);
	run_ready();
	zassert_equal(eddy_cancel(writer), 0);
	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	run_ready();
	zassert_str_equal(recorded(), "aAbB");
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}

/* Or else when the last reader unlocks. */
ZTEST(async_rwlock, test_the_last_reader_lets_those_behind_a_writer_that_left_in)
{
	struct eddy_task *writer;

	zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
	writer = start('w', K_FOREVER, 0);
	start('a', K_FOREVER, 1);
	start('b', K_FOREVER, 1);
	run_ready();
	zassert_equal(eddy_cancel(writer), 0);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
	run_ready();
	zassert_str_equal(recorded(), "abAB");
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}

static void unlock_write_in_isr(const void *arg)
{
	ARG_UNUSED(arg);
	zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
}

static void try_read_in_isr(const void *result)
{
	*(int *)(uintptr_t)result = eddy_rwlock_try_lock_read(&lock);
}

/* Interrupts try and unlock. */
ZTEST(async_rwlock, test_interrupts)
{
	int result = UNSET;

	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
	start('a', K_FOREVER, 0);
	run_ready();
	irq_offload(try_read_in_isr, &result);
	zassert_equal(result, -EAGAIN);
	irq_offload(unlock_write_in_isr, NULL);
	run_ready();
	zassert_str_equal(recorded(), "aA");
	irq_offload(try_read_in_isr, &result);
	zassert_equal(result, 0);
	zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
}

static struct eddy_signal other;

/* Selects between writing and a signal. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	int result;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_rwlock_lock_write_arm(&my->select.arm[0], &lock);
	eddy_signal_wait_arm(&my->select.arm[1], &other, NULL);
	await_into(my->result, eddy_select(self, &my->select, K_FOREVER));
	async_end;
}

/* A select locks, or does something else and leaves the lock alone. */
ZTEST(async_rwlock, test_select)
{
	static EDDY_TASK_STORAGE(chooser) storage;

	for (int which = 0; which <= 1; which++) {
		eddy_signal_init(&other);
		zassert_equal(eddy_rwlock_try_lock_read(&lock), 0);
		EDDY_TASK_INIT(&storage, chooser);
		spawn(&storage.task);
		run_ready();
		zassert_equal(eddy_rwlock_try_lock_read(&lock), -EAGAIN, "a writer waits");
		if (which == 1) {
			eddy_signal_raise(&other, 0U);
		}
		zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
		run_ready();
		zassert_equal(storage.frame.result, 0);
		zassert_equal(eddy_select_which(&storage.frame.select), which);
		zassert_equal(eddy_rwlock_unlock_write(&lock), which == 0 ? 0 : -EPERM);
	}
}

/* Readers on two executors are inside at the same time, and one preempts the other. */
static atomic_t readers_inside;
static atomic_t visits;
static int writers_inside;

/* Goes in and out, and checks who else is inside. */
struct guest {
	struct eddy_frame frame;
	uint32_t seed;
	int rounds;
};

async_fn(guest)
{
	int result;

	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		my->seed = my->seed * 1664525U + 1013904223U;
		if ((my->seed >> 30) == 0U) {
			await_into(result, eddy_rwlock_lock_write(self, &lock,
								  K_TICKS(my->seed >> 28 & 7U)));
			if (result == 0) {
				zassert_equal(atomic_get(&readers_inside) + writers_inside, 0);
				writers_inside++;
				await(eddy_yield(self));
				writers_inside--;
				(void)atomic_inc(&visits);
				zassert_equal(eddy_rwlock_unlock_write(&lock), 0);
			}
		} else {
			await_into(result, eddy_rwlock_lock_read(self, &lock,
								 K_TICKS(my->seed >> 27 & 7U)));
			if (result == 0) {
				zassert_equal(writers_inside, 0);
				(void)atomic_inc(&readers_inside);
				await(eddy_sleep(self, K_TICKS(my->seed >> 26 & 1U)));
				zassert_equal(writers_inside, 0);
				(void)atomic_dec(&readers_inside);
				(void)atomic_inc(&visits);
				zassert_equal(eddy_rwlock_unlock_read(&lock), 0);
			}
		}
		await(eddy_yield(self));
	}
	async_end;
}

/* A crowd, some of them impatient: the rules hold, and the lock is free in the end. */
ZTEST(async_rwlock, test_crowd)
{
	static struct eddy_executor urgent;
	static EDDY_TASK_STORAGE(guest) guests[8];

	atomic_set(&visits, 0);
	start_executor(&urgent, PRIO_HIGH);
	for (size_t i = 0; i < ARRAY_SIZE(guests); i++) {
		EDDY_TASK_INIT(&guests[i], guest, .seed = i * 77U, .rounds = 200);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &guests[i].task), 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(guests); i++) {
		run_until_done(&guests[i].task);
	}
	zassert_true(atomic_get(&visits) > 400, "%ld", (long)atomic_get(&visits));
	zassert_equal(eddy_rwlock_try_lock_write(&lock), 0);
}
