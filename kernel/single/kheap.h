/* SPDX-License-Identifier: Apache-2.0 */

/* Nobody waits for memory where there are no threads. */

#ifndef KERNEL_SINGLE_KHEAP_H_
#define KERNEL_SINGLE_KHEAP_H_

#include <ksched.h>
#include <zephyr/kernel/heap.h>

static inline void *heap_wait(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout,
			      k_spinlock_key_t key)
{
	ARG_UNUSED(heap);
	ARG_UNUSED(align);
	ARG_UNUSED(bytes);
	ARG_UNUSED(timeout);
	sched_unlock(key);
	return NULL;
}

static inline void heap_serve(struct k_heap *heap)
{
	ARG_UNUSED(heap);
}

#endif /* KERNEL_SINGLE_KHEAP_H_ */
