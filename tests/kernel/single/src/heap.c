/* SPDX-License-Identifier: Apache-2.0 */

/* Heaps, which nobody waits for. */

#include "check.h"

#include <zephyr/kernel.h>

K_HEAP_DEFINE(heap, 512);

/* Where there is no memory, allocating returns at once, whatever the limit. */
static void heap_does_not_wait(void)
{
	void *mem = k_heap_alloc(&heap, 300, K_FOREVER);

	CHECK(mem != NULL);
	CHECK(k_heap_alloc(&heap, 300, K_NO_WAIT) == NULL);
	CHECK(k_heap_alloc(&heap, 300, K_FOREVER) == NULL);
	CHECK(k_heap_aligned_alloc(&heap, 64, 300, K_MSEC(1)) == NULL);
	k_heap_free(&heap, mem);
	CHECK(k_heap_alloc(&heap, 300, K_NO_WAIT) == mem);
}

void test_heap(void)
{
	RUN(heap_does_not_wait);
}
