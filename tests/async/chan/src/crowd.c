/* SPDX-License-Identifier: Apache-2.0 */

/* Channel: many senders and receivers at once; every item arrives once. */

#include "movers.h"

#define SENDERS   12
#define RECEIVERS 7
#define EACH      50U

static uint8_t arrived[SENDERS][EACH];
static uint32_t next_of[SENDERS];
static uint32_t total;

/* Items carry their sender and number. */
struct producer {
	struct eddy_frame frame;
	uint32_t id;
	uint32_t number;
	uint32_t item;
};

async_fn(producer)
{
	async_begin;
	for (; my->number < EACH; my->number++) {
		my->item = my->id << 16 | my->number;
		await(eddy_chan_send(self, &chan, &my->item, K_FOREVER));
		if ((my->number + my->id) % 5U == 0U) {
			await(eddy_sleep(self, K_TICKS(1U + my->id % 3U)));
		}
	}
	async_end;
}

static void note(uint32_t item)
{
	uint32_t id = item >> 16;
	uint32_t number = item & 0xffffU;

	zassert_true(id < SENDERS && number < EACH, "no such item was sent");
	arrived[id][number]++;
	total++;
}

struct consumer {
	struct eddy_frame frame;
	uint32_t item;
	int result;
	uint32_t pause;
};

async_fn(consumer)
{
	async_begin;
	for (;;) {
		await_into(my->result, eddy_chan_recv(self, &chan, &my->item, K_FOREVER));
		if (my->result != 0) {
			async_return(my->result);
		}
		note(my->item);
		if (my->item % 7U == my->pause) {
			await(eddy_yield(self));
		}
	}
	async_end;
}

static void consume_in_thread(void *p1, void *p2, void *p3)
{
	uint32_t item;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (eddy_chan_recv_blocking(&chan, &item, K_MSEC(50)) == 0) {
		note(item);
	}
	record('t');
}

static EDDY_TASK_STORAGE(producer) producers[SENDERS];
static EDDY_TASK_STORAGE(consumer) consumers[RECEIVERS];

static void before(void *fixture)
{
	chan_before(fixture);
	memset(arrived, 0, sizeof(arrived));
	memset(next_of, 0, sizeof(next_of));
	total = 0U;
}

ZTEST_SUITE(async_chan_crowd, NULL, NULL, before, async_after, NULL);

static void spawn_producers(struct eddy_executor *other)
{
	for (uint32_t i = 0; i < SENDERS; i++) {
		EDDY_TASK_INIT(&producers[i], producer, .id = i);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : other, &producers[i].task), 0);
	}
}

static void check_arrivals(void)
{
	for (uint32_t id = 0; id < SENDERS; id++) {
		zassert_equal(eddy_task_try_join(&producers[id].task), 0);
		for (uint32_t number = 0; number < EACH; number++) {
			zassert_equal(arrived[id][number], 1U, "%u of %u arrived %u times", number,
				      id, arrived[id][number]);
		}
	}
	zassert_equal(total, SENDERS * EACH);
	zassert_equal(eddy_chan_count(&chan), 0U);
}

/*
 * Tasks of two executors send, tasks of both and two threads receive: nothing lost, nothing
 * twice.
 */
ZTEST(async_chan_crowd, test_every_item_arrives_once)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	for (uint32_t i = 0; i < RECEIVERS; i++) {
		EDDY_TASK_INIT(&consumers[i], consumer, .pause = i);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &urgent : &executor, &consumers[i].task),
			      0);
	}
	worker_start(PRIO_HIGH, consume_in_thread, NULL);
	worker_start(PRIO_LOW, consume_in_thread, NULL);
	spawn_producers(&urgent);
	run_for(K_SECONDS(2));
	check_arrivals();

	for (uint32_t i = 0; i < RECEIVERS; i++) {
		zassert_equal(eddy_cancel(&consumers[i].task), 0);
	}
	run_ready();
	zassert_str_equal(recorded(), "tt");
}

/* Checks that the items of each sender come in the order in which it sent them. */
struct orderly {
	struct eddy_frame frame;
	uint32_t item;
};

async_fn(orderly)
{
	uint32_t id;

	async_begin;
	while (total < SENDERS * EACH) {
		await(eddy_chan_recv(self, &chan, &my->item, SOON));
		note(my->item);
		id = my->item >> 16;
		zexpect_equal(my->item & 0xffffU, next_of[id]);
		next_of[id]++;
	}
	async_end;
}

/* One receiver gets the items of each sender in the order in which they were sent. */
ZTEST(async_chan_crowd, test_each_senders_items_keep_their_order)
{
	static struct eddy_executor patient;
	static EDDY_TASK_STORAGE(orderly) storage;

	start_executor(&patient, PRIO_LOW);
	EDDY_TASK_INIT(&storage, orderly);
	spawn(&storage.task);
	spawn_producers(&patient);
	run_until_done(&storage.task);
	k_sleep(K_MSEC(10));
	check_arrivals();
}
