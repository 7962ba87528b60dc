/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * FIFO: a queue whose items leave in the order in which they came. queue.h says what an item is,
 * and what each call promises.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_FIFO_H_
#define ZEPHYR_INCLUDE_KERNEL_FIFO_H_

#include <zephyr/kernel/queue.h>

struct k_fifo {
	struct k_queue _queue;
};

#define Z_FIFO_INITIALIZER(obj)                                                                    \
	{                                                                                          \
		._queue = Z_QUEUE_INITIALIZER((obj)._queue)                                        \
	}

/** Define a FIFO, ready for use. */
#define K_FIFO_DEFINE(name) struct k_fifo name = Z_FIFO_INITIALIZER(name)

/** k_queue_init(). */
static inline void k_fifo_init(struct k_fifo *fifo)
{
	k_queue_init(&fifo->_queue);
}

/** k_queue_cancel_wait(). */
static inline void k_fifo_cancel_wait(struct k_fifo *fifo)
{
	k_queue_cancel_wait(&fifo->_queue);
}

/** Add an item: k_queue_append(). */
static inline void k_fifo_put(struct k_fifo *fifo, void *data)
{
	k_queue_append(&fifo->_queue, data);
}

/** Add any pointer: k_queue_alloc_append(). */
static inline int32_t k_fifo_alloc_put(struct k_fifo *fifo, void *data)
{
	return k_queue_alloc_append(&fifo->_queue, data);
}

/** k_queue_append_list(). */
static inline int k_fifo_put_list(struct k_fifo *fifo, void *head, void *tail)
{
	return k_queue_append_list(&fifo->_queue, head, tail);
}

/** k_queue_merge_slist(). */
static inline int k_fifo_put_slist(struct k_fifo *fifo, sys_slist_t *list)
{
	return k_queue_merge_slist(&fifo->_queue, list);
}

/** Take the oldest item: k_queue_get(). */
static inline void *k_fifo_get(struct k_fifo *fifo, k_timeout_t timeout)
{
	return k_queue_get(&fifo->_queue, timeout);
}

/** k_queue_is_empty(). */
static inline int k_fifo_is_empty(struct k_fifo *fifo)
{
	return k_queue_is_empty(&fifo->_queue);
}

/** The oldest item, which stays there, or NULL. Any context. */
static inline void *k_fifo_peek_head(struct k_fifo *fifo)
{
	return k_queue_peek_head(&fifo->_queue);
}

/** The newest item, which stays there, or NULL. Any context. */
static inline void *k_fifo_peek_tail(struct k_fifo *fifo)
{
	return k_queue_peek_tail(&fifo->_queue);
}

#endif /* ZEPHYR_INCLUDE_KERNEL_FIFO_H_ */
