/* SPDX-License-Identifier: Apache-2.0 */

/* The system's heap: k_malloc() and its kin. */

#include <zephyr/ztest.h>

ZTEST_SUITE(malloc, NULL, NULL, NULL, NULL, NULL);

/* What is allocated can be written, is apart from the rest, and can be freed. */
ZTEST(malloc, test_malloc)
{
	uint8_t *a = k_malloc(100);
	uint8_t *b = k_malloc(100);

	zassert_not_null(a);
	zassert_not_null(b);
	memset(a, 1, 100);
	memset(b, 2, 100);
	zassert_equal(a[0], 1);
	zassert_equal(a[99], 1);
	k_free(a);
	zassert_equal(b[0], 2);
	k_free(b);
	k_free(NULL);
}

/* Without memory the result is NULL; freeing brings it back. */
ZTEST(malloc, test_exhaustion)
{
	void *blocks[CONFIG_HEAP_MEM_POOL_SIZE / 64];
	size_t count = 0;

	while (count < ARRAY_SIZE(blocks) && (blocks[count] = k_malloc(64)) != NULL) {
		count++;
	}
	zassert_true(count > CONFIG_HEAP_MEM_POOL_SIZE / 64 / 2);
	zassert_true(count < ARRAY_SIZE(blocks));
	while (count > 0) {
		k_free(blocks[--count]);
	}
	blocks[0] = k_malloc(CONFIG_HEAP_MEM_POOL_SIZE / 2);
	zassert_not_null(blocks[0]);
	k_free(blocks[0]);
	zassert_is_null(k_malloc(SIZE_MAX));
}

/* k_calloc() zeroes, and notices a size that does not exist. */
ZTEST(malloc, test_calloc)
{
	uint8_t *dirty = k_malloc(200);
	uint8_t *mem;

	memset(dirty, 0xFF, 200);
	k_free(dirty);
	mem = k_calloc(10, 20);
	zassert_not_null(mem);
	for (int i = 0; i < 200; i++) {
		zassert_equal(mem[i], 0);
	}
	k_free(mem);
	zassert_is_null(k_calloc(SIZE_MAX / 2U, 4));
	zassert_is_null(k_calloc(SIZE_MAX / 2U + 2U, 2));
}

/* k_aligned_alloc() aligns. */
ZTEST(malloc, test_aligned_alloc)
{
	for (size_t align = sizeof(void *); align <= 128U; align *= 2U) {
		void *mem = k_aligned_alloc(align, 40);

		zassert_not_null(mem);
		zassert_equal((uintptr_t)mem % align, 0U);
		k_free(mem);
	}
}

/* Even nothing at all can be allocated and freed. */
ZTEST(malloc, test_nothing)
{
	void *mem = k_malloc(0);

	zassert_not_null(mem);
	k_free(mem);
}
