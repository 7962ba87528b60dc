/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * LIFO: a queue whose newest item leaves first. queue.h says what an item is, and what each call
 * promises.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_LIFO_H_
#define ZEPHYR_INCLUDE_KERNEL_LIFO_H_

#include <zephyr/kernel/queue.h>

struct k_lifo {
	struct k_queue _queue;
};

#define Z_LIFO_INITIALIZER(obj)                                                                    \
	{                                                                                          \
		._queue = Z_QUEUE_INITIALIZER((obj)._queue)                                        \
	}

/** Define a LIFO, ready for use. */
#define K_LIFO_DEFINE(name) struct k_lifo name = Z_LIFO_INITIALIZER(name)

/** k_queue_init(). */
static inline void k_lifo_init(struct k_lifo *lifo)
{
	k_queue_init(&lifo->_queue);
}

/** Add an item: k_queue_prepend(). */
static inline void k_lifo_put(struct k_lifo *lifo, void *data)
{
	k_queue_prepend(&lifo->_queue, data);
}

/** Add any pointer: k_queue_alloc_prepend(). */
static inline int32_t k_lifo_alloc_put(struct k_lifo *lifo, void *data)
{
	return k_queue_alloc_prepend(&lifo->_queue, data);
}

/** Take the newest item: k_queue_get(). */
static inline void *k_lifo_get(struct k_lifo *lifo, k_timeout_t timeout)
{
	return k_queue_get(&lifo->_queue, timeout);
}

#endif /* ZEPHYR_INCLUDE_KERNEL_LIFO_H_ */
