/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Threads that wait for memory.
 *
 * Whoever frees allocates for the waiters and hands over, so that nobody is woken in vain and the
 * memory is not snatched on the way.
 */

#include <kheap.h>
#include <ksched.h>
#include <zephyr/kernel.h>

/* What a waiter wants, on its own stack; its wait_data points here. */
struct request {
	size_t align;
	size_t bytes;
	void *mem;
};

/* Out of line, as memory is mostly there. */
__noinline void *heap_wait(struct k_heap *heap, size_t align, size_t bytes, k_timeout_t timeout,
			   k_spinlock_key_t key)
{
	struct request request = {.align = align, .bytes = bytes};

	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		sched_unlock(key);
		return NULL;
	}
	kernel.current->wait_data = &request;
	return sched_wait(&heap->waiters, key, timeout) == 0 ? request.mem : NULL;
}

static void serve(struct k_heap *heap, struct k_thread *waiter)
{
	struct request *request = waiter->wait_data;

	request->mem = sys_heap_aligned_alloc(&heap->heap, request->align, request->bytes);
	if (request->mem != NULL) {
		waitq_remove(&heap->waiters, waiter);
		sched_wake(waiter, 0);
	}
}

void heap_serve_waiters(struct k_heap *heap)
{
	struct k_thread *waiter = heap->waiters.first;
	const struct k_thread *last = waiter->prev;
	bool more;

	/* All of them: a small request may be served where a more urgent, large one cannot. */
	do {
		struct k_thread *next = waiter->next;

		more = waiter != last;
		serve(heap, waiter);
		waiter = next;
	} while (more);
}
