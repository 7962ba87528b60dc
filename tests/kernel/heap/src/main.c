/* SPDX-License-Identifier: Apache-2.0 */

/* k_heap: allocation by threads that wait, and by interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define HEAP_SIZE 2048
#define MOST      1600 /* of the heap's bytes: only one such piece fits */
#define HALF      800  /* two such fit, three do not */

K_HEAP_DEFINE(static_heap, HEAP_SIZE);
K_HEAP_DEFINE(tiny_heap, 1);

static char memory[HEAP_SIZE] __aligned(8);
static struct k_heap heap;

/* A worker that allocates once. */
struct asker {
	size_t bytes;
	k_timeout_t timeout;
	char letter;
	void *mem;
};

static void ask(void *p1, void *p2, void *p3)
{
	struct asker *asker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	asker->mem = k_heap_alloc(&heap, asker->bytes, asker->timeout);
	record(asker->letter);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_heap_init(&heap, memory, sizeof(memory));
}

static void after(void *fixture)
{
	workers_after(fixture);
	zassert_true(sys_heap_validate(&heap.heap));
}

ZTEST_SUITE(heap, NULL, NULL, before, after, NULL);

/* K_HEAP_DEFINE() makes a heap that can be used. */
ZTEST(heap, test_define)
{
	void *mem = k_heap_alloc(&static_heap, MOST, K_NO_WAIT);

	zassert_not_null(mem);
	memset(mem, 0xA5, MOST);
	zassert_is_null(k_heap_alloc(&static_heap, MOST, K_NO_WAIT));
	k_heap_free(&static_heap, mem);
	zassert_true(sys_heap_validate(&static_heap.heap));
}

/* The smallest heap serves one piece, and no second one. */
ZTEST(heap, test_define_enlarges_the_tiniest)
{
	void *mem = k_heap_alloc(&tiny_heap, 1, K_NO_WAIT);

	zassert_not_null(mem);
	zassert_is_null(k_heap_alloc(&tiny_heap, 1, K_NO_WAIT));
	k_heap_free(&tiny_heap, mem);
	zassert_not_null(k_heap_alloc(&tiny_heap, 1, K_NO_WAIT));
}

/* What no heap of this size can hold, or nothing at all, is not allocated. */
ZTEST(heap, test_impossible_sizes)
{
	zassert_is_null(k_heap_alloc(&heap, HEAP_SIZE, K_NO_WAIT));
	zassert_is_null(k_heap_alloc(&heap, SIZE_MAX, K_NO_WAIT));
	zassert_is_null(k_heap_alloc(&heap, SIZE_MAX - 3U, K_NO_WAIT));
	zassert_is_null(k_heap_alloc(&heap, 0, K_NO_WAIT));
	zassert_is_null(k_heap_alloc(&heap, HEAP_SIZE, K_MSEC(1)));
}

/* Freed memory can be allocated again; NULL can be freed without an effect. */
ZTEST(heap, test_free)
{
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);

	zassert_not_null(mem);
	k_heap_free(&heap, NULL);
	zassert_is_null(k_heap_alloc(&heap, HALF, K_NO_WAIT));
	k_heap_free(&heap, mem);
	mem = k_heap_alloc(&heap, MOST, K_FOREVER);
	zassert_not_null(mem);
	k_heap_free(&heap, mem);
}

/* Alignments are kept, and cost nothing once all is free again. */
ZTEST(heap, test_aligned_alloc)
{
	for (size_t align = sizeof(void *); align <= 256U; align *= 2U) {
		void *first = k_heap_alloc(&heap, 20, K_NO_WAIT);
		void *mem = k_heap_aligned_alloc(&heap, align, 100, K_NO_WAIT);

		zassert_not_null(mem);
		zassert_equal((uintptr_t)mem % align, 0U, "%p", mem);
		memset(mem, 0xFF, 100);
		zassert_true(sys_heap_validate(&heap.heap));
		k_heap_free(&heap, first);
		k_heap_free(&heap, mem);
		zassert_true(sys_heap_validate(&heap.heap));
	}
	zassert_not_null(k_heap_alloc(&heap, MOST, K_NO_WAIT));
}

/* A thread waits for memory, and gets what another one frees. */
ZTEST(heap, test_wait_for_memory)
{
	struct asker asker = {.bytes = MOST, .timeout = K_FOREVER, .letter = 'a'};
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);

	worker_start(PRIO_HIGH, ask, &asker);
	zassert_recorded("");
	k_heap_free(&heap, mem);
	zassert_recorded("a");
	zassert_not_null(asker.mem);
	zassert_is_null(k_heap_alloc(&heap, HALF, K_NO_WAIT));
}

