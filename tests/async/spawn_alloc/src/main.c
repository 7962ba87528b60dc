/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks in memory of a heap. */

#include "async_test.h"

static K_HEAP_DEFINE(heap, 1024);
static EDDY_SIGNAL_DEFINE(gate);
static unsigned int ended;

struct guest {
	struct eddy_frame frame;
	uint64_t number; /* in: wants its alignment */
	char letter;     /* in */
};

async_fn(guest)
{
	async_begin;
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	zassert_equal((uintptr_t)my % __alignof__(*my), 0U);
	zassert_equal(my->number, 0x123456789abcdefULL);
	ended++;
	record(my->letter);
	async_end;
}

static int spawn_guest(char letter)
{
	return eddy_spawn_alloc(&executor, &heap, guest, .number = 0x123456789abcdefULL,
				.letter = letter);
}

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
	ended = 0U;
}

ZTEST_SUITE(async_spawn_alloc, NULL, NULL, before, async_after, NULL);

/* Such a task runs as any other. */
ZTEST(async_spawn_alloc, test_spawn)
{
	zassert_equal(spawn_guest('a'), 0);
	run_ready();
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_recorded("a");
}

static unsigned int fill(void)
{
	unsigned int count = 0U;

	while (spawn_guest('x') == 0) {
		count++;
	}
	run_ready();
	for (unsigned int i = 0; i < count; i++) {
		eddy_signal_raise(&gate, 0U);
	}
	run_ready();
	return count;
}

/* A full heap is reported; all of it is free again when the tasks have ended. */
ZTEST(async_spawn_alloc, test_out_of_memory)
{
	unsigned int count = fill();

	zassert_true(count >= 3U, "%u", count);
	zassert_equal(ended, count);
	for (unsigned int i = 0; i < 20U; i++) {
		zassert_equal(fill(), count);
	}
}

static void spawn_in_interrupt(const void *arg)
{
	ARG_UNUSED(arg);
	zassert_equal(spawn_guest('i'), 0);
}

/* An interrupt may spawn one. */
ZTEST(async_spawn_alloc, test_in_an_interrupt)
{
	irq_offload(spawn_in_interrupt, NULL);
	run_ready();
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_recorded("i");
}

static void allocate_in_thread(void *p1, void *p2, void *p3)
{
	void *all;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	all = k_heap_alloc(&heap, sizeof(EDDY_TASK_STORAGE(guest)), K_FOREVER);
	record('t');
	k_heap_free(&heap, all);
}

/* A thread that waits for memory of the heap gets that of a task as it ends. */
ZTEST(async_spawn_alloc, test_a_thread_waits_for_the_memory)
{
	unsigned int spawned = 0U;

	while (spawn_guest('a') == 0) {
		spawned++;
	}
	run_ready();
	worker_start(PRIO_HIGH, allocate_in_thread, NULL);
	zassert_recorded("");
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_recorded("at");
	while (ended < spawned) {
		eddy_signal_raise(&gate, 0U);
		run_ready();
	}
}
