/* SPDX-License-Identifier: Apache-2.0 */

/* Channel: closing it, and loops that end by that. */

#include <zephyr/irq.h>

#include "irq_lines.h"
#include "movers.h"

#define PRIORITY 3

static uint32_t buffer[CAPACITY];

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_chan_init(&chan, buffer, sizeof(buffer[0]), CAPACITY), 0);
}

/* The other suites need it open. */
static void after(void *fixture)
{
	async_after(fixture);
	zassert_equal(eddy_chan_init(&chan, buffer, sizeof(buffer[0]), CAPACITY), 0);
}

ZTEST_SUITE(async_chan_close, NULL, NULL, before, after, NULL);

/* Nothing can be sent any more; what is inside can be received. */
ZTEST(async_chan_close, test_what_is_inside_stays)
{
	uint32_t item = 9U;

	fill(1U);
	eddy_chan_close(&chan);
	zassert_equal(eddy_chan_try_send(&chan, &item), -EPIPE);
	zassert_equal(take(), 1U);
	zassert_equal(eddy_chan_try_send(&chan, &item), -EPIPE, "room does not matter");
	zassert_equal(eddy_chan_send_blocking(&chan, &item, K_FOREVER), -EPIPE);
	spawn_sender(0, 1U, 1U, K_FOREVER);
	zassert_equal(eddy_task_result(&senders[0].task), -EPIPE);
	spawn_receiver(0, CAPACITY, K_FOREVER);
	zassert_equal(receivers[0].frame.sum, 2U + 3U);
	zassert_equal(eddy_task_result(&receivers[0].task), -EPIPE);
	zassert_equal(eddy_chan_recv_blocking(&chan, &item, K_FOREVER), -EPIPE);
	zassert_equal(eddy_chan_try_recv(&chan, &item), -EPIPE);
}

/* Receivers that wait are told, tasks and threads, with a limit and without. */
ZTEST(async_chan_close, test_waiting_receivers)
{
	struct mover high = {'h', 1U, K_FOREVER, 0U, 0U, UNSET};
	struct mover low = {'l', 1U, K_MSEC(100), 0U, 0U, UNSET};

	worker_start(PRIO_LOW, receive_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_receiver(0, 1U, K_FOREVER);
	spawn_receiver(1, 1U, K_MSEC(100));
	worker_start(PRIO_HIGH, receive_in_thread, &high);
	eddy_chan_close(&chan);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "habl");
	zassert_equal(eddy_task_result(&receivers[0].task), -EPIPE);
	zassert_equal(eddy_task_result(&receivers[1].task), -EPIPE);
	zassert_equal(high.result, -EPIPE);
	zassert_equal(low.result, -EPIPE);
}

/* Senders that wait are told, and their items do not move in later. */
ZTEST(async_chan_close, test_waiting_senders)
{
	struct mover high = {'h', 1U, K_FOREVER, 50U, 0U, UNSET};

	fill(1U);
	spawn_sender(0, 51U, 1U, K_FOREVER);
	worker_start(PRIO_HIGH, send_in_thread, &high);
	eddy_chan_close(&chan);
	run_ready();
	zassert_equal(high.result, -EPIPE);
	zassert_equal(eddy_task_result(&senders[0].task), -EPIPE);
	for (uint32_t item = 1U; item <= CAPACITY; item++) {
		zassert_equal(take(), item);
	}
	zassert_equal(eddy_chan_count(&chan), 0U);
}

/* Closing again changes nothing; setting it up opens it anew. */
ZTEST(async_chan_close, test_again)
{
	eddy_chan_close(&chan);
	eddy_chan_close(&chan);
	spawn_receiver(0, 1U, K_FOREVER);
	zassert_equal(eddy_task_result(&receivers[0].task), -EPIPE);
	zassert_equal(eddy_chan_init(&chan, buffer, sizeof(buffer[0]), CAPACITY), 0);
	fill(5U);
	zassert_equal(take(), 5U);
}

/* One that was served before the close has its item; one that was canceled before it is so. */
ZTEST(async_chan_close, test_in_the_same_instant)
{
	uint32_t item = 7U;

	spawn_receiver(0, 1U, K_FOREVER);
	spawn_receiver(1, 1U, K_FOREVER);
	spawn_receiver(2, 1U, K_FOREVER);
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	zassert_equal(eddy_cancel(&receivers[1].task), 0);
	eddy_chan_close(&chan);
	zassert_equal(eddy_cancel(&receivers[2].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&receivers[0].task), 0);
	zassert_equal(receivers[0].frame.item, 7U);
	zassert_equal(eddy_task_result(&receivers[1].task), -ECANCELED);
	zassert_equal(eddy_task_result(&receivers[2].task), -EPIPE, "the close came first");
}

static void close_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	eddy_chan_close(&chan);
}

/* An interrupt closes. */
ZTEST(async_chan_close, test_in_an_interrupt)
{
	struct mover high = {'h', 1U, K_FOREVER, 0U, 0U, UNSET};

	worker_start(PRIO_HIGH, receive_in_thread, &high);
	spawn_receiver(0, 1U, K_FOREVER);
	irq_offload(close_in_isr, NULL);
	run_ready();
	zassert_equal(high.result, -EPIPE);
	zassert_equal(eddy_task_result(&receivers[0].task), -EPIPE);
}

