/* SPDX-License-Identifier: Apache-2.0 */

/* Channel: order, room, and waiting on both sides. */

#include "movers.h"

ZTEST_SUITE(async_chan, NULL, NULL, chan_before, async_after, NULL);

/* Items come out in the order in which they went in, round and round. */
ZTEST(async_chan, test_first_in_first_out)
{
	uint32_t in = 0U;
	uint32_t out = 0U;

	for (int round = 0; round < 20; round++) {
		for (int i = 0; i <= round % CAPACITY; i++) {
			zassert_equal(eddy_chan_try_send(&chan, &in), 0);
			in++;
		}
		while (out < in) {
			zassert_equal(take(), out);
			out++;
		}
	}
}

/* A full channel takes no more, an empty one gives nothing. */
ZTEST(async_chan, test_full_and_empty)
{
	uint32_t item = 55U;

	zassert_equal(eddy_chan_try_recv(&chan, &item), -EAGAIN);
	zassert_equal(item, 55U);
	for (uint16_t i = 0; i < CAPACITY; i++) {
		zassert_equal(eddy_chan_count(&chan), i);
		zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	}
	zassert_equal(eddy_chan_count(&chan), CAPACITY);
	zassert_equal(eddy_chan_try_send(&chan, &item), -EAGAIN);
}

/* A task that need not wait sends and receives within one turn. */
ZTEST(async_chan, test_no_turn_is_spent_without_need)
{
	spawn_sender(0, 10U, CAPACITY, K_FOREVER);
	zassert_equal(eddy_task_try_join(&senders[0].task), 0);
	EDDY_TASK_INIT(&receivers[0], receiver, .letter = 'a', .count = CAPACITY,
		       .timeout = K_FOREVER);
	spawn(&receivers[0].task);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_task_try_join(&receivers[0].task), 0);
	zassert_equal(receivers[0].frame.sum, 10U + 11U + 12U);
}

/* An item for a waiting receiver goes straight to it. */
ZTEST(async_chan, test_a_waiting_receiver_gets_the_item)
{
	uint32_t item = 70U;

	spawn_receiver(0, 1U, K_FOREVER);
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	zassert_equal(eddy_chan_count(&chan), 0U);
	zassert_equal(eddy_chan_try_recv(&chan, &item), -EAGAIN, "it belongs to the task");
	run_ready();
	zassert_equal(eddy_task_result(&receivers[0].task), 0);
	zassert_equal(receivers[0].frame.item, 70U);
}

/* An item of a waiting sender moves in as soon as there is room, behind those inside. */
ZTEST(async_chan, test_a_waiting_sender_moves_in)
{
	fill(1U);
	spawn_sender(0, 4U, 1U, K_FOREVER);
	zassert_true(eddy_task_is_active(&senders[0].task));
	zassert_equal(take(), 1U);
	zassert_equal(eddy_chan_count(&chan), CAPACITY, "the sender's is inside");
	for (uint32_t item = 2U; item <= 4U; item++) {
		zassert_equal(take(), item);
	}
	zassert_equal(eddy_chan_count(&chan), 0U);
	run_ready();
	zassert_equal(eddy_task_result(&senders[0].task), 0);
}

/* Room that a waiting sender is to have cannot be stolen by another. */
ZTEST(async_chan, test_nobody_overtakes_a_waiting_sender)
{
	uint32_t item = 99U;

	fill(1U);
	spawn_sender(0, 4U, 1U, K_FOREVER);
	zassert_equal(take(), 1U);
	zassert_equal(eddy_chan_try_send(&chan, &item), -EAGAIN);
	run_ready();
	zassert_equal(eddy_task_result(&senders[0].task), 0);
}

/* Waiting receivers of one priority are served by arrival, so are senders. */
ZTEST(async_chan, test_waiters_are_served_by_arrival)
{
	for (int i = 0; i < 4; i++) {
		spawn_receiver(i, 1U, K_FOREVER);
	}
	for (uint32_t item = 0U; item < 4U; item++) {
		zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	}
	run_ready();
	for (uint32_t i = 0; i < 4U; i++) {
		zassert_equal(receivers[i].frame.item, i);
	}

	fill(0U);
	for (int i = 0; i < 4; i++) {
		spawn_sender(i, 100U + (uint32_t)i, 1U, K_FOREVER);
	}
	for (uint32_t i = 0; i < CAPACITY; i++) {
		zassert_equal(take(), i);
	}
	for (uint32_t i = 0; i < 4U; i++) {
		zassert_equal(take(), 100U + i);
	}
	run_ready();
	zassert_str_equal(recorded(), "abcdstuv");
}

