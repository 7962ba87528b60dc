/* SPDX-License-Identifier: Apache-2.0 */

/* Executors: who runs when, among tasks and beside threads. */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(gate);

/* Records its letter and yields, a number of times. */
struct letters {
	struct eddy_frame frame;
	char letter;
	int count;
};

async_fn(letters)
{
	async_begin;
	for (; my->count > 0; my->count--) {
		record(my->letter);
		await(eddy_yield(self));
	}
	async_end;
}

/* Waits at the gate, then records its letter. */
struct visitor {
	struct eddy_frame frame;
	char letter;
	int result;
};

async_fn(visitor)
{
	async_begin;
	await_into(my->result, eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	record(my->letter);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(letters) letters_tasks[3];
static EDDY_TASK_STORAGE(visitor) visitor_tasks[3];

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&letters_tasks[i], letters, .letter = (char)('a' + i), .count = 3);
		EDDY_TASK_INIT(&visitor_tasks[i], visitor, .letter = (char)('x' + i));
	}
}

ZTEST_SUITE(async_executor, NULL, NULL, before, async_after, NULL);

/* Tasks run in the order in which they became ready, and a yield goes behind all others. */
ZTEST(async_executor, test_ready_tasks_take_turns)
{
	for (int i = 0; i < 3; i++) {
		spawn(&letters_tasks[i].task);
	}
	run_ready();
	zassert_str_equal(recorded(), "abcabcabc");
}

/* A task that is woken runs before those that yield do so again. */
ZTEST(async_executor, test_a_yielding_task_starves_nobody)
{
	letters_tasks[0].frame.count = 4;
	spawn(&visitor_tasks[0].task);
	run_ready();
	spawn(&letters_tasks[0].task);
	zassert_true(eddy_executor_poll(&executor));
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_str_equal(recorded(), "axaaa");
}

/* Waiting tasks that are woken in one go run in the order of the wakes. */
ZTEST(async_executor, test_woken_tasks_run_in_order)
{
	for (int i = 0; i < 3; i++) {
		spawn(&visitor_tasks[i].task);
	}
	run_ready();
	for (int i = 0; i < 3; i++) {
		eddy_signal_raise(&gate, 0U);
	}
	spawn(&letters_tasks[0].task);
	run_ready();
	zassert_str_equal(recorded(), "xyzaaa");
}

/* eddy_executor_poll() runs each ready task once and says whether there was any. */
ZTEST(async_executor, test_poll_runs_each_ready_task_once)
{
	zassert_false(eddy_executor_poll(&executor));
	spawn(&letters_tasks[0].task);
	spawn(&letters_tasks[1].task);
	zassert_true(eddy_executor_poll(&executor));
	zassert_str_equal(recorded(), "ab");
	zassert_true(eddy_executor_poll(&executor));
	zassert_str_equal(recorded(), "abab");
	run_ready();
	zassert_str_equal(recorded(), "ababab");
	zassert_false(eddy_executor_poll(&executor));
}

/* A stopped executor returns when no task is ready; waiting tasks stay, and it can run again. */
ZTEST(async_executor, test_stop_and_run_again)
{
	spawn(&visitor_tasks[0].task);
	spawn(&letters_tasks[0].task);
	eddy_executor_stop(&executor);
	eddy_executor_run(&executor);
	zassert_str_equal(recorded(), "aaa", "all that was ready has run");
	zassert_true(eddy_task_is_active(&visitor_tasks[0].task));

	eddy_signal_raise(&gate, 0U);
	eddy_executor_stop(&executor);
	eddy_executor_run(&executor);
	zassert_str_equal(recorded(), "aaax");
}

static void stop_in_isr(const void *other)
{
	eddy_executor_stop((struct eddy_executor *)(uintptr_t)other);
}

/* Stopping a sleeping executor wakes it: from a thread and from an interrupt. */
ZTEST(async_executor, test_stop_wakes_a_sleeping_executor)
{
	static struct eddy_executor other;
	k_tid_t thread = start_executor(&other, PRIO_HIGH);

	zassert_equal(k_thread_join(thread, K_NO_WAIT), -EBUSY);
	eddy_executor_stop(&other);
	zassert_equal(k_thread_join(thread, K_NO_WAIT), 0);

	thread = start_executor(&other, PRIO_HIGH);
	irq_offload(stop_in_isr, &other);
	zassert_equal(k_thread_join(thread, K_NO_WAIT), 0);

	thread = start_executor(&other, PRIO_LOW);
	eddy_executor_stop(&other);
	eddy_executor_stop(&other);
	zassert_equal(k_thread_join(thread, SOON), 0, "stopped before it ran");
}

