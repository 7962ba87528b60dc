/* SPDX-License-Identifier: Apache-2.0 */

/* Cancellation: an error code of the pending await, whatever the task waits for. */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(signal);
EDDY_CHAN_DEFINE(chan, uint32_t, 1);
EDDY_CHAN_DEFINE(room, uint32_t, 1); /* always empty */

/* What a task awaits. */
enum operation {
	SLEEP,
	SLEEP_FOREVER,
	SIGNAL,
	RECEIVE,
	SEND,
	JOIN,
	OPERATIONS,
};

/* Awaits one operation, then sleeps for a long time. */
struct victim {
	struct eddy_frame frame;
	enum operation operation;
	k_timeout_t timeout;
	uint32_t item;
	uintptr_t value;
	struct eddy_task *other;
	int first; /* result of its first await */
	int second;
	int awaits_over;
};

static int perform(struct eddy_task *self, struct victim *my)
{
	switch (my->operation) {
	case SLEEP:
		return eddy_sleep(self, K_SECONDS(100));
	case SLEEP_FOREVER:
		return eddy_sleep(self, K_FOREVER);
	case SIGNAL:
		return eddy_signal_wait(self, &signal, &my->value, my->timeout);
	case RECEIVE:
		return eddy_chan_recv(self, &chan, &my->item, my->timeout);
	case SEND:
		return eddy_chan_send(self, &chan, &my->item, my->timeout);
	default:
		return eddy_task_join(self, my->other, my->timeout);
	}
}

async_fn(victim)
{
	async_begin;
	my->awaits_over = 0;
	record('b');
	await_into(my->first, perform(self, my));
	my->awaits_over = 1;
	record('f');
	await_into(my->second, eddy_sleep(self, K_SECONDS(50)));
	record('s');
	async_return(99);
	async_end;
}

static EDDY_TASK_STORAGE(victim) victim_task;
static EDDY_TASK_STORAGE(victim) other_task;

static void before(void *fixture)
{
	uint32_t unused;

	async_before(fixture);
	eddy_signal_init(&signal);
	while (eddy_chan_try_recv(&chan, &unused) == 0) {
	}
}

ZTEST_SUITE(async_cancel, NULL, NULL, before, async_after, NULL);

/* Spawn the victim and let it wait. Without a time limit, or with one that does not matter. */
static struct eddy_task *spawn_victim(enum operation operation, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&other_task, victim, .operation = SLEEP_FOREVER);
	EDDY_TASK_INIT(&victim_task, victim, .operation = operation, .timeout = timeout, .item = 5U,
		       .other = &other_task.task);
	if (operation == JOIN) {
		spawn(&other_task.task);
	}
	if (operation == SEND) {
		uint32_t filler = 1U;

		zassert_equal(eddy_chan_try_send(&chan, &filler), 0);
	}
	spawn(&victim_task.task);
	run_ready();
	zassert_equal(victim_task.frame.awaits_over, 0, "it should be waiting");
	return &victim_task.task;
}

static void finish_other(enum operation operation)
{
	uint32_t unused;

	if (operation == JOIN) {
		zassert_true(eddy_task_is_active(&other_task.task));
		zassert_equal(eddy_cancel(&other_task.task), 0);
		run_ready();
	}
	(void)eddy_chan_try_recv(&chan, &unused); /* there if it sent */
}

/*
 * Whatever a task waits for, with a time limit or without, cancellation ends this await and the
 * next.
 */
ZTEST(async_cancel, test_cancel_a_waiting_task)
{
	for (int i = 0; i < 2 * OPERATIONS; i++) {
		enum operation operation = (enum operation)(i / 2);
		struct eddy_task *task =
			spawn_victim(operation, i % 2 == 0 ? K_FOREVER : K_SECONDS(10));

		zassert_equal(eddy_cancel(task), 0);
		zassert_equal(victim_task.frame.awaits_over, 0, "it runs on its executor only");
		run_ready();
		zassert_equal(victim_task.frame.first, -ECANCELED, "operation %d", operation);
		zassert_equal(victim_task.frame.second, -ECANCELED, "operation %d", operation);
		zassert_equal(eddy_task_try_join(task), 0);
		zassert_equal(eddy_task_result(task), 99, "its own business");
		finish_other(operation);
	}
}

