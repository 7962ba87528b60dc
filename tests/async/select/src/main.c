/* SPDX-License-Identifier: Apache-2.0 */

/* Select: one choice among several operations, of which no other is performed. */

#include "chooser.h"

static chooser_task task;
static chooser_task other;

ZTEST_SUITE(async_select, NULL, NULL, chooser_before, async_after, NULL);

static void start(chooser_task *storage, unsigned int arms, k_timeout_t timeout)
{
	EDDY_TASK_INIT(storage, chooser, .turns = 1U, .arms = arms, .once = true,
		       .timeout = timeout);
	spawn(&storage->task);
	run_ready();
}

#define ALL_RECEIVERS (BIT(RECV_A) | BIT(RECV_B) | BIT(SIGNAL))

/* With an operation possible at once the select does not wait, and performs that one alone. */
ZTEST(async_select, test_possible_at_once)
{
	put(&b, 5U);
	start(&task, ALL_RECEIVERS, K_FOREVER);
	zassert_recorded("1");
	zassert_equal(task.frame.items[1], 5U);
	zassert_equal(eddy_task_try_join(&task.task), 0);
}

/* Of several that are possible the first is performed; the others keep what they have. */
ZTEST(async_select, test_several_possible_at_once)
{
	put(&a, 1U);
	put(&b, 2U);
	eddy_signal_raise(&signal, 3U);
	start(&task, ALL_RECEIVERS, K_FOREVER);
	zassert_recorded("0");
	zassert_equal(task.frame.items[0], 1U);
	zassert_equal(eddy_chan_count(&a), 0U);
	zassert_equal(get(&b), 2U);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0);
}

/* Whichever arm is served while the task waits, it gets that arm's value. */
ZTEST(async_select, test_each_arm_can_be_served)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	put(&a, 1U);
	run_ready();
	zassert_equal(task.frame.items[0], 1U);

	start(&task, ALL_RECEIVERS, K_FOREVER);
	put(&b, 2U);
	run_ready();
	zassert_equal(task.frame.items[1], 2U);

	start(&task, ALL_RECEIVERS, K_FOREVER);
	eddy_signal_raise(&signal, 3U);
	run_ready();
	zassert_equal(task.frame.value, 3U);

	put(&c, 4U);
	start(&task, ALL_RECEIVERS | BIT(SEND_C), K_FOREVER);
	zassert_equal(get(&c), 4U);
	run_ready();
	zassert_equal(get(&c), TO_SEND);
	zassert_recorded("0123");
}

/* Objects that become ready before the task has run serve it once; the others keep their values. */
ZTEST(async_select, test_several_ready_before_it_runs)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	eddy_signal_raise(&signal, 3U);
	put(&a, 1U);
	put(&b, 2U);
	run_ready();
	zassert_recorded("2");
	zassert_equal(task.frame.value, 3U);
	zassert_equal(get(&a), 1U);
	zassert_equal(get(&b), 2U);
}

/* A single choice leaves nothing behind in the objects. */
ZTEST(async_select, test_nothing_is_left_behind)
{
	start(&task, ALL_RECEIVERS | BIT(SEND_C), K_NO_WAIT);
	zassert_recorded("3"); /* there was room */
	start(&task, ALL_RECEIVERS | BIT(SEND_C), K_FOREVER);
	put(&b, 1U);
	run_ready();
	memset(&task, 0xa5, sizeof(task));
	put(&a, 2U);
	put(&b, 3U);
	eddy_signal_raise(&signal, 4U);
	zassert_equal(get(&c), TO_SEND);
	zassert_equal(eddy_chan_count(&c), 0U, "sent twice");
	zassert_equal(get(&a), 2U);
	zassert_equal(get(&b), 3U);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0);
}

/* K_NO_WAIT: performs what is possible, or nothing. */
ZTEST(async_select, test_no_wait)
{
	start(&task, ALL_RECEIVERS, K_NO_WAIT);
	eddy_signal_raise(&signal, 4U);
	start(&task, ALL_RECEIVERS, K_NO_WAIT);
	zassert_recorded("t2");
}

/* A time-out performs nothing, and takes as long as it should. */
ZTEST(async_select, test_timeout)
{
	int64_t start_tick = k_uptime_ticks();

	EDDY_TASK_INIT(&task, chooser, .turns = 1U, .arms = ALL_RECEIVERS, .once = true,
		       .timeout = K_TICKS(20));
	spawn(&task.task);
	run_until_done(&task.task);
	zassert_between_inclusive(k_uptime_ticks() - start_tick, 20, 30);
	put(&a, 1U);
	zassert_equal(get(&a), 1U);
	zassert_recorded("t");
}

/* Served and then its time is over, before it has run: it keeps what it was served. */
ZTEST(async_select, test_served_before_the_timeout_is_noticed)
{
	start(&task, ALL_RECEIVERS, K_TICKS(2));
	put(&b, 9U);
	k_sleep(K_TICKS(10));
	run_ready();
	zassert_recorded("1");
	zassert_equal(task.frame.items[1], 9U);
}

