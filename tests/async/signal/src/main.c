/* SPDX-License-Identifier: Apache-2.0 */

/* Signal: one value, for one of those who wait, from any context to any context. */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(signal);

/* Waits for the signal once. */
struct listener {
	struct eddy_frame frame;
	char letter;
	k_timeout_t timeout;
	uintptr_t value;
};

async_fn(listener)
{
	int result;

	async_begin;
	await_into(result, eddy_signal_wait(self, &signal, &my->value, my->timeout));
	record(my->letter);
	async_return(result);
	async_end;
}

/* The same as a thread. */
struct thread_listener {
	char letter;
	k_timeout_t timeout;
	uintptr_t value;
	int result;
};

static void listen_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_listener *listener = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	listener->result = UNSET;
	listener->result = eddy_signal_wait_blocking(&signal, &listener->value, listener->timeout);
	record(listener->letter);
}

static void raise_in_isr(const void *value)
{
	eddy_signal_raise(&signal, (uintptr_t)value);
}

static EDDY_TASK_STORAGE(listener) listeners[4];

static struct eddy_task *spawn_listener(int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&listeners[index], listener, .letter = (char)('a' + index),
		       .timeout = timeout);
	spawn(&listeners[index].task);
	run_ready();
	return &listeners[index].task;
}

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&signal);
}

ZTEST_SUITE(async_signal, NULL, NULL, before, async_after, NULL);

/* Raising hands the value to the task that waits. */
ZTEST(async_signal, test_a_waiting_task_gets_the_value)
{
	struct eddy_task *task = spawn_listener(0, K_FOREVER);

	eddy_signal_raise(&signal, 17U);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), -EAGAIN, "it belongs to the task");
	run_ready();
	zassert_equal(eddy_task_result(task), 0);
	zassert_equal(listeners[0].frame.value, 17U);
}

/* Raised while nobody waits, the value is kept for the next one, once. */
ZTEST(async_signal, test_a_value_is_kept)
{
	eddy_signal_raise(&signal, 18U);
	spawn_listener(0, K_FOREVER);
	zassert_equal(eddy_task_try_join(&listeners[0].task), 0);
	zassert_equal(listeners[0].frame.value, 18U);

	spawn_listener(1, K_NO_WAIT);
	zassert_equal(eddy_task_result(&listeners[1].task), -EAGAIN);
}

/* A later value replaces one that nobody has taken. */
ZTEST(async_signal, test_a_later_value_replaces)
{
	uintptr_t value = 0U;

	eddy_signal_raise(&signal, 1U);
	eddy_signal_raise(&signal, 2U);
	zassert_equal(eddy_signal_try_wait(&signal, &value), 0);
	zassert_equal(value, 2U);
	zassert_equal(eddy_signal_try_wait(&signal, &value), -EAGAIN);
}

/* A reset forgets the value. */
ZTEST(async_signal, test_reset_forgets)
{
	eddy_signal_raise(&signal, 1U);
	eddy_signal_reset(&signal);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), -EAGAIN);
}

/* A reset does not disturb those who wait. */
ZTEST(async_signal, test_reset_leaves_waiters_alone)
{
	struct eddy_task *task = spawn_listener(0, K_FOREVER);

	eddy_signal_reset(&signal);
	run_ready();
	zassert_true(eddy_task_is_active(task));
	eddy_signal_raise(&signal, 5U);
	run_ready();
	zassert_equal(listeners[0].frame.value, 5U);
}

/* One raise wakes one waiter; waiters of one priority are served by arrival. */
ZTEST(async_signal, test_waiters_are_served_by_arrival)
{
	for (int i = 0; i < 4; i++) {
		spawn_listener(i, K_FOREVER);
	}
	for (unsigned int i = 0U; i < 4U; i++) {
		eddy_signal_raise(&signal, i);
		run_ready();
		zassert_equal(listeners[i].frame.value, i);
	}
	zassert_str_equal(recorded(), "abcd");
}

