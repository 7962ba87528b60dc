/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Heaps that threads share: they can wait for memory. And the system's heap.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_HEAP_H_
#define ZEPHYR_INCLUDE_KERNEL_HEAP_H_

#include <zephyr/init.h>
#include <zephyr/kernel/thread.h>
#include <zephyr/sys/sys_heap.h>

/** Guarded by the scheduler's lock. */
struct k_heap {
	struct sys_heap heap;
	struct k_waitq waiters;
};

/**
 * Define a heap and its region of @p bytes (the heap's own data included), set up at start-up: from
 * PRE_KERNEL_1, priority 30, on.
 */
#define K_HEAP_DEFINE(name_, bytes_)                                                               \
	char __noinit __aligned(8) _k_heap_##name_[MAX((bytes_), Z_HEAP_MIN_SIZE)];                \
	struct k_heap name_ = {                                                                    \
		.heap = {.init_mem = _k_heap_##name_, .init_bytes = sizeof(_k_heap_##name_)},      \
	};                                                                                         \
	static int _k_heap_init_##name_(void)                                                      \
	{                                                                                          \
		k_heap_init(&name_, _k_heap_##name_, sizeof(_k_heap_##name_));                     \
		return 0;                                                                          \
	}                                                                                          \
	SYS_INIT(_k_heap_init_##name_, PRE_KERNEL_1, 30)

/** Set up a heap over a region, see sys_heap_init(). Any context, while nobody else uses it. */
void k_heap_init(struct k_heap *heap, void *mem, size_t bytes);

/**
 * @brief Allocate, waiting for memory if need be.
 *
 * Memory that is freed goes to the first waiter, by priority, then arrival, whose request it
 * serves.
 *
 * @param bytes    0 is never served.
 * @param timeout  Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @return Memory aligned to 8 bytes; NULL: none in time.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * O(1) with interrupts masked; to wait, O(waiters of lower priority).
 */
void *k_heap_alloc(struct k_heap *heap, size_t bytes, k_timeout_t timeout);

/** k_heap_alloc() with an alignment, a power of two. */
void *k_heap_aligned_alloc(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout);

/**
 * @brief Free what k_heap_alloc() returned. NULL: no effect.
 *
 * @par Context
 * Any. May switch threads.
 * @par Cost
 * O(1) with interrupts masked; O(waiters) if there are any.
 */
void k_heap_free(struct k_heap *heap, void *mem);

/**
 * @brief Allocate from the system's heap, of CONFIG_HEAP_MEM_POOL_SIZE bytes. Does not wait.
 *
 * @return Memory aligned to 8 bytes, 1 byte at least; NULL if there is none. Any context.
 */
void *k_malloc(size_t size);

/** k_malloc() with an alignment: a power of two, and a multiple of a pointer's size. */
void *k_aligned_alloc(size_t align, size_t size);

/** k_malloc() for an array, zeroed. NULL too if its size is beyond all numbers. */
void *k_calloc(size_t nmemb, size_t size);

/** Free what these returned. NULL: no effect. Any context. */
void k_free(void *ptr);

/** No effect: what the kernel allocates for a thread comes from the system's heap in any case. */
static inline void k_thread_system_pool_assign(struct k_thread *thread)
{
	ARG_UNUSED(thread);
}

#endif /* ZEPHYR_INCLUDE_KERNEL_HEAP_H_ */
