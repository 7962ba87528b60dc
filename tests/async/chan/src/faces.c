/* SPDX-License-Identifier: Apache-2.0 */

/* Channel: tasks, threads and interrupts on one channel. */

#include "movers.h"

ZTEST_SUITE(async_chan_faces, NULL, NULL, chan_before, async_after, NULL);

/* A thread blocks for an item that a task sends. */
ZTEST(async_chan_faces, test_task_to_thread)
{
	struct mover reader = {'r', 5U, K_FOREVER, 0U, 0U, UNSET};

	worker_start(PRIO_HIGH, receive_in_thread, &reader);
	spawn_sender(0, 1U, 5U, K_FOREVER);
	zassert_equal(reader.result, 0);
	zassert_equal(reader.sum, 15U);
	zassert_equal(eddy_task_result(&senders[0].task), 0);
}

/* A thread blocks for the room that a task makes. */
ZTEST(async_chan_faces, test_thread_to_task)
{
	struct mover writer = {'w', 8U, K_FOREVER, 1U, 0U, UNSET};

	worker_start(PRIO_HIGH, send_in_thread, &writer);
	zassert_equal(writer.result, UNSET, "full");
	zassert_str_equal(recorded(), "www");
	spawn_receiver(0, 8U, K_FOREVER);
	zassert_equal(writer.result, 0);
	zassert_equal(receivers[0].frame.sum, 36U);
}

/* Two threads talk by the channel alone. */
ZTEST(async_chan_faces, test_thread_to_thread)
{
	struct mover writer = {'w', 10U, K_FOREVER, 1U, 0U, UNSET};
	struct mover reader = {'r', 10U, K_FOREVER, 0U, 0U, UNSET};

	worker_start(PRIO_LOW, receive_in_thread, &reader);
	worker_start(PRIO_LOW, send_in_thread, &writer);
	k_sleep(K_MSEC(10));
	zassert_equal(writer.result, 0);
	zassert_equal(reader.result, 0);
	zassert_equal(reader.sum, 55U);
}

/* A thread's waits have time limits, on both sides. */
ZTEST(async_chan_faces, test_a_thread_times_out)
{
	uint32_t item = 8U;
	int64_t start = k_uptime_ticks();

	zassert_equal(eddy_chan_recv_blocking(&chan, &item, K_MSEC(10)), -EAGAIN);
	zassert_equal(eddy_chan_recv_blocking(&chan, &item, K_NO_WAIT), -EAGAIN);
	zassert_equal(item, 8U);
	fill(1U);
	zassert_equal(eddy_chan_send_blocking(&chan, &item, K_MSEC(10)), -EAGAIN);
	zassert_equal(eddy_chan_send_blocking(&chan, &item, K_NO_WAIT), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= 2 * K_MSEC(10).ticks);
	zassert_equal(take(), 1U);
}

/* Receivers are served by priority, whether tasks or threads, then by arrival. */
ZTEST(async_chan_faces, test_receivers_are_served_by_priority)
{
	static struct eddy_executor urgent;
	struct mover low = {'l', 1U, K_FOREVER, 0U, 0U, UNSET};
	struct mover coop = {'c', 1U, K_FOREVER, 0U, 0U, UNSET};

	worker_start(PRIO_LOW, receive_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_receiver(0, 1U, K_FOREVER);
	spawn_receiver(1, 1U, K_FOREVER);
	start_executor(&urgent, PRIO_HIGH);
	EDDY_TASK_INIT(&receivers[2], receiver, .letter = 'u', .count = 1U, .timeout = K_FOREVER);
	zassert_equal(eddy_spawn(&urgent, &receivers[2].task), 0);
	worker_start(PRIO_COOP, receive_in_thread, &coop);

	for (uint32_t item = 1U; item <= 5U; item++) {
		zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	}
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_equal(coop.item, 1U);
	zassert_equal(receivers[2].frame.item, 2U);
	zassert_equal(receivers[0].frame.item, 3U);
	zassert_equal(receivers[1].frame.item, 4U);
	zassert_equal(low.item, 5U);
}

/* So are senders: the item of the most urgent one moves in first. */
ZTEST(async_chan_faces, test_senders_are_served_by_priority)
{
	struct mover low = {'l', 1U, K_FOREVER, 30U, 0U, UNSET};
	struct mover high = {'h', 1U, K_FOREVER, 10U, 0U, UNSET};

	fill(1U);
	worker_start(PRIO_LOW, send_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_sender(0, 20U, 1U, K_FOREVER);
	worker_start(PRIO_HIGH, send_in_thread, &high);
	for (uint32_t item = 1U; item <= CAPACITY; item++) {
		zassert_equal(take(), item);
	}
	zassert_equal(take(), 10U);
	zassert_equal(take(), 20U);
	zassert_equal(take(), 30U);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "hsl");
}

static int isr_result;
static uint32_t isr_item;

static void send_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_result = eddy_chan_try_send(&chan, &isr_item);
}