/* Timed out and then an object becomes ready, before it has run: the object keeps its value. */
ZTEST(async_select, test_timed_out_before_it_was_served)
{
	start(&task, ALL_RECEIVERS, K_TICKS(2));
	start(&other, ALL_RECEIVERS, K_TICKS(2));
	k_sleep(K_TICKS(10));
	/* The first to run is woken by the clock; the other one too, and then meets the item. */
	(void)eddy_executor_poll(&executor);
	put(&b, 9U);
	run_ready();
	zassert_recorded("tt");
	zassert_equal(get(&b), 9U);
}

/* A canceled select performs nothing, now and at the next try. */
ZTEST(async_select, test_cancel)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	zassert_equal(eddy_cancel(&task.task), 0);
	put(&a, 1U);
	run_ready();
	zassert_recorded("x");
	zassert_equal(get(&a), 1U);
}

/* A task that was canceled before it selects performs nothing, even if it could. */
ZTEST(async_select, test_cancel_before)
{
	put(&a, 1U);
	EDDY_TASK_INIT(&task, chooser, .turns = 1U, .arms = ALL_RECEIVERS, .once = true,
		       .timeout = K_FOREVER);
	spawn(&task.task);
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_recorded("x");
	zassert_equal(get(&a), 1U);
}

/* Served first, then canceled: it keeps what it was served. */
ZTEST(async_select, test_served_then_canceled)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	put(&a, 1U);
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_recorded("0");
	zassert_equal(task.frame.items[0], 1U);
}

/* Closing a channel ends a select that waits for it. */
ZTEST(async_select, test_close)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	eddy_chan_close(&b);
	run_ready();
	zassert_recorded("p");
	zassert_equal(eddy_select_which(&task.frame.select), RECV_B);
	start(&task, ALL_RECEIVERS, K_FOREVER);
	zassert_recorded("pp");
}

/* Two selects on the same objects are served one item each, in their order. */
ZTEST(async_select, test_two_selects)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	start(&other, ALL_RECEIVERS, K_FOREVER);
	put(&a, 1U);
	put(&a, 2U);
	put(&a, 3U);
	run_ready();
	zassert_equal(task.frame.items[0], 1U);
	zassert_equal(other.frame.items[0], 2U);
	zassert_equal(get(&a), 3U);
}

/* One task may be served by several objects on the way; a second select gets the rest. */
ZTEST(async_select, test_what_one_leaves_the_other_gets)
{
	start(&task, ALL_RECEIVERS, K_FOREVER);
	start(&other, BIT(RECV_A), K_FOREVER);
	eddy_signal_raise(&signal, 8U); /* the first one's */
	put(&a, 1U);                    /* passes over its arm */
	run_ready();
	zassert_recorded("20");
	zassert_equal(other.frame.items[0], 1U);
}

/* A task waits for one object in two arms. */
struct doubled {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	uint32_t items[2];
	uint32_t sum;
	unsigned int turns;
	int result;
};

async_fn(doubled)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_chan_recv_arm(&my->select.arm[0], &a, &my->items[0]);
	eddy_chan_recv_arm(&my->select.arm[1], &a, &my->items[1]);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		my->sum += my->items[eddy_select_which(&my->select)];
		my->turns++;
	}
	eddy_select_end(&my->select);
	async_end;
}

static EDDY_TASK_STORAGE(doubled) doubled_task;

/* The same object in two arms: each item arrives once; closing ends it once. */
ZTEST(async_select, test_one_object_in_two_arms)
{
	EDDY_TASK_INIT(&doubled_task, doubled);
	spawn(&doubled_task.task);
	run_ready();
	put(&a, 1U);
	put(&a, 2U); /* passes over both */
	run_ready();
	put(&a, 3U);
	run_ready();
	put(&a, 4U);
	run_ready();
	zassert_equal(eddy_chan_count(&a), 0U);
	zassert_equal(doubled_task.frame.turns, 4U);
	zassert_equal(doubled_task.frame.sum, 10U);
	eddy_chan_close(&a);
	run_ready();
	zassert_equal(eddy_task_try_join(&doubled_task.task), 0);
	zassert_equal(doubled_task.frame.result, -EPIPE);
}

/* A select at the bottom of nested calls returns into its caller. */
struct caller {
	struct eddy_frame frame;
	struct chooser callee;
	int result;
};

async_fn(caller)
{
	async_begin;
	await_into(my->result, eddy_call(self, chooser, &my->callee, .turns = 2U, .once = true,
					 .arms = BIT(RECV_A) | BIT(SIGNAL), .timeout = K_FOREVER));
	record('c');
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(caller) caller_task;

/* A single choice in a function that another one has called. */
ZTEST(async_select, test_in_a_called_function)
{
	EDDY_TASK_INIT(&caller_task, caller);
	spawn(&caller_task.task);
	run_ready();
	eddy_signal_raise(&signal, 0U);
	run_ready();
	put(&a, 1U);
	run_ready();
	zassert_recorded("20c");
	zassert_equal(eddy_task_try_join(&caller_task.task), 0);
}