/* A canceled wait is over: what comes later goes to others, and no time-out follows. */
ZTEST(async_cancel, test_a_canceled_waiter_takes_nothing)
{
	uint32_t item = 3U;

	(void)spawn_victim(SIGNAL, K_MSEC(5));
	eddy_cancel(&victim_task.task);
	eddy_signal_raise(&signal, 1U);
	run_ready();
	zassert_equal(victim_task.frame.first, -ECANCELED);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0);

	(void)spawn_victim(RECEIVE, K_MSEC(5));
	eddy_cancel(&victim_task.task);
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	run_ready();
	zassert_equal(victim_task.frame.first, -ECANCELED);
	zassert_equal(victim_task.frame.item, 5U);
	zassert_equal(eddy_chan_try_recv(&chan, &item), 0);
	run_for(K_MSEC(20));
	zassert_equal(eddy_task_result(&victim_task.task), 99);
}

/* The item of a canceled sender is not sent. */
ZTEST(async_cancel, test_a_canceled_sender_has_not_sent)
{
	uint32_t item;

	(void)spawn_victim(SEND, K_FOREVER);
	eddy_cancel(&victim_task.task);
	zassert_equal(eddy_chan_try_recv(&chan, &item), 0);
	zassert_equal(item, 1U);
	zassert_equal(eddy_chan_try_recv(&chan, &item), -EAGAIN);
	run_ready();
	zassert_equal(victim_task.frame.first, -ECANCELED);
}

/* A value that was handed over already is kept; the next await is canceled. */
ZTEST(async_cancel, test_a_value_handed_over_is_kept)
{
	uint32_t item = 44U;

	(void)spawn_victim(RECEIVE, K_SECONDS(1));
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	zassert_equal(eddy_cancel(&victim_task.task), 0);
	run_ready();
	zassert_equal(victim_task.frame.first, 0);
	zassert_equal(victim_task.frame.item, 44U);
	zassert_equal(victim_task.frame.second, -ECANCELED);

	(void)spawn_victim(SIGNAL, K_FOREVER);
	eddy_signal_raise(&signal, 55U);
	zassert_equal(eddy_cancel(&victim_task.task), 0);
	run_ready();
	zassert_equal(victim_task.frame.first, 0);
	zassert_equal(victim_task.frame.value, 55U);
	zassert_equal(victim_task.frame.second, -ECANCELED);

	(void)spawn_victim(SEND, K_FOREVER);
	zassert_equal(eddy_chan_try_recv(&chan, &item), 0);
	zassert_equal(eddy_cancel(&victim_task.task), 0);
	run_ready();
	zassert_equal(victim_task.frame.first, 0, "the item is in the channel: it was sent");
	zassert_equal(victim_task.frame.second, -ECANCELED);
	zassert_equal(eddy_chan_try_recv(&chan, &item), 0);
	zassert_equal(item, 5U);
}

/* A task that has not begun runs to its first await, which is canceled. */
ZTEST(async_cancel, test_cancel_a_task_that_has_not_begun)
{
	EDDY_TASK_INIT(&victim_task, victim, .operation = SLEEP);
	spawn(&victim_task.task);
	zassert_equal(eddy_cancel(&victim_task.task), 0);
	zassert_str_equal(recorded(), "");
	run_ready();
	zassert_str_equal(recorded(), "bfs");
	zassert_equal(victim_task.frame.first, -ECANCELED);
	zassert_equal(victim_task.frame.second, -ECANCELED);
}

/* A task that is not active cannot be canceled: never spawned, or ended. */
ZTEST(async_cancel, test_cancel_an_inactive_task)
{
	EDDY_TASK_INIT(&victim_task, victim, .operation = SIGNAL, .timeout = K_FOREVER);
	zassert_equal(eddy_cancel(&victim_task.task), -ESRCH);

	spawn(&victim_task.task);
	zassert_equal(eddy_cancel(&victim_task.task), 0);
	run_ready();
	zassert_equal(eddy_cancel(&victim_task.task), -ESRCH);
}

/* Canceling again changes nothing. */
ZTEST(async_cancel, test_cancel_twice)
{
	struct eddy_task *task = spawn_victim(SLEEP_FOREVER, K_FOREVER);

	zassert_equal(eddy_cancel(task), 0);
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_str_equal(recorded(), "bfs");
}

static void cancel_in_isr(const void *task)
{
	zassert_equal(eddy_cancel((struct eddy_task *)(uintptr_t)task), 0);
}

/* An interrupt may cancel. */
ZTEST(async_cancel, test_cancel_in_an_interrupt)
{
	struct eddy_task *task = spawn_victim(RECEIVE, K_SECONDS(1));

	irq_offload(cancel_in_isr, task);
	run_ready();
	zassert_equal(victim_task.frame.first, -ECANCELED);
	zassert_equal(eddy_task_result(task), 99);
}

/* Cancels itself, then awaits what need not be waited for. */
struct suicide {
	struct eddy_frame frame;
	int results[8];
	uint32_t item;
	uintptr_t value;
};

