/* SPDX-License-Identifier: Apache-2.0 */

/* Slots: many producers and consumers at once; every committed item arrives once. */

#include "async_test.h"

#define PRODUCERS 5
#define CONSUMERS 4
#define EACH      60U

EDDY_SLOTS_DEFINE(crowded, uint32_t, 4);

static uint8_t arrived[PRODUCERS][EACH];
static uint32_t total;
static uint32_t abandoned;

/* Holds its slots for a while, and gives up every seventh. */
struct producer {
	struct eddy_frame frame;
	uint32_t id;
	uint32_t number;
	void *slot;
};

async_fn(producer)
{
	async_begin;
	while (my->number < EACH) {
		await(eddy_slots_reserve(self, &crowded, &my->slot, K_FOREVER));
		*(uint32_t *)my->slot = my->id << 16 | my->number;
		if ((my->number + my->id) % 3U == 0U) {
			await(eddy_sleep(self, K_TICKS(1U + my->id % 3U)));
		}
		zexpect_equal(*(uint32_t *)my->slot, my->id << 16 | my->number);
		if (my->number % 7U == 6U && !arrived[my->id][my->number]) {
			abandoned++;
			arrived[my->id][my->number] = 1U;
			eddy_slots_abandon(&crowded, my->slot);
		} else {
			zexpect_equal(eddy_slots_commit(&crowded, my->slot), 0);
		}
		my->number++;
	}
	async_end;
}

static void note(uint32_t item)
{
	arrived[item >> 16][item & 0xffffU]++;
	total++;
}

struct consumer {
	struct eddy_frame frame;
	void *slot;
	int result;
};

async_fn(consumer)
{
	async_begin;
	for (;;) {
		await_into(my->result, eddy_slots_borrow(self, &crowded, &my->slot, K_FOREVER));
		if (my->result != 0) {
			async_return(my->result);
		}
		await(eddy_yield(self));
		note(*(uint32_t *)my->slot);
		eddy_slots_release(&crowded, my->slot);
	}
	async_end;
}

static void consume_in_thread(void *p1, void *p2, void *p3)
{
	void *slot;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (eddy_slots_borrow_blocking(&crowded, &slot, K_FOREVER) == 0) {
		note(*(uint32_t *)slot);
		eddy_slots_release(&crowded, slot);
	}
	record('t');
}

static EDDY_TASK_STORAGE(producer) producers[PRODUCERS];
static EDDY_TASK_STORAGE(consumer) consumers[CONSUMERS];

ZTEST_SUITE(async_slots_crowd, NULL, NULL, async_before, async_after, NULL);

/* Tasks of two executors and a thread: what is committed arrives once, what is abandoned never. */
ZTEST(async_slots_crowd, test_every_item_arrives_once)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	for (int i = 0; i < CONSUMERS; i++) {
		EDDY_TASK_INIT(&consumers[i], consumer);
		zassert_equal(eddy_spawn(i % 2 == 0 ? &urgent : &executor, &consumers[i].task), 0);
	}
	worker_start(PRIO_HIGH, consume_in_thread, NULL);
	for (uint32_t i = 0U; i < PRODUCERS; i++) {
		EDDY_TASK_INIT(&producers[i], producer, .id = i);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &producers[i].task),
			      0);
	}
	run_for(K_MSEC(500));
	eddy_slots_close(&crowded);
	run_ready();

	for (uint32_t i = 0U; i < PRODUCERS; i++) {
		zassert_equal(eddy_task_try_join(&producers[i].task), 0);
		for (uint32_t number = 0U; number < EACH; number++) {
			zassert_equal(arrived[i][number], 1U, "%u of %u", number, i);
		}
	}
	for (int i = 0; i < CONSUMERS; i++) {
		zassert_equal(eddy_task_try_join(&consumers[i].task), 0);
		zassert_equal(eddy_task_result(&consumers[i].task), -EPIPE);
	}
	zassert_equal(total + abandoned, PRODUCERS * EACH);
	zassert_equal(eddy_slots_count(&crowded), 0U);
	zassert_str_equal(recorded(), "t");
}
