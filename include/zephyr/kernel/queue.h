/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Queue: an unbounded list of the caller's items, passed by reference. FIFO and LIFO are views of
 * it.
 *
 * An item is any struct, aligned to a word, whose first word is reserved: the queue links items
 * through it while it has them. An item can be in one queue at a time. The calls with `alloc` in
 * their names take any pointer instead.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_QUEUE_H_
#define ZEPHYR_INCLUDE_KERNEL_QUEUE_H_

#include <zephyr/kernel/thread.h>
#include <zephyr/sys/slist.h>

struct k_poll_event;

/** Guarded by the scheduler's lock. */
struct k_queue {
	void *head; /**< NULL: empty. */
	void *tail; /**< Of no meaning if it is empty. */
	struct k_waitq waiters;
#ifdef CONFIG_POLL
	struct k_poll_event *poll_events; /**< Who polls it. */
#endif
};

#define Z_QUEUE_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.head = NULL                                                                       \
	}

/** Define a queue, ready for use. */
#define K_QUEUE_DEFINE(name) struct k_queue name = Z_QUEUE_INITIALIZER(name)

/** Set up an empty queue. Any context, while nobody else uses it. */
void k_queue_init(struct k_queue *queue);

/**
 * @brief Send a waiting thread away.
 *
 * The first thread in k_queue_get() returns NULL. The first poller is told
 * K_POLL_STATE_CANCELLED: its k_poll() returns -EINTR.
 *
 * @par Context
 * Any. In a thread it may switch threads. Cost: O(1).
 */
void k_queue_cancel_wait(struct k_queue *queue);

/**
 * @brief Add @p data behind all items, or hand it to the first thread that waits.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(1); O(log n) pending time-outs if the waiter had one.
 */
void k_queue_append(struct k_queue *queue, void *data);

/** The same, before all items. */
void k_queue_prepend(struct k_queue *queue, void *data);

/**
 * @brief k_queue_append() for what has no word to spare: any pointer, in any number of queues.
 *
 * A small node from the system's heap (CONFIG_HEAP_MEM_POOL_SIZE) carries it, until it is taken.
 *
 * @retval 0        Done.
 * @retval -ENOMEM  Nobody waits for it, and there is no memory for a node.
 */
int32_t k_queue_alloc_append(struct k_queue *queue, void *data);

/** The same, before all items. */
int32_t k_queue_alloc_prepend(struct k_queue *queue, void *data);

/**
 * The same, behind @p prev, an item of this queue; NULL: before all items. If a thread waits, it
 * gets @p data whatever @p prev is.
 */
void k_queue_insert(struct k_queue *queue, void *prev, void *data);

/**
 * @brief Append items that are linked by their first words, the last one to NULL, in one step.
 *
 * Waiting threads get the first ones, the queue what is left.
 *
 * @retval 0        Done.
 * @retval -EINVAL  @p head or @p tail is NULL.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(threads woken) with interrupts masked, however many items.
 */
int k_queue_append_list(struct k_queue *queue, void *head, void *tail);

/** The same with the nodes of @p list, which is empty then. @retval -EINVAL it is empty. */
int k_queue_merge_slist(struct k_queue *queue, sys_slist_t *list);

/**
 * @brief Take the first item, waiting for one if need be.
 *
 * Waiters are served by priority, then by arrival.
 *
 * @param timeout  Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @return The item, or NULL: none came in time, or k_queue_cancel_wait() ended the wait.
 *
 * @par Context
 * Thread; an interrupt must not wait, hence K_NO_WAIT. May switch threads.
 * @par Cost
 * O(1) if there is an item; else O(waiters of lower priority) with interrupts masked.
 */
void *k_queue_get(struct k_queue *queue, k_timeout_t timeout);

/**
 * Remove @p data, wherever it is in the queue. Any context. @return Whether it was there. Cost:
 * O(items) with interrupts masked.
 */
bool k_queue_remove(struct k_queue *queue, void *data);

/** Append @p data unless it is in the queue. @return Whether it was appended. As for the above. */
bool k_queue_unique_append(struct k_queue *queue, void *data);

/** Whether it has no item at this moment: 0 or 1. Any context. */
static inline int k_queue_is_empty(struct k_queue *queue)
{
	return queue->head == NULL ? 1 : 0;
}

/** The first item, which stays there, or NULL. Any context. */
void *k_queue_peek_head(struct k_queue *queue);

/** The last item, which stays there, or NULL. Any context. */
void *k_queue_peek_tail(struct k_queue *queue);

#endif /* ZEPHYR_INCLUDE_KERNEL_QUEUE_H_ */