/* Threads and tasks wait in one queue, by priority: a task has that of its executor's thread. */
ZTEST(async_signal, test_waiters_are_served_by_priority)
{
	static struct eddy_executor urgent;
	struct thread_listener low = {'l', K_FOREVER, 0U, UNSET};
	struct thread_listener coop = {'c', K_FOREVER, 0U, UNSET};

	worker_start(PRIO_LOW, listen_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_listener(0, K_FOREVER);
	start_executor(&urgent, PRIO_HIGH);
	EDDY_TASK_INIT(&listeners[1], listener, .letter = 'b', .timeout = K_FOREVER);
	zassert_equal(eddy_spawn(&urgent, &listeners[1].task), 0);
	spawn_listener(2, K_FOREVER);
	worker_start(PRIO_COOP, listen_in_thread, &coop);

	for (uintptr_t value = 1U; value <= 5U; value++) {
		eddy_signal_raise(&signal, value);
		run_ready();
		k_sleep(K_MSEC(1));
	}
	zassert_str_equal(recorded(), "cbacl");
	zassert_equal(coop.value, 1U);
	zassert_equal(listeners[1].frame.value, 2U);
	zassert_equal(listeners[0].frame.value, 3U);
	zassert_equal(listeners[2].frame.value, 4U);
	zassert_equal(low.value, 5U);
}

/* A thread blocks until the signal is raised. */
ZTEST(async_signal, test_a_thread_waits)
{
	struct thread_listener high = {'h', K_FOREVER, 0U, UNSET};

	worker_start(PRIO_HIGH, listen_in_thread, &high);
	zassert_equal(high.result, UNSET);
	eddy_signal_raise(&signal, 99U);
	zassert_equal(high.result, 0);
	zassert_equal(high.value, 99U);
}

/* A thread's wait may have a time limit. */
ZTEST(async_signal, test_a_thread_times_out)
{
	int64_t start = k_uptime_ticks();

	zassert_equal(eddy_signal_wait_blocking(&signal, NULL, K_MSEC(10)), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
	zassert_equal(eddy_signal_wait_blocking(&signal, NULL, K_NO_WAIT), -EAGAIN);
	eddy_signal_raise(&signal, 1U);
	zassert_equal(eddy_signal_wait_blocking(&signal, NULL, K_NO_WAIT), 0, "and takes nothing");
}

/* Who does not care for the value gives no place for it. */
ZTEST(async_signal, test_the_value_may_be_ignored)
{
	struct thread_listener high = {'h', K_FOREVER, 0U, UNSET};

	eddy_signal_raise(&signal, 1U);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0);
	eddy_signal_raise(&signal, 1U);
	zassert_equal(eddy_signal_wait_blocking(&signal, NULL, K_FOREVER), 0);
	worker_start(PRIO_HIGH, listen_in_thread, &high);
	eddy_signal_raise(&signal, 1U);
	zassert_equal(high.result, 0);
}

/* An interrupt raises it for a task; the task's executor is woken. */
ZTEST(async_signal, test_raise_in_an_interrupt)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	EDDY_TASK_INIT(&listeners[0], listener, .letter = 'a', .timeout = K_FOREVER);
	zassert_equal(eddy_spawn(&urgent, &listeners[0].task), 0);
	irq_offload(raise_in_isr, (const void *)(uintptr_t)33U);
	zassert_str_equal(recorded(), "a");
	zassert_equal(listeners[0].frame.value, 33U);
}

static int isr_results[2];
static uintptr_t isr_value;

static void try_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_results[0] = eddy_signal_try_wait(&signal, &isr_value);
	isr_results[1] = eddy_signal_try_wait(&signal, &isr_value);
}

/* An interrupt may take the value. */
ZTEST(async_signal, test_try_wait_in_an_interrupt)
{
	eddy_signal_raise(&signal, 44U);
	irq_offload(try_in_isr, NULL);
	zassert_equal(isr_results[0], 0);
	zassert_equal(isr_value, 44U);
	zassert_equal(isr_results[1], -EAGAIN);
}

/* Raised by a k_timer; counts its values, which come one by one. */
struct counter {
	struct eddy_frame frame;
	uintptr_t value;
	uintptr_t expected;
};

async_fn(counter)
{
	async_begin;
	while (my->expected < 100U) {
		await(eddy_signal_wait(self, &signal, &my->value, SOON));
		zexpect_equal(my->value, my->expected);
		my->expected++;
	}
	async_end;
}

static void raise_on_expiry(struct k_timer *timer)
{
	uintptr_t next = (uintptr_t)k_timer_user_data_get(timer);

	eddy_signal_raise(&signal, next);
	k_timer_user_data_set(timer, (void *)(next + 1U));
}

static K_TIMER_DEFINE(raiser, raise_on_expiry, NULL);

/* A task that is quicker than the timer gets each of its values. */
ZTEST(async_signal, test_values_from_a_timer)
{
	static EDDY_TASK_STORAGE(counter) storage;

	EDDY_TASK_INIT(&storage, counter);
	spawn(&storage.task);
	k_timer_user_data_set(&raiser, NULL);
	k_timer_start(&raiser, K_TICKS(5), K_TICKS(5));
	run_until_done(&storage.task);
	k_timer_stop(&raiser);
	zassert_equal(storage.frame.expected, 100U);
}
