/* SPDX-License-Identifier: Apache-2.0 */

/* Message queue: order, waiting on both sides, purge, peek, interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define CAPACITY 3U

K_MSGQ_DEFINE(static_msgq, sizeof(uint32_t), 4, 4);
static struct k_msgq msgq;
static char __aligned(4) buffer[CAPACITY * sizeof(uint32_t)];

/* A worker that sends or receives one message. */
struct party {
	k_timeout_t timeout;
	uint32_t value;
	char letter;
	int result;
};

static void send_one(void *p1, void *p2, void *p3)
{
	struct party *party = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	party->result = 1; /* none of k_msgq_put()'s */
	party->result = k_msgq_put(&msgq, &party->value, party->timeout);
	record(party->letter);
}

static void receive_one(void *p1, void *p2, void *p3)
{
	struct party *party = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	party->result = 1; /* none of k_msgq_get()'s */
	party->result = k_msgq_get(&msgq, &party->value, party->timeout);
	record(party->letter);
}

static void put(uint32_t value)
{
	zassert_equal(k_msgq_put(&msgq, &value, K_NO_WAIT), 0);
}

static void fill(void)
{
	for (uint32_t i = 0; i < CAPACITY; i++) {
		put(i);
	}
}

static void expect_next(uint32_t expected)
{
	uint32_t value = 0;

	zassert_equal(k_msgq_get(&msgq, &value, K_NO_WAIT), 0);
	zassert_equal(value, expected, "got %u, not %u", (unsigned int)value,
		      (unsigned int)expected);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_msgq_init(&msgq, buffer, sizeof(uint32_t), CAPACITY);
}

ZTEST_SUITE(msgq, NULL, NULL, before, workers_after, NULL);

/* Messages come out in the order in which they went in, round and round the buffer. */
ZTEST(msgq, test_first_in_first_out)
{
	for (uint32_t round = 0; round < 10; round++) {
		put(round);
		put(round + 100);
		expect_next(round);
		expect_next(round + 100);
	}
}

/* K_MSGQ_DEFINE() makes a queue that is ready before anything runs. */
ZTEST(msgq, test_define)
{
	struct k_msgq_attrs attrs;
	uint32_t value = 5;

	zassert_equal(k_msgq_put(&static_msgq, &value, K_NO_WAIT), 0);
	k_msgq_get_attrs(&static_msgq, &attrs);
	zassert_equal(attrs.msg_size, sizeof(uint32_t));
	zassert_equal(attrs.max_msgs, 4);
	zassert_equal(attrs.used_msgs, 1);
}

/* Used and free messages add up to the capacity. */
ZTEST(msgq, test_counts)
{
	zassert_equal(k_msgq_num_used_get(&msgq), 0U);
	zassert_equal(k_msgq_num_free_get(&msgq), CAPACITY);
	put(1);
	zassert_equal(k_msgq_num_used_get(&msgq), 1U);
	zassert_equal(k_msgq_num_free_get(&msgq), CAPACITY - 1U);
}

/* Without waiting, a full queue and an empty one say -ENOMSG. */
ZTEST(msgq, test_full_and_empty)
{
	uint32_t value = 9;

	zassert_equal(k_msgq_get(&msgq, &value, K_NO_WAIT), -ENOMSG);
	fill();
	zassert_equal(k_msgq_put(&msgq, &value, K_NO_WAIT), -ENOMSG);
	zassert_equal(k_msgq_num_used_get(&msgq), CAPACITY);
}

/* Waiting in vain, on either side, ends with -EAGAIN once the time is over. */
ZTEST(msgq, test_timeouts)
{
	uint32_t value = 9;
	int64_t start = k_uptime_ticks();

	zassert_equal(k_msgq_get(&msgq, &value, K_MSEC(10)), -EAGAIN);
	fill();
	zassert_equal(k_msgq_put(&msgq, &value, K_MSEC(10)), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= 2 * K_MSEC(10).ticks);
	expect_next(0);
}

