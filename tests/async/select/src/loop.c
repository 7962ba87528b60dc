/* SPDX-License-Identifier: Apache-2.0 */

/* Select in a loop: its arms stay in the wait queues while the task does something else. */

#include "chooser.h"

static chooser_task task;
static chooser_task other;

ZTEST_SUITE(async_select_loop, NULL, NULL, chooser_before, async_after, NULL);

#define RECEIVERS (BIT(RECV_A) | BIT(RECV_B) | BIT(SIGNAL))

static void start(chooser_task *storage, unsigned int turns, bool pauses)
{
	EDDY_TASK_INIT(storage, chooser, .turns = turns, .arms = RECEIVERS, .pauses = pauses,
		       .timeout = K_FOREVER);
	spawn(&storage->task);
	run_ready();
}

static void go_on(void)
{
	eddy_signal_raise(&proceed, 0U);
	run_ready();
}

static void finish(void)
{
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_equal(eddy_task_try_join(&task.task), 0);
}

/* While the task does something else, its arms are passed over: objects keep their values. */
ZTEST(async_select_loop, test_dormant_arms_take_nothing)
{
	start(&task, 10U, true);
	put(&a, 1U);
	run_ready(); /* served; now it pauses, with arms in b and signal */
	zassert_recorded("0");
	put(&b, 2U);
	put(&b, 3U);
	eddy_signal_raise(&signal, 4U);
	run_ready();
	zassert_equal(eddy_chan_count(&b), 2U);
	go_on();
	go_on();
	go_on();
	zassert_recorded("0121");
	zassert_equal(task.frame.sum, 6U);
	zassert_equal(task.frame.value, 4U);
	finish();
}

/* A task behind a dormant arm is served in its place. */
ZTEST(async_select_loop, test_dormant_arms_do_not_stand_in_the_way)
{
	start(&task, 10U, true);
	put(&a, 1U);
	run_ready(); /* pauses */
	EDDY_TASK_INIT(&other, chooser, .turns = 1U, .arms = BIT(RECV_B), .once = true,
		       .timeout = K_FOREVER);
	spawn(&other.task);
	run_ready();
	put(&b, 2U);
	run_ready();
	zassert_equal(eddy_task_try_join(&other.task), 0);
	zassert_equal(other.frame.items[1], 2U);
	go_on();
	put(&b, 3U);
	run_ready();
	zassert_equal(task.frame.items[1], 3U, "its arm is back in the queue");
	finish();
}

/* What a dormant arm was passed over for may be gone again at the next turn. */
ZTEST(async_select_loop, test_passed_over_for_nothing)
{
	start(&task, 10U, true);
	put(&a, 1U);
	run_ready(); /* pauses */
	put(&b, 2U);
	zassert_equal(get(&b), 2U);
	go_on();
	zassert_recorded("0");
	put(&b, 3U);
	run_ready();
	zassert_recorded("01");
	zassert_equal(task.frame.items[1], 3U);
	finish();
}

/* Two channels that never run dry have turns alternately. */
ZTEST(async_select_loop, test_no_arm_starves)
{
	for (uint32_t i = 0; i < 4U; i++) {
		put(&a, 1U);
		put(&b, 1U);
	}
	eddy_signal_raise(&signal, 0U);
	start(&task, 10U, false);
	zassert_recorded("012010101");
	finish();
}

/* An arm of a busy channel does not keep back one that became ready while the task was busy. */
ZTEST(async_select_loop, test_a_late_arm_has_its_turn)
{
	start(&task, 20U, true);
	for (unsigned int i = 0; i < 4U; i++) {
		put(&a, 1U);
	}
	run_ready();
	go_on();
	put(&b, 1U);
	go_on();
	go_on();
	zassert_true(strchr(recorded(), '1') != NULL, "record: %s", recorded());
	finish();
}

/* Closed while the arms are dormant: the next turn says so, and the others still work. */
ZTEST(async_select_loop, test_close_while_dormant)
{
	start(&task, 10U, true);
	put(&a, 1U);
	run_ready(); /* pauses */
	eddy_chan_close(&b);
	put(&a, 2U);
	go_on();
	go_on();
	zassert_equal(strlen(recorded()), 3U);
	zassert_true(strcmp(recorded(), "00p") == 0 || strcmp(recorded(), "0p0") == 0);
	finish();
}

/* Ended while some arms are loose and some in their queues: none stays. */
ZTEST(async_select_loop, test_end_while_some_are_loose)
{
	start(&task, 1U, true);
	put(&a, 1U);
	run_ready(); /* pauses; arm a is loose */
	put(&b, 2U);
	zassert_equal(get(&b), 2U); /* arm b is loose too, the signal's waits */
	go_on();
	zassert_equal(eddy_task_try_join(&task.task), 0);
	memset(&task, 0xa5, sizeof(task));
	put(&a, 3U);
	put(&b, 4U);
	eddy_signal_raise(&signal, 5U);
	zassert_equal(get(&a), 3U);
	zassert_equal(get(&b), 4U);
}

/* A select that was ended can be used again: its arms are still set up. */
struct again {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	uint32_t item;
	int result;
};

