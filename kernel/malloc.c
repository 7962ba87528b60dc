/* SPDX-License-Identifier: Apache-2.0 */

/* The system's heap: k_malloc() and its kin. Part of the kernel with CONFIG_HEAP_MEM_POOL_SIZE. */

#include <zephyr/kernel.h>

K_HEAP_DEFINE(_system_heap, CONFIG_HEAP_MEM_POOL_SIZE);

void *k_malloc(size_t size)
{
	/* None at all is something that can be freed, as on Zephyr. */
	return k_heap_alloc(&_system_heap, MAX(size, 1U), K_NO_WAIT);
}

void *k_aligned_alloc(size_t align, size_t size)
{
	__ASSERT(align != 0U && align % sizeof(void *) == 0U && (align & (align - 1U)) == 0U,
		 "alignment %lu", (unsigned long)align);
	return k_heap_aligned_alloc(&_system_heap, align, MAX(size, 1U), K_NO_WAIT);
}

void *k_calloc(size_t nmemb, size_t size)
{
	size_t bytes;
	void *mem;

	if (__builtin_mul_overflow(nmemb, size, &bytes)) {
		return NULL;
	}
	mem = k_malloc(bytes);
	if (mem != NULL) {
		memset(mem, 0, bytes);
	}
	return mem;
}

void k_free(void *ptr)
{
	if (ptr != NULL) {
		k_heap_free(&_system_heap, ptr);
	}
}
