/* SPDX-License-Identifier: Apache-2.0 */

/* Waiting for memory: heap_wait.c. Without threads single/kheap.h takes the place of this. */

#ifndef KERNEL_INCLUDE_KHEAP_H_
#define KERNEL_INCLUDE_KHEAP_H_

#include <ksched.h>
#include <zephyr/kernel/heap.h>

/* There is no memory: wait for it, as @timeout allows. Releases sched_lock with @key. */
void *heap_wait(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout,
		k_spinlock_key_t key);

/* There are waiters, and memory has been freed: serve them. sched_lock held. */
void heap_serve_waiters(struct k_heap *heap);

static inline void heap_serve(struct k_heap *heap)
{
	if (heap->waiters.first != NULL) {
		heap_serve_waiters(heap);
	}
}

#endif /* KERNEL_INCLUDE_KHEAP_H_ */
