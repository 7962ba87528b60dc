/* SPDX-License-Identifier: Apache-2.0 */

/* What owners of memory may do wrong is caught when it is freed. */

#include <zephyr/ztest.h>

static char memory[1024] __aligned(8);
static struct sys_heap heap;

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	sys_heap_init(&heap, memory, sizeof(memory));
}

/* Without assertions there is nothing to catch it. */
static bool are_asserted(const void *global_state)
{
	ARG_UNUSED(global_state);
	return IS_ENABLED(CONFIG_ASSERT);
}

ZTEST_SUITE(heap_misuse, are_asserted, NULL, before, NULL, NULL);

static void free_is_caught(void *mem)
{
	ztest_set_assert_valid(true);
	sys_heap_free(&heap, mem);
	ztest_set_assert_valid(false);
	ztest_test_fail();
}

/* The last piece freed twice. */
ZTEST(heap_misuse, test_double_free_of_the_last)
{
	void *mem = sys_heap_alloc(&heap, 50);

	sys_heap_free(&heap, mem);
	free_is_caught(mem);
}

/* A piece between others freed twice. */
ZTEST(heap_misuse, test_double_free_between_others)
{
	void *mem;

	(void)sys_heap_alloc(&heap, 50);
	mem = sys_heap_alloc(&heap, 50);
	(void)sys_heap_alloc(&heap, 50);
	sys_heap_free(&heap, mem);
	free_is_caught(mem);
}

/* The same when it has been joined with its neighbors on both sides. */
ZTEST(heap_misuse, test_double_free_of_a_joined_piece)
{
	void *before_it = sys_heap_alloc(&heap, 50);
	void *mem = sys_heap_alloc(&heap, 50);
	void *after_it = sys_heap_alloc(&heap, 50);

	(void)sys_heap_alloc(&heap, 50);
	sys_heap_free(&heap, before_it);
	sys_heap_free(&heap, after_it);
	sys_heap_free(&heap, mem);
	free_is_caught(mem);
}

/* A pointer into the middle of a piece. */
ZTEST(heap_misuse, test_free_of_an_inner_pointer)
{
	char *mem = sys_heap_alloc(&heap, 64);

	memset(mem, 0, 64);
	free_is_caught(mem + 32);
}

/* Memory that is not the heap's. */
ZTEST(heap_misuse, test_free_of_foreign_memory)
{
	static char foreign[64] __aligned(8);

	(void)sys_heap_alloc(&heap, 64);
	free_is_caught(foreign + 8);
}

/* A piece whose owner wrote beyond its end into the next, when that is freed. */
ZTEST(heap_misuse, test_overrun)
{
	char *mem = sys_heap_alloc(&heap, 52);
	void *next = sys_heap_alloc(&heap, 50);

	memset(mem, 0x5A, sys_heap_usable_size(&heap, mem) + 4U);
	zassert_false(sys_heap_validate(&heap));
	free_is_caught(next);
}
