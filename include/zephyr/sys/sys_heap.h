/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Heap: memory in pieces of any size from one region, without locks.
 *
 * Whoever shares a heap among threads or interrupts wants a k_heap, or a lock around each call.
 *
 * To allocate or to free takes bounded time, whatever the heap holds. Each piece costs 4 bytes
 * beside its own size, rounded up to a multiple of 8, and at least SYS_HEAP_MIN_BLOCK in all. The
 * heap keeps its own data, some 20 to 300 bytes by its size, at the beginning of the region.
 */

#ifndef ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_
#define ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_

#include <stdbool.h>
#include <stddef.h>

#include <zephyr/types.h>

/** Private; lies at the beginning of the region. */
struct z_heap;

struct sys_heap {
	struct z_heap *heap;
	void *init_mem; /**< What a static definition will be set up with. */
	size_t init_bytes;
};

/** Least bytes that a piece takes. */
#define SYS_HEAP_MIN_BLOCK (2 * sizeof(void *) + 8)

/** The smallest region: one piece fits. */
#define Z_HEAP_MIN_SIZE (sizeof(void *) > 4 ? 168 : 64)

/**
 * @brief Set up a heap over a region, which it owns from then on.
 *
 * @param mem    Lowest address.
 * @param bytes  Its size, Z_HEAP_MIN_SIZE or more; up to 2 GB.
 *
 * @par Context
 * Any, while nobody else uses it. So for all calls below.
 */
void sys_heap_init(struct sys_heap *heap, void *mem, size_t bytes);

/** Allocate. @return Memory aligned to 8 bytes; NULL if none is free, or @p bytes is 0. */
void *sys_heap_alloc(struct sys_heap *heap, size_t bytes);

/** Allocate. @param align  A power of two, or 0 for that of sys_heap_alloc(). */
void *sys_heap_aligned_alloc(struct sys_heap *heap, size_t align, size_t bytes);

/** Free what the calls here returned. NULL: no effect. */
void sys_heap_free(struct sys_heap *heap, void *mem);

/**
 * @brief Change the size of a piece; in place if there is room behind it.
 *
 * @param ptr    What to resize. NULL: allocate.
 * @param align  As for sys_heap_aligned_alloc().
 * @param bytes  New size. 0: free it, return NULL.
 *
 * @return Memory with the old content as far as it fits; if it is other memory, @p ptr has been
 *         freed. NULL: there is none, and @p ptr is as it was.
 *
 * @par Cost
 * Bounded, and one copy if it moves.
 */
void *sys_heap_aligned_realloc(struct sys_heap *heap, void *ptr, size_t align, size_t bytes);

/** sys_heap_aligned_realloc() with the alignment of sys_heap_alloc(). */
#define sys_heap_realloc(heap, ptr, bytes) sys_heap_aligned_realloc(heap, ptr, 0, bytes)

/** Bytes from @p mem that belong to its owner: as many as were asked for, or a few more. */
size_t sys_heap_usable_size(struct sys_heap *heap, void *mem);

/** Whether the heap is well formed. O(pieces): for tests. */
bool sys_heap_validate(struct sys_heap *heap);

#endif /* ZEPHYR_INCLUDE_SYS_SYS_HEAP_H_ */