/* Waits with a time limit end with -EAGAIN; the item was not sent, none was taken. */
ZTEST(async_chan, test_waits_time_out)
{
	int64_t start = k_uptime_ticks();

	spawn_receiver(0, 1U, K_MSEC(10));
	run_until_done(&receivers[0].task);
	zassert_equal(eddy_task_result(&receivers[0].task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);

	fill(1U);
	start = k_uptime_ticks();
	spawn_sender(0, 9U, 1U, K_MSEC(10));
	run_until_done(&senders[0].task);
	zassert_equal(eddy_task_result(&senders[0].task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
	for (uint32_t item = 1U; item <= CAPACITY; item++) {
		zassert_equal(take(), item);
	}
	zassert_equal(eddy_chan_count(&chan), 0U);
}

/* Without waiting, a task is told at once that the channel is full or empty. */
ZTEST(async_chan, test_tasks_that_do_not_wait)
{
	spawn_receiver(0, 1U, K_NO_WAIT);
	zassert_equal(eddy_task_result(&receivers[0].task), -EAGAIN);
	spawn_sender(0, 1U, CAPACITY + 1, K_NO_WAIT);
	zassert_equal(eddy_task_result(&senders[0].task), -EAGAIN);
	zassert_equal(eddy_chan_count(&chan), CAPACITY);
	spawn_receiver(1, CAPACITY + 1, K_NO_WAIT);
	zassert_equal(eddy_task_result(&receivers[1].task), -EAGAIN);
	zassert_equal(receivers[1].frame.sum, 1U + 2U + 3U);
}

/* A waiter that leaves the middle of the queue leaves the others in their order. */
ZTEST(async_chan, test_a_canceled_waiter_leaves_the_queue)
{
	for (int leaver = 0; leaver < 3; leaver++) {
		chan_before(NULL);
		for (int i = 0; i < 3; i++) {
			spawn_receiver(i, 1U, K_FOREVER);
		}
		zassert_equal(eddy_cancel(&receivers[leaver].task), 0);
		for (uint32_t item = 1U; item <= 2U; item++) {
			zassert_equal(eddy_chan_try_send(&chan, &item), 0);
		}
		run_ready();
		zassert_equal(eddy_task_result(&receivers[leaver].task), -ECANCELED);
		zassert_equal(receivers[leaver == 0 ? 1 : 0].frame.item, 1U);
		zassert_equal(receivers[leaver == 2 ? 1 : 2].frame.item, 2U);
	}
}

struct coordinates {
	int16_t x;
	int16_t y;
	uint8_t flag;
};

EDDY_CHAN_DEFINE(places, struct coordinates, 2);

/* Items may be of any size, with any alignment. */
ZTEST(async_chan, test_items_of_any_type)
{
	static struct eddy_chan bytes;
	static char buffer[7 * 3];
	struct coordinates place = {-3, 4, 1U};
	char text[7];

	zassert_equal(eddy_chan_try_send(&places, &place), 0);
	memset(&place, 0, sizeof(place));
	zassert_equal(eddy_chan_try_recv(&places, &place), 0);
	zassert_equal(place.x, -3);
	zassert_equal(place.y, 4);
	zassert_equal(place.flag, 1U);

	zassert_equal(eddy_chan_init(&bytes, buffer, 7U, 3U), 0);
	for (int i = 0; i < 5; i++) {
		zassert_equal(eddy_chan_try_send(&bytes, "abcdef"), 0);
		zassert_equal(eddy_chan_try_send(&bytes, "ghijkl"), 0);
		zassert_equal(eddy_chan_try_recv(&bytes, text), 0);
		zassert_str_equal(text, "abcdef");
		zassert_equal(eddy_chan_try_recv(&bytes, text), 0);
		zassert_str_equal(text, "ghijkl");
	}
}

/* A channel needs room for at least one item of at least one byte. */
ZTEST(async_chan, test_init_refuses_nothing)
{
	struct eddy_chan other;
	char buffer[4];

	zassert_equal(eddy_chan_init(&other, buffer, 0U, 4U), -EINVAL);
	zassert_equal(eddy_chan_init(&other, buffer, 4U, 0U), -EINVAL);
	zassert_equal(eddy_chan_init(&other, buffer, 1U, 4U), 0);
	zassert_equal(eddy_chan_count(&other), 0U);
}