async_fn(again)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_chan_recv_arm(&my->select.arm[0], &a, &my->item);
	eddy_signal_wait_arm(&my->select.arm[1], &signal, NULL);
	await_into(my->result, eddy_select_next(self, &my->select, K_NO_WAIT));
	zassert_equal(my->result, -EAGAIN);
	eddy_select_end(&my->select);
	eddy_select_end(&my->select); /* does no harm */
	for (;;) {
		await_into(my->result, eddy_select(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	async_end;
}

static EDDY_TASK_STORAGE(again) again_task;

ZTEST(async_select_loop, test_used_again_after_its_end)
{
	EDDY_TASK_INIT(&again_task, again);
	spawn(&again_task.task);
	run_ready();
	put(&a, 1U);
	run_ready();
	eddy_signal_raise(&signal, 0U);
	run_ready();
	put(&a, 1U);
	run_ready();
	zassert_recorded("010");
	zassert_equal(eddy_cancel(&again_task.task), 0);
	run_ready();
	zassert_equal(eddy_task_try_join(&again_task.task), 0);
}

/* Waits for a, then for b, with one and the same arm. */
struct changer {
	struct eddy_frame frame;
	EDDY_SELECT(1) select;
	uint32_t from_a;
	uint32_t from_b;
	int result;
};

async_fn(changer)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_chan_recv_arm(&my->select.arm[0], &a, &my->from_a);
	await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
	zassert_equal(my->result, 0);
	eddy_chan_recv_arm(&my->select.arm[0], &b, &my->from_b);
	await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
	eddy_select_end(&my->select);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(changer) changer_task;

/* An arm that was served and set up anew waits for the new object, and no longer for the old. */
ZTEST(async_select_loop, test_an_arm_set_up_anew)
{
	EDDY_TASK_INIT(&changer_task, changer);
	spawn(&changer_task.task);
	run_ready();
	put(&a, 1U);
	run_ready();
	put(&a, 2U);
	run_ready();
	zassert_equal(get(&a), 2U, "nobody waits for it");
	put(&b, 3U);
	run_ready();
	zassert_equal(eddy_task_try_join(&changer_task.task), 0);
	zassert_equal(changer_task.frame.from_a, 1U);
	zassert_equal(changer_task.frame.from_b, 3U);
}

/* After a time-out the arms stay; the next turn goes on with them. */
ZTEST(async_select_loop, test_timeout_then_next_turn)
{
	EDDY_TASK_INIT(&task, chooser, .turns = 3U, .arms = RECEIVERS, .timeout = K_TICKS(5));
	spawn(&task.task);
	run_ready();
	k_sleep(K_TICKS(10));
	run_ready();
	zassert_recorded("t");
	put(&b, 1U);
	run_ready();
	zassert_recorded("t1");
	run_until_done(&task.task);
	zassert_recorded("t1t");
}

/* Canceled between two turns: the next one performs nothing, though it could. */
ZTEST(async_select_loop, test_cancel_while_dormant)
{
	start(&task, 10U, true);
	put(&a, 1U);
	run_ready(); /* pauses */
	put(&b, 2U);
	finish();
	zassert_recorded("0x");
	zassert_equal(get(&b), 2U);
}

/* A send arm that waits for room sends once for each turn. */
ZTEST(async_select_loop, test_send_arm)
{
	put(&c, 1U);
	EDDY_TASK_INIT(&task, chooser, .turns = 10U, .arms = BIT(SEND_C) | BIT(SIGNAL),
		       .pauses = true, .timeout = K_FOREVER);
	spawn(&task.task);
	run_ready();
	zassert_equal(get(&c), 1U); /* moves the waiting item in */
	run_ready();
	zassert_recorded("3");
	eddy_signal_raise(&signal, 0U);
	go_on();
	zassert_recorded("32");
	go_on(); /* c is full: waits */
	zassert_recorded("32");
	zassert_equal(get(&c), TO_SEND);
	run_ready();
	zassert_recorded("323");
	zassert_equal(get(&c), TO_SEND);
	zassert_equal(eddy_chan_count(&c), 0U, "it pauses: nothing more was sent");
	finish();
}

static void raise_in_interrupt(const void *value)
{
	eddy_signal_raise(&signal, (uintptr_t)value);
}

/* An interrupt serves a select like any other waiter. */
ZTEST(async_select_loop, test_served_by_an_interrupt)
{
	start(&task, 10U, false);
	irq_offload(raise_in_interrupt, (const void *)(uintptr_t)6U);
	run_ready();
	zassert_recorded("2");
	zassert_equal(task.frame.value, 6U);
	finish();
}

static void receive_from_a(void *item, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_chan_recv_blocking(&a, item, K_FOREVER), 0);
	record('w');
}

/* A more urgent thread that blocks on an object of a select is served before it. */
ZTEST(async_select_loop, test_an_urgent_thread_comes_first)
{
	uint32_t item = 0U;

	start(&task, 10U, false);
	worker_start(PRIO_HIGH, receive_from_a, &item);
	put(&a, 1U);
	run_ready();
	zassert_recorded("w");
	zassert_equal(item, 1U);
	put(&a, 2U);
	run_ready();
	zassert_recorded("w0");
	finish();
}