/* Selects until the channel is closed. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	uint32_t in;
	uint32_t out;
	int result;
};

EDDY_CHAN_DEFINE(full, uint32_t, 1);

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_chan_recv_arm(&my->select.arm[0], &chan, &my->in);
	eddy_chan_send_arm(&my->select.arm[1], &full, &my->out);
	do {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		record((char)('0' + eddy_select_which(&my->select)));
	} while (my->result == 0);
	eddy_select_end(&my->select);
	async_return(my->result);
	async_end;
}

/* Arms of a select are told as well, whether the task waits at the time or is about to. */
ZTEST(async_chan_close, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;
	uint32_t item = 3U;

	zassert_equal(eddy_chan_try_send(&full, &item), 0);
	EDDY_TASK_INIT(&task, chooser);
	spawn(&task.task);
	run_ready();
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	eddy_chan_close(&chan); /* the task has been served, and has yet to run */
	run_ready();
	zassert_equal(eddy_task_try_join(&task.task), 0);
	zassert_equal(eddy_task_result(&task.task), -EPIPE);
	zassert_str_equal(recorded(), "00");

	before(NULL);
	EDDY_TASK_INIT(&task, chooser);
	spawn(&task.task);
	run_ready();
	eddy_chan_close(&full);
	run_ready();
	zassert_equal(eddy_task_result(&task.task), -EPIPE);
	zassert_str_equal(recorded(), "1");
}

/* Sums up what it receives; leaves some out, and stops at others. */
struct adder {
	struct eddy_frame frame;
	uint32_t item;
	uint32_t skip;
	uint32_t stop;
	uint32_t sum;
	int rc;
};

async_fn(adder)
{
	async_begin;
	eddy_chan_for_each(self, my->rc, &chan, &my->item) {
		if (my->item == my->skip) {
			continue;
		} else if (my->item == my->stop) {
			break;
		}
		await(eddy_yield(self));
		my->sum += my->item;
	}
	record('e');
	async_return(my->rc);
	async_end;
}

static EDDY_TASK_STORAGE(adder) adders[2];

static void spawn_adder(uint32_t skip, uint32_t stop)
{
	EDDY_TASK_INIT(&adders[0], adder, .skip = skip, .stop = stop);
	spawn(&adders[0].task);
	run_ready();
}

/* A loop goes on until the channel is closed and empty. */
ZTEST(async_chan_close, test_for_each)
{
	fill(1U);
	spawn_adder(2U, 99U);
	zassert_true(eddy_task_is_active(&adders[0].task));
	zassert_equal(adders[0].frame.sum, 1U + 3U);
	fill(10U); /* the first of them goes straight to the task */
	eddy_chan_close(&chan);
	run_ready();
	zassert_equal(eddy_task_try_join(&adders[0].task), 0);
	zassert_equal(eddy_task_result(&adders[0].task), -EPIPE);
	zassert_equal(adders[0].frame.sum, 1U + 3U + 10U + 11U + 12U + 13U);
	zassert_str_equal(recorded(), "e");
}

/* A loop can be left, and takes no item behind that. */
ZTEST(async_chan_close, test_for_each_is_left)
{
	fill(1U);
	spawn_adder(99U, 2U);
	zassert_equal(eddy_task_result(&adders[0].task), 1);
	zassert_equal(adders[0].frame.sum, 1U);
	zassert_equal(take(), 3U);
}

/* A loop ends when its task is canceled, while it waits for an item and in its body. */
ZTEST(async_chan_close, test_for_each_is_canceled)
{
	uint32_t item = 4U;

	spawn_adder(99U, 99U);
	zassert_equal(eddy_cancel(&adders[0].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&adders[0].task), -ECANCELED);

	EDDY_TASK_INIT(&adders[0], adder, .skip = 99U, .stop = 99U);
	spawn(&adders[0].task);
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	zassert_true(eddy_executor_poll(&executor)); /* to the yield in the body */
	zassert_equal(eddy_cancel(&adders[0].task), 0);
	fill(5U);
	run_ready();
	zassert_equal(eddy_task_result(&adders[0].task), -ECANCELED);
	zassert_equal(adders[0].frame.sum, 4U, "what it had received, it has dealt with");
	zassert_equal(eddy_chan_count(&chan), CAPACITY);
}

EDDY_CHAN_DEFINE(wide, uint64_t, 1);

static void close_wide(const void *unused)
{
	ARG_UNUSED(unused);
	eddy_chan_close(&wide);
}

/* Sent is sent, even if an interrupt closes the channel before the sender has returned. */
ZTEST(async_chan_close, test_closed_in_the_instant_of_sending)
{
	uint64_t item = 5U;
	k_spinlock_key_t key;

	IRQ_CONNECT(IRQ_LINE, PRIORITY, close_wide, NULL, 0);
	irq_enable(IRQ_LINE);
	key = k_spin_lock(&eddy_lock);
	eddy_irq_pend(IRQ_LINE); /* comes as soon as the lock is released */
	zassert_equal(eddy_chan_send_op.attempt(&wide, &item, key), 0);
	item = 0U;
	zassert_equal(eddy_chan_try_send(&wide, &item), -EPIPE, "it has come");
	zassert_equal(eddy_chan_try_recv(&wide, &item), 0);
	zassert_equal(item, 5U);
}