/* A message for a waiting receiver goes straight to it. */
ZTEST(msgq, test_put_serves_a_waiting_receiver)
{
	struct party receiver = {K_FOREVER, 0, 'a', 0};

	worker_start(PRIO_HIGH, receive_one, &receiver);
	zassert_equal(receiver.result, 1, "it should be waiting");
	put(42);
	zassert_equal(receiver.result, 0);
	zassert_equal(receiver.value, 42);
	zassert_equal(k_msgq_num_used_get(&msgq), 0U);
}

/* Room for a waiting sender is filled at once with its message, behind the others. */
ZTEST(msgq, test_get_serves_a_waiting_sender)
{
	struct party sender = {K_FOREVER, 42, 'a', 0};

	fill();
	worker_start(PRIO_HIGH, send_one, &sender);
	zassert_equal(sender.result, 1, "it should be waiting");
	expect_next(0);
	zassert_equal(sender.result, 0);
	zassert_equal(k_msgq_num_used_get(&msgq), CAPACITY);
	expect_next(1);
	expect_next(2);
	expect_next(42);
}

/* Waiting receivers are served by priority, then by arrival. */
ZTEST(msgq, test_receivers_are_served_by_priority)
{
	struct party low = {K_FOREVER, 0, 'c', 0};
	struct party high_1 = {K_FOREVER, 0, 'a', 0};
	struct party high_2 = {K_FOREVER, 0, 'b', 0};

	worker_start(PRIO_LOW, receive_one, &low);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, receive_one, &high_1);
	worker_start(PRIO_HIGH, receive_one, &high_2);
	put(1);
	put(2);
	put(3);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abc"), 0, "order: %s", recorded());
	zassert_equal(high_1.value, 1);
	zassert_equal(high_2.value, 2);
	zassert_equal(low.value, 3);
}

/* Waiting senders are served by priority, then by arrival. */
ZTEST(msgq, test_senders_are_served_by_priority)
{
	struct party low = {K_FOREVER, 30, 'c', 0};
	struct party high_1 = {K_FOREVER, 10, 'a', 0};
	struct party high_2 = {K_FOREVER, 20, 'b', 0};

	fill();
	worker_start(PRIO_LOW, send_one, &low);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, send_one, &high_1);
	worker_start(PRIO_HIGH, send_one, &high_2);
	for (uint32_t i = 0; i < CAPACITY; i++) {
		expect_next(i);
	}
	expect_next(10);
	expect_next(20);
	expect_next(30);
}

/* Peeking shows the oldest message and leaves it. */
ZTEST(msgq, test_peek)
{
	uint32_t value = 0;

	zassert_equal(k_msgq_peek(&msgq, &value), -ENOMSG);
	put(7);
	put(8);
	zassert_equal(k_msgq_peek(&msgq, &value), 0);
	zassert_equal(value, 7);
	zassert_equal(k_msgq_num_used_get(&msgq), 2U);
	expect_next(7);
}

/* Any message can be peeked at by its position, also where the ring wraps. */
ZTEST(msgq, test_peek_at)
{
	uint32_t value = 0;

	fill();
	expect_next(0);
	expect_next(1);
	put(3);
	put(4); /* the ring now holds 2 3 4, wrapped */
	for (uint32_t i = 0; i < CAPACITY; i++) {
		zassert_equal(k_msgq_peek_at(&msgq, &value, i), 0);
		zassert_equal(value, i + 2U);
	}
	zassert_equal(k_msgq_peek_at(&msgq, &value, CAPACITY), -ENOMSG);
}

/* A purge drops all messages. */
ZTEST(msgq, test_purge_drops_messages)
{
	uint32_t value = 0;

	fill();
	k_msgq_purge(&msgq);
	zassert_equal(k_msgq_num_used_get(&msgq), 0U);
	zassert_equal(k_msgq_get(&msgq, &value, K_NO_WAIT), -ENOMSG);
	fill();
	expect_next(0);
}

/* After a purge of a half-full queue the next message out is the next one in. */
ZTEST(msgq, test_purge_of_a_half_full_queue)
{
	put(1);
	put(2);
	k_msgq_purge(&msgq);
	put(3);
	put(4);
	expect_next(3);
	expect_next(4);
}