static void receive_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_result = eddy_chan_try_recv(&chan, &isr_item);
}

/* An interrupt sends to a waiting task and to a waiting thread, and finds the channel full. */
ZTEST(async_chan_faces, test_send_in_an_interrupt)
{
	struct mover reader = {'r', 1U, K_FOREVER, 0U, 0U, UNSET};

	spawn_receiver(0, 1U, K_FOREVER);
	isr_item = 5U;
	irq_offload(send_in_isr, NULL);
	zassert_equal(isr_result, 0);
	run_ready();
	zassert_equal(receivers[0].frame.item, 5U);

	worker_start(PRIO_HIGH, receive_in_thread, &reader);
	isr_item = 6U;
	irq_offload(send_in_isr, NULL);
	zassert_equal(reader.result, 0);
	zassert_equal(reader.item, 6U);

	fill(0U);
	irq_offload(send_in_isr, NULL);
	zassert_equal(isr_result, -EAGAIN);
}

/* An interrupt receives, and so lets a waiting sender move in; it finds the channel empty. */
ZTEST(async_chan_faces, test_receive_in_an_interrupt)
{
	struct mover writer = {'w', CAPACITY + 1U, K_FOREVER, 1U, 0U, UNSET};

	irq_offload(receive_in_isr, NULL);
	zassert_equal(isr_result, -EAGAIN);
	worker_start(PRIO_HIGH, send_in_thread, &writer);
	zassert_equal(writer.result, UNSET);
	irq_offload(receive_in_isr, NULL);
	zassert_equal(isr_result, 0);
	zassert_equal(isr_item, 1U);
	zassert_equal(writer.result, 0);
	zassert_equal(eddy_chan_count(&chan), CAPACITY);
}

#define FROM_TIMER 200U

static uint32_t timer_sent;
static uint32_t timer_refused;

/* Sends the numbers from 1 on; one that finds no room is sent again the next time. */
static void send_on_expiry(struct k_timer *timer)
{
	uint32_t item = timer_sent + 1U;

	if (eddy_chan_try_send(&chan, &item) != 0) {
		timer_refused++;
		return;
	}
	timer_sent = item;
	if (timer_sent == FROM_TIMER) {
		k_timer_stop(timer);
	}
}

static K_TIMER_DEFINE(sending_timer, send_on_expiry, NULL);

/* Receives in order, with a pause after every tenth item. */
struct checker {
	struct eddy_frame frame;
	uint32_t item;
	uint32_t expected;
};

async_fn(checker)
{
	async_begin;
	while (my->expected < FROM_TIMER) {
		my->expected++;
		await(eddy_chan_recv(self, &chan, &my->item, SOON));
		zexpect_equal(my->item, my->expected);
		if (my->expected % 10U == 0U) {
			await(eddy_sleep(self, K_TICKS(17)));
		}
	}
	async_end;
}

/* From a k_timer's expiry to a task: every item arrives, in order, at full and at empty channel. */
ZTEST(async_chan_faces, test_timer_to_task)
{
	static EDDY_TASK_STORAGE(checker) storage;

	timer_sent = 0U;
	timer_refused = 0U;
	EDDY_TASK_INIT(&storage, checker);
	spawn(&storage.task);
	k_timer_start(&sending_timer, K_TICKS(1), K_TICKS(3));
	run_until_done(&storage.task);
	zassert_equal(storage.frame.expected, FROM_TIMER);
	zassert_true(timer_refused > 0U, "the channel was never full");
	zassert_equal(eddy_chan_count(&chan), 0U);
}