async_fn(suicide)
{
	async_begin;
	zassert_equal(eddy_cancel(self), 0);
	await_into(my->results[0], eddy_yield(self));
	await_into(my->results[1], eddy_sleep(self, K_NO_WAIT));
	await_into(my->results[2], eddy_sleep(self, K_MSEC(1)));
	await_into(my->results[3], eddy_signal_wait(self, &signal, &my->value, K_MSEC(1)));
	await_into(my->results[4], eddy_chan_recv(self, &chan, &my->item, K_FOREVER));
	await_into(my->results[5], eddy_chan_recv(self, &chan, &my->item, K_NO_WAIT));
	await_into(my->results[6], eddy_chan_send(self, &room, &my->item, K_FOREVER));
	await_into(my->results[7], eddy_task_join(self, &victim_task.task, K_FOREVER));
	async_end;
}

/*
 * A running task may cancel itself. All its later awaits fail at once, even those that need not
 * wait: they take nothing and send nothing.
 */
ZTEST(async_cancel, test_awaits_of_a_canceled_task_do_nothing)
{
	static EDDY_TASK_STORAGE(suicide) storage;
	uint32_t item = 5U;

	spawn_victim(SLEEP_FOREVER, K_FOREVER);
	eddy_cancel(&victim_task.task);
	run_ready();
	eddy_signal_raise(&signal, 6U);
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);

	EDDY_TASK_INIT(&storage, suicide);
	spawn(&storage.task);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_task_try_join(&storage.task), 0, "no turn was needed");
	for (size_t i = 0; i < ARRAY_SIZE(storage.frame.results); i++) {
		zassert_equal(storage.frame.results[i], -ECANCELED, "await %u", (unsigned int)i);
	}
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0, "still there");
	zassert_equal(eddy_chan_try_recv(&chan, &item), 0, "still there");
	zassert_equal(eddy_chan_count(&room), 0U);
}

/* Yields until it is told that it is canceled, and cleans up. */
struct yielder {
	struct eddy_frame frame;
	int result;
};

async_fn(yielder)
{
	async_begin;
	do {
		await_into(my->result, eddy_yield(self));
	} while (my->result == 0);
	record('c');
	async_return(my->result);
	async_end;
}

/* A task that never waits for anything learns of its cancellation by its yields. */
ZTEST(async_cancel, test_cancel_a_task_that_yields)
{
	static EDDY_TASK_STORAGE(yielder) storage;

	EDDY_TASK_INIT(&storage, yielder);
	spawn(&storage.task);
	for (int i = 0; i < 10; i++) {
		zassert_true(eddy_executor_poll(&executor));
	}
	zassert_equal(eddy_cancel(&storage.task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&storage.task), -ECANCELED);
}

/* Cancels the victim and waits until it has cleaned up. */
struct killer {
	struct eddy_frame frame;
	struct eddy_task *task;
};

async_fn(killer)
{
	int result;

	async_begin;
	record('k');
	zassert_equal(eddy_cancel(my->task), 0);
	await_into(result, eddy_task_join(self, my->task, SOON));
	record('K');
	async_return(result);
	async_end;
}

/* Whoever cancels can wait until the clean-up is over. */
ZTEST(async_cancel, test_cancel_and_join)
{
	static EDDY_TASK_STORAGE(killer) storage;
	struct eddy_task *task = spawn_victim(SIGNAL, K_FOREVER);

	EDDY_TASK_INIT(&storage, killer, .task = task);
	spawn(&storage.task);
	run_ready();
	zassert_str_equal(recorded(), "bkfsK");
	zassert_equal(eddy_task_result(&storage.task), 0);
}

static void cancel_on_expiry(struct k_timer *timer)
{
	(void)eddy_cancel(k_timer_user_data_get(timer)); /* it may have ended */
}

static K_TIMER_DEFINE(canceler, cancel_on_expiry, NULL);

/* Around the tick of the time-out a wait is either canceled or timed out, and the task runs on. */
ZTEST(async_cancel, test_cancel_at_the_tick_of_the_timeout)
{
	for (int offset = -3; offset <= 3; offset++) {
		EDDY_TASK_INIT(&victim_task, victim, .operation = SIGNAL, .timeout = K_TICKS(10));
		spawn(&victim_task.task);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_user_data_set(&canceler, &victim_task.task);
		k_timer_start(&canceler, K_TICKS(10 + offset), K_NO_WAIT);
		run_until_done(&victim_task.task);

		zassert_true(victim_task.frame.first == -ECANCELED ||
				     victim_task.frame.first == -EAGAIN,
			     "%d: %d", offset, victim_task.frame.first);
		zassert_equal(victim_task.frame.second, -ECANCELED);
	}
}
