/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The list inside a queue, shared by queue.c and queue_alloc.c.
 *
 * What links point to is an item, or a carrier: a node that the queue has allocated, because the
 * item is not to be written to. A link to a carrier has its lowest bit set. Without a system heap
 * there are no carriers, and all of that costs nothing.
 *
 * Locking: sched_lock guards it all.
 */

#ifndef KERNEL_INCLUDE_KQUEUE_H_
#define KERNEL_INCLUDE_KQUEUE_H_

#include <ksched.h>
#include <zephyr/kernel/queue.h>

#define QUEUE_HAS_CARRIERS (CONFIG_HEAP_MEM_POOL_SIZE > 0)

/* The first word of an item, whatever type its owner gave it. */
typedef void *__attribute__((__may_alias__)) queue_link_t;

struct queue_carrier {
	queue_link_t link;
	void *data; /* The item. */
};

static ALWAYS_INLINE void *queue_carrier_link(struct queue_carrier *carrier)
{
	return (char *)carrier + 1;
}

static ALWAYS_INLINE bool queue_is_carrier(const void *link)
{
	return QUEUE_HAS_CARRIERS && ((uintptr_t)link & 1U) != 0U;
}

static ALWAYS_INLINE struct queue_carrier *queue_carrier_of(void *link)
{
	return (struct queue_carrier *)(void *)((char *)link - 1);
}

/* Where the link after @link is. */
static ALWAYS_INLINE queue_link_t *queue_next(void *link)
{
	uintptr_t place = (uintptr_t)link & ~(uintptr_t)(QUEUE_HAS_CARRIERS ? 1U : 0U);

	__ASSERT(place % sizeof(queue_link_t) == 0U, "item %p of a queue is not aligned", link);
	return (queue_link_t *)place;
}

/* Take the item off a carrier that is out of the list, and free that. Without sched_lock. */
void *queue_unload(void *link);

/* Whoever waits first gets @data. */
static ALWAYS_INLINE void queue_serve(struct k_queue *queue, void *data)
{
	struct k_thread *waiter = waitq_take_first(&queue->waiters);

	waiter->wait_data = data;
	sched_wake(waiter, 0);
}

/* Add what @link points to before all others. */
static ALWAYS_INLINE void queue_add_first(struct k_queue *queue, void *link)
{
	*queue_next(link) = queue->head;
	if (queue->head == NULL) {
		queue->tail = link;
	}
	queue->head = link;
}

/* Add what is linked already, from @first to @last, behind all others. */
static ALWAYS_INLINE void queue_add_chain(struct k_queue *queue, void *first, void *last)
{
	if (queue->head == NULL) {
		queue->head = first;
	} else {
		*queue_next(queue->tail) = first;
	}
	queue->tail = last;
}

/* Add what @link points to behind all others. */
static ALWAYS_INLINE void queue_add_last(struct k_queue *queue, void *link)
{
	*queue_next(link) = NULL;
	queue_add_chain(queue, link, link);
}

#endif /* KERNEL_INCLUDE_KQUEUE_H_ */
