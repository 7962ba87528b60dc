/* SPDX-License-Identifier: Apache-2.0 */

/* Async functions that threads call. */

#include "async_test.h"

EDDY_CHAN_DEFINE(chan, uint32_t, 1);

/* Receives some items, with a time limit for each. */
struct adder {
	struct eddy_frame frame;
	unsigned int count;  /* in */
	k_timeout_t timeout; /* in */
	uint32_t sum;        /* out */
	uint32_t item;
	int result;
};

async_fn(adder)
{
	async_begin;
	for (; my->count != 0U; my->count--) {
		await_into(my->result, eddy_chan_recv(self, &chan, &my->item, my->timeout));
		if (my->result != 0) {
			async_return(my->result);
		}
		my->sum += my->item;
	}
	async_return((int)my->sum);
	async_end;
}

static void before(void *fixture)
{
	uint32_t item;

	async_before(fixture);
	while (eddy_chan_try_recv(&chan, &item) == 0) {
	}
}

ZTEST_SUITE(async_block_on, NULL, NULL, before, async_after, NULL);

/* A function that need not wait returns at once. */
ZTEST(async_block_on, test_no_wait)
{
	zassert_equal(eddy_block_on(adder), 0);
}

static void send_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (uint32_t i = 1U; i <= 10U; i++) {
		k_sleep(K_TICKS(i % 3U));
		zassert_equal(eddy_chan_send_blocking(&chan, &i, K_FOREVER), 0);
	}
}

/* A thread calls an async function, which waits for what another thread sends. */
ZTEST(async_block_on, test_waits_and_returns_a_result)
{
	worker_start(PRIO_LOW, send_in_thread, NULL);
	zassert_equal(eddy_block_on(adder, .count = 10U, .timeout = K_FOREVER), 55);
}

/* Its time-outs work as ever. */
ZTEST(async_block_on, test_timeout)
{
	int64_t start = k_uptime_ticks();

	zassert_equal(eddy_block_on(adder, .count = 1U, .timeout = K_TICKS(20)), -EAGAIN);
	zassert_between_inclusive(k_uptime_ticks() - start, 20, 30);
}

static EDDY_TASK_STORAGE(adder) adder_task;

static void cancel_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('c');
	zassert_equal(eddy_cancel(&adder_task.task), 0);
}

/* A task of the caller's keeps what it has found out; others can cancel it. */
ZTEST(async_block_on, test_a_task_of_the_callers)
{
	uint32_t item = 9U;

	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	EDDY_TASK_INIT(&adder_task, adder, .count = 2U, .timeout = K_FOREVER);
	worker_start(PRIO_LOW, cancel_in_thread, NULL);
	zassert_equal(eddy_block_on_task(&adder_task.task), -ECANCELED);
	zassert_equal(adder_task.frame.sum, 9U);
	zassert_recorded("c");
}

/* A task that is active elsewhere is left alone. */
ZTEST(async_block_on, test_a_busy_task)
{
	EDDY_TASK_INIT(&adder_task, adder, .count = 1U, .timeout = K_FOREVER);
	spawn(&adder_task.task);
	run_ready();
	zassert_equal(eddy_block_on_task(&adder_task.task), -EBUSY);
	zassert_equal(eddy_cancel(&adder_task.task), 0);
	run_ready();
}

/* Children run on the same thread. */
struct parent {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(adder) first;
	EDDY_CHILD(adder) second;
	int result;
};

async_fn(parent)
{
	async_begin;
	await_into(my->result,
		   eddy_join(self, &my->group,
			     eddy_child(&my->first, adder, .count = 5U, .timeout = K_FOREVER),
			     eddy_child(&my->second, adder, .count = 5U, .timeout = K_FOREVER)));
	if (my->result < 0) {
		async_return(my->result);
	}
	async_return((int)(my->first.frame.sum + my->second.frame.sum));
	async_end;
}

ZTEST(async_block_on, test_with_children)
{
	worker_start(PRIO_HIGH, send_in_thread, NULL);
	zassert_equal(eddy_block_on(parent), 55);
}

static void call_in_thread(void *result, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(int *)result = eddy_block_on(adder, .count = 5U, .timeout = K_FOREVER);
}

/* Several threads at once, beside an executor whose task sends. */
struct sender {
	struct eddy_frame frame;
	uint32_t item;
};

async_fn(sender)
{
	async_begin;
	for (my->item = 1U; my->item <= 10U; my->item++) {
		await(eddy_chan_send(self, &chan, &my->item, K_FOREVER));
	}
	async_end;
}

static EDDY_TASK_STORAGE(sender) sender_task;

ZTEST(async_block_on, test_two_threads_and_a_task)
{
	int results[2] = {UNSET, UNSET};

	worker_start(PRIO_HIGH, call_in_thread, &results[0]);
	worker_start(PRIO_LOW, call_in_thread, &results[1]);
	EDDY_TASK_INIT(&sender_task, sender);
	spawn(&sender_task.task);
	run_until_done(&sender_task.task);
	k_sleep(K_MSEC(10));
	zassert_equal(results[0] + results[1], 55);
}