/* Waiters are served by priority. */
ZTEST(heap, test_waiters_by_priority)
{
	struct asker low = {.bytes = MOST, .timeout = K_FOREVER, .letter = 'l'};
	struct asker high = {.bytes = MOST, .timeout = K_FOREVER, .letter = 'h'};
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);

	worker_start(PRIO_TEST - 1, ask, &low);
	worker_start(PRIO_HIGH, ask, &high);
	k_heap_free(&heap, mem);
	zassert_recorded("h");
	k_heap_free(&heap, high.mem);
	zassert_recorded("hl");
}

/* One piece that is freed may serve several waiters. */
ZTEST(heap, test_one_free_serves_several)
{
	struct asker one = {.bytes = HALF, .timeout = K_FOREVER, .letter = '1'};
	struct asker two = {.bytes = HALF, .timeout = K_FOREVER, .letter = '2'};
	struct asker three = {.bytes = HALF, .timeout = K_FOREVER, .letter = '3'};
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);

	worker_start(PRIO_HIGH, ask, &one);
	worker_start(PRIO_HIGH, ask, &two);
	worker_start(PRIO_HIGH, ask, &three);
	k_heap_free(&heap, mem);
	zassert_recorded("12");
	zassert_not_equal(one.mem, two.mem);
	k_heap_free(&heap, one.mem);
	zassert_recorded("123");
}

/* A small request is served although a more urgent one is too large. */
ZTEST(heap, test_small_request_overtakes)
{
	struct asker large = {.bytes = MOST, .timeout = K_FOREVER, .letter = 'L'};
	struct asker small = {.bytes = HALF, .timeout = K_FOREVER, .letter = 's'};
	void *half = k_heap_alloc(&heap, HALF, K_NO_WAIT);
	void *other_half = k_heap_alloc(&heap, HALF, K_NO_WAIT);

	worker_start(PRIO_HIGH, ask, &large);
	worker_start(PRIO_TEST - 1, ask, &small);
	k_heap_free(&heap, half);
	zassert_recorded("s");
	k_heap_free(&heap, other_half);
	zassert_recorded("s");
	k_heap_free(&heap, small.mem);
	zassert_recorded("sL");
}

/* A wait ends with its time-out, with nothing. */
ZTEST(heap, test_time_out)
{
	struct asker asker = {.bytes = MOST, .timeout = K_MSEC(10), .letter = 'a', .mem = &heap};
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);
	k_tid_t worker = worker_start(PRIO_HIGH, ask, &asker);

	k_sleep(K_MSEC(5));
	zassert_recorded("");
	k_sleep(K_MSEC(10));
	zassert_recorded("a");
	zassert_is_null(asker.mem);
	worker_join(worker);
	k_heap_free(&heap, mem);
}

/* A waiter that is aborted gets nothing, the next one does. */
ZTEST(heap, test_abort_of_a_waiter)
{
	struct asker one = {.bytes = MOST, .timeout = K_FOREVER, .letter = '1'};
	struct asker two = {.bytes = MOST, .timeout = K_FOREVER, .letter = '2'};
	void *mem = k_heap_alloc(&heap, MOST, K_NO_WAIT);
	k_tid_t first = worker_start(PRIO_HIGH, ask, &one);

	worker_start(PRIO_HIGH, ask, &two);
	k_thread_abort(first);
	k_heap_free(&heap, mem);
	zassert_recorded("2");
}

static void *mem_of_isr;

static void alloc_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	mem_of_isr = k_heap_alloc(&heap, MOST, K_NO_WAIT);
	zassert_is_null(k_heap_alloc(&heap, MOST, K_NO_WAIT));
}

static void free_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_heap_free(&heap, mem_of_isr);
}

/* An interrupt allocates without waiting, and what it frees goes to the waiter. */
ZTEST(heap, test_interrupts)
{
	struct asker asker = {.bytes = MOST, .timeout = K_FOREVER, .letter = 'a'};

	irq_offload(alloc_in_isr, NULL);
	zassert_not_null(mem_of_isr);
	worker_start(PRIO_HIGH, ask, &asker);
	irq_offload(free_in_isr, NULL);
	zassert_recorded("a");
	zassert_not_null(asker.mem);
}