/* Stops its executor, and has something left to do. */
struct last_one {
	struct eddy_frame frame;
};

async_fn(last_one)
{
	async_begin;
	eddy_executor_stop(&executor);
	await(eddy_yield(self));
	record('l');
	async_end;
}

/* A task may stop its own executor. */
ZTEST(async_executor, test_a_task_stops_its_executor)
{
	static EDDY_TASK_STORAGE(last_one) storage;

	EDDY_TASK_INIT(&storage, last_one);
	spawn(&storage.task);
	eddy_executor_run(&executor);
	zassert_str_equal(recorded(), "l");
}

/* Passes a value on: receives from one channel, sends to the next. */
EDDY_CHAN_DEFINE(upward, uint32_t, 1);
EDDY_CHAN_DEFINE(downward, uint32_t, 1);

struct relay {
	struct eddy_frame frame;
	struct eddy_chan *from;
	struct eddy_chan *to;
	char letter;
	int rounds;
	uint32_t value;
};

async_fn(relay)
{
	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		await(eddy_chan_recv(self, my->from, &my->value, K_FOREVER));
		record(my->letter);
		my->value++;
		await(eddy_chan_send(self, my->to, &my->value, K_FOREVER));
	}
	async_end;
}

/* Tasks of two executors at two priorities talk to each other; the urgent one preempts. */
ZTEST(async_executor, test_two_executors_talk)
{
	static struct eddy_executor urgent;
	static EDDY_TASK_STORAGE(relay) up;
	static EDDY_TASK_STORAGE(relay) down;
	uint32_t value = 1U;

	start_executor(&urgent, PRIO_HIGH);
	EDDY_TASK_INIT(&up, relay, .from = &upward, .to = &downward, .letter = 'u', .rounds = 3);
	EDDY_TASK_INIT(&down, relay, .from = &downward, .to = &upward, .letter = 'd', .rounds = 3);
	zassert_equal(eddy_spawn(&urgent, &up.task), 0);
	spawn(&down.task);
	run_ready();
	zassert_equal(eddy_chan_try_send(&upward, &value), 0);
	zassert_str_equal(recorded(), "u", "the urgent one has preempted this thread");
	run_ready();
	zassert_str_equal(recorded(), "ududud");
	zassert_equal(eddy_task_try_join(&up.task), 0);
	zassert_equal(eddy_task_try_join(&down.task), 0);
	zassert_equal(eddy_chan_try_recv(&upward, &value), 0);
	zassert_equal(value, 1U + 6U);
}

/* Wakes one of a more urgent executor, between two letters of its own. */
struct waker {
	struct eddy_frame frame;
};

async_fn(waker)
{
	async_begin;
	record('[');
	eddy_signal_raise(&gate, 0U);
	record(']');
	async_end;
}

/* A task that wakes one of a more urgent executor is preempted in the middle. */
ZTEST(async_executor, test_an_urgent_executor_preempts_a_running_task)
{
	static struct eddy_executor urgent;
	static EDDY_TASK_STORAGE(waker) storage;

	start_executor(&urgent, PRIO_HIGH);
	zassert_equal(eddy_spawn(&urgent, &visitor_tasks[0].task), 0);
	EDDY_TASK_INIT(&storage, waker);
	spawn(&storage.task);
	run_ready();
	zassert_str_equal(recorded(), "[x]");
}

/* One that is less urgent runs when the thread of the more urgent one sleeps. */
ZTEST(async_executor, test_a_patient_executor_waits_its_turn)
{
	static struct eddy_executor patient;

	start_executor(&patient, PRIO_LOW);
	k_sleep(K_MSEC(1));
	zassert_equal(eddy_spawn(&patient, &visitor_tasks[0].task), 0);
	spawn(&letters_tasks[0].task);
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_str_equal(recorded(), "aaa");
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "aaax");
}
