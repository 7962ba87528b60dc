/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Heaps that threads and interrupts share.
 *
 * Locking: sched_lock guards all of a heap. It is held for one operation of sys_heap.c, which takes
 *          bounded time.
 */

#include <kheap.h>
#include <ksched.h>
#include <zephyr/kernel.h>

void k_heap_init(struct k_heap *heap, void *mem, size_t bytes)
{
	heap->waiters.first = NULL;
	sys_heap_init(&heap->heap, mem, bytes);
}

void *k_heap_alloc(struct k_heap *heap, size_t bytes, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *mem = sys_heap_alloc(&heap->heap, bytes);

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "heap %p: an interrupt must not wait", (void *)heap);
	if (unlikely(mem == NULL)) {
		return heap_wait(heap, 0U, bytes, timeout, key);
	}
	sched_unlock(key);
	return mem;
}

void *k_heap_aligned_alloc(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *mem = sys_heap_aligned_alloc(&heap->heap, align, bytes);

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "heap %p: an interrupt must not wait", (void *)heap);
	if (mem == NULL) {
		return heap_wait(heap, align, bytes, timeout, key);
	}
	sched_unlock(key);
	return mem;
}

void k_heap_free(struct k_heap *heap, void *mem)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	sys_heap_free(&heap->heap, mem);
	heap_serve(heap);
	sched_unlock(key);
}
