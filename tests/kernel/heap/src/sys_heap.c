/* SPDX-License-Identifier: Apache-2.0 */

/* sys_heap: sizes, joining of what is free, realloc. */

#include <zephyr/ztest.h>

#define HEAP_SIZE 2048

static char memory[HEAP_SIZE + 8] __aligned(8);
static struct sys_heap heap;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	sys_heap_init(&heap, memory, HEAP_SIZE);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	zassert_true(sys_heap_validate(&heap));
}

ZTEST_SUITE(sys_heap, NULL, NULL, before, after, NULL);

/* The largest piece that can be had from the heap as it is. */
static size_t largest(void)
{
	size_t bytes = HEAP_SIZE - 16U; /* does not fit; still more would damage Zephyr's heap */
	void *mem;

	while ((mem = sys_heap_alloc(&heap, bytes)) == NULL) {
		bytes--;
		zassert_true(bytes > 0U);
	}
	sys_heap_free(&heap, mem);
	return bytes;
}

/* Every size is served with at least as many bytes, at no great loss, aligned. */
ZTEST(sys_heap, test_sizes)
{
	for (size_t bytes = 1U; bytes < 1500U; bytes++) {
		char *mem = sys_heap_alloc(&heap, bytes);
		size_t usable = sys_heap_usable_size(&heap, mem);

		zassert_not_null(mem);
		zassert_equal((uintptr_t)mem % sizeof(void *), 0U);
		zassert_true(usable >= bytes && usable < bytes + 32U, "%u for %u",
			     (unsigned int)usable, (unsigned int)bytes);
		memset(mem, 0xFF, usable);
		zassert_true(sys_heap_validate(&heap));
		sys_heap_free(&heap, mem);
	}
}

/* A region may begin and end anywhere. */
ZTEST(sys_heap, test_unaligned_region)
{
	for (size_t shift = 1U; shift < 8U; shift++) {
		void *mem;

		sys_heap_init(&heap, memory + shift, HEAP_SIZE - 2U * shift);
		mem = sys_heap_alloc(&heap, 1500);
		zassert_not_null(mem);
		zassert_true((char *)mem > memory && (char *)mem + 1500 <= memory + HEAP_SIZE);
		sys_heap_free(&heap, mem);
	}
}

/* Pieces freed in any order join to what there was. */
ZTEST(sys_heap, test_free_blocks_join)
{
	static const uint8_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	size_t whole = largest();

	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		void *mem[3];
		void *last;

		for (size_t k = 0; k < 3U; k++) {
			mem[k] = sys_heap_alloc(&heap, 100U + k * 40U);
		}
		last = sys_heap_alloc(&heap, 24);
		for (size_t k = 0; k < 3U; k++) {
			sys_heap_free(&heap, mem[orders[i][k]]);
			zassert_true(sys_heap_validate(&heap));
		}
		/* The three as one, in front of the last. */
		mem[0] = sys_heap_alloc(&heap, 400);
		zassert_true((char *)mem[0] < (char *)last);
		sys_heap_free(&heap, mem[0]);
		sys_heap_free(&heap, last);
		zassert_equal(largest(), whole);
	}
}

/* A hole is used again by what fits into it. */
ZTEST(sys_heap, test_holes_are_filled)
{
	void *hole = sys_heap_alloc(&heap, 200);
	void *wall = sys_heap_alloc(&heap, 20);
	char *a;
	char *b;

	sys_heap_free(&heap, hole);
	a = sys_heap_alloc(&heap, 80);
	b = sys_heap_alloc(&heap, 80);
	zassert_true(a < (char *)wall && b < (char *)wall);
	sys_heap_free(&heap, a);
	sys_heap_free(&heap, b);
	zassert_equal_ptr(sys_heap_alloc(&heap, 200), hole);
}

/* Memory that is there is found, be its size such that its bin holds smaller pieces too. */
ZTEST(sys_heap, test_exact_fit)
{
	void *hole = sys_heap_alloc(&heap, 300);

	(void)sys_heap_alloc(&heap, 20);
	while (sys_heap_alloc(&heap, 20) != NULL) {
		/* until there is nothing but the hole */
	}
	sys_heap_free(&heap, hole);
	zassert_equal_ptr(sys_heap_alloc(&heap, 300), hole);
}