/* A purge sends waiting senders away with -ENOMSG; their messages are gone. */
ZTEST(msgq, test_purge_ends_waiting_senders)
{
	struct party first = {K_FOREVER, 10, 'a', 0};
	struct party second = {K_MSEC(100), 20, 'b', 0};

	fill();
	worker_start(PRIO_HIGH, send_one, &first);
	worker_start(PRIO_HIGH, send_one, &second);
	k_msgq_purge(&msgq);
	zassert_equal(first.result, -ENOMSG);
	zassert_equal(second.result, -ENOMSG);
	zassert_equal(k_msgq_num_used_get(&msgq), 0U);
}

/* A sender whose time is over leaves nothing behind. */
ZTEST(msgq, test_timed_out_sender_leaves_no_message)
{
	struct party sender = {K_MSEC(5), 42, 'a', 0};

	fill();
	worker_start(PRIO_HIGH, send_one, &sender);
	k_sleep(K_MSEC(20));
	zassert_equal(sender.result, -EAGAIN);
	for (uint32_t i = 0; i < CAPACITY; i++) {
		expect_next(i);
	}
	zassert_equal(k_msgq_num_used_get(&msgq), 0U);
}

static int isr_result;

static void put_in_isr(const void *value)
{
	isr_result = k_msgq_put(&msgq, value, K_NO_WAIT);
}

static void get_in_isr(const void *value)
{
	isr_result = k_msgq_get(&msgq, (void *)(uintptr_t)value, K_NO_WAIT);
}

/* An interrupt sends to a waiting thread, to the queue, and is told when it is full. */
ZTEST(msgq, test_put_in_an_interrupt)
{
	struct party receiver = {K_FOREVER, 0, 'a', 0};
	static const uint32_t value = 77;

	worker_start(PRIO_HIGH, receive_one, &receiver);
	irq_offload(put_in_isr, &value);
	zassert_equal(isr_result, 0);
	zassert_equal(receiver.value, 77);

	fill();
	irq_offload(put_in_isr, &value);
	zassert_equal(isr_result, -ENOMSG);
}

/* An interrupt receives, and lets a waiting sender go on. */
ZTEST(msgq, test_get_in_an_interrupt)
{
	struct party sender = {K_FOREVER, 42, 'a', 0};
	static uint32_t value;

	irq_offload(get_in_isr, &value);
	zassert_equal(isr_result, -ENOMSG);

	fill();
	worker_start(PRIO_HIGH, send_one, &sender);
	irq_offload(get_in_isr, &value);
	zassert_equal(isr_result, 0);
	zassert_equal(value, 0);
	zassert_equal(sender.result, 0);
}

/* Messages of an odd size at an odd address are copied whole and to nowhere else. */
ZTEST(msgq, test_odd_sizes)
{
	static char odd_buffer[2 * 5 + 2];
	static struct k_msgq odd;
	char out[8] = "........";

	memset(odd_buffer, '#', sizeof(odd_buffer));
	k_msgq_init(&odd, odd_buffer + 1, 5, 2);
	for (int i = 0; i < 4; i++) {
		zassert_equal(k_msgq_put(&odd, "abcde", K_NO_WAIT), 0);
		zassert_equal(k_msgq_get(&odd, out + 1, K_NO_WAIT), 0);
	}
	zassert_mem_equal(out, ".abcde..", 8);
	zassert_equal(odd_buffer[0], '#');
	zassert_equal(odd_buffer[11], '#');
}

static void put_on_expiry(struct k_timer *timer)
{
	uint32_t value = 5;

	ARG_UNUSED(timer);
	isr_result = k_msgq_put(&msgq, &value, K_NO_WAIT);
}

static K_TIMER_DEFINE(sender_timer, put_on_expiry, NULL);

/* A message sent at the very tick of the time-out is either received or kept, never lost. */
ZTEST(msgq, test_put_at_the_tick_of_the_timeout)
{
	for (int offset = -2; offset <= 2; offset++) {
		uint32_t value = 0;
		int result;

		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&sender_timer, K_TICKS(10 + offset), K_NO_WAIT);
		result = k_msgq_get(&msgq, &value, K_TICKS(10));
		k_sleep(K_TICKS(10));
		if (result == 0) {
			zassert_equal(k_msgq_num_used_get(&msgq), 0U);
		} else {
			zassert_equal(result, -EAGAIN);
			expect_next(5);
		}
	}
}