/* So it is behind a piece of the same bin that is too small. */
ZTEST(sys_heap, test_fit_behind_a_smaller_one)
{
	void *hole = sys_heap_alloc(&heap, 300);
	void *smaller;

	(void)sys_heap_alloc(&heap, 20);
	smaller = sys_heap_alloc(&heap, 270);
	while (sys_heap_alloc(&heap, 20) != NULL) {
		/* until there is nothing but the holes */
	}
	sys_heap_free(&heap, hole);
	sys_heap_free(&heap, smaller);
	zassert_equal_ptr(sys_heap_alloc(&heap, 300), hole);
	zassert_equal_ptr(sys_heap_alloc(&heap, 270), smaller);
}

static char *filled(size_t bytes)
{
	char *mem = sys_heap_alloc(&heap, bytes);

	for (size_t i = 0; i < bytes; i++) {
		mem[i] = (char)i;
	}
	return mem;
}

static void is_filled(const char *mem, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		zassert_equal(mem[i], (char)i, "at %u", (unsigned int)i);
	}
}

/* A piece with room behind it grows where it is. */
ZTEST(sys_heap, test_realloc_in_place)
{
	char *mem = filled(100);
	void *next;

	zassert_equal_ptr(sys_heap_realloc(&heap, mem, 500), mem); /* nothing behind it */
	zassert_equal_ptr(sys_heap_realloc(&heap, mem, 100), mem);
	next = sys_heap_alloc(&heap, 200);
	(void)sys_heap_alloc(&heap, 20);
	sys_heap_free(&heap, next);
	zassert_equal_ptr(sys_heap_realloc(&heap, mem, 250), mem); /* a hole behind it */
	zassert_true(sys_heap_usable_size(&heap, mem) >= 250U);
	is_filled(mem, 100);
	zassert_true(sys_heap_validate(&heap));
	memset(mem, 0, 250);
	zassert_true(sys_heap_validate(&heap));
}

/* A piece that shrinks gives back the rest. */
ZTEST(sys_heap, test_realloc_shrinks)
{
	char *mem = filled(600);
	char *wall = sys_heap_alloc(&heap, 20);
	char *inside;

	zassert_equal_ptr(sys_heap_realloc(&heap, mem, 100), mem);
	inside = sys_heap_alloc(&heap, 300);
	zassert_true(inside > mem && inside < wall);
	memset(inside, 0xFF, 300);
	is_filled(mem, 100);
}

/* A piece without room moves, with its content. */
ZTEST(sys_heap, test_realloc_moves)
{
	char *mem = filled(100);
	char *moved;

	(void)sys_heap_alloc(&heap, 20);
	moved = sys_heap_realloc(&heap, mem, 400);
	zassert_not_null(moved);
	zassert_not_equal(moved, mem);
	is_filled(moved, 100);
	zassert_equal_ptr(sys_heap_alloc(&heap, 100), mem); /* was freed */
}

/* Without memory realloc leaves everything as it is. */
ZTEST(sys_heap, test_realloc_fails)
{
	char *mem = filled(100);

	(void)sys_heap_alloc(&heap, 20);
	zassert_is_null(sys_heap_realloc(&heap, mem, HEAP_SIZE));
	zassert_is_null(sys_heap_realloc(&heap, mem, SIZE_MAX));
	is_filled(mem, 100);
}

/* realloc of NULL allocates, to 0 frees. */
ZTEST(sys_heap, test_realloc_of_nothing)
{
	void *mem = sys_heap_realloc(&heap, NULL, 1500);

	zassert_not_null(mem);
	zassert_is_null(sys_heap_realloc(&heap, mem, 0));
	zassert_not_null(sys_heap_alloc(&heap, 1500));
}

/* A piece that is not aligned as asked for moves, although it has room. */
ZTEST(sys_heap, test_realloc_aligns)
{
	char *mem = filled(50);

	while ((uintptr_t)mem % 64U == 0U) {
		mem = filled(50);
	}
	mem = sys_heap_aligned_realloc(&heap, mem, 64, 50);
	zassert_not_null(mem);
	zassert_equal((uintptr_t)mem % 64U, 0U);
	is_filled(mem, 50);
}
