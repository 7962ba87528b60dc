/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Message queue: a bounded ring of messages of one size, copied in and out.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_MSGQ_H_
#define ZEPHYR_INCLUDE_KERNEL_MSGQ_H_

#include <zephyr/kernel/thread.h>

struct k_poll_event;

/** Guarded by the scheduler's lock. */
struct k_msgq {
	struct k_waitq waiters; /**< Receivers if it is empty, senders if it is full. */
	size_t msg_size;        /**< Bytes. */
	uint32_t max_msgs;
	char *buffer_start;
	char *buffer_end;
	char *read_ptr;  /**< Oldest message. */
	char *write_ptr; /**< Where the next one goes. */
	uint32_t used_msgs;
#ifdef CONFIG_POLL
	struct k_poll_event *poll_events; /**< Who polls it. */
#endif
};

struct k_msgq_attrs {
	size_t msg_size;
	uint32_t max_msgs;
	uint32_t used_msgs;
};

#define Z_MSGQ_INITIALIZER(obj, buffer, size, count)                                               \
	{                                                                                          \
		.msg_size = (size), .max_msgs = (count), .buffer_start = (buffer),                 \
		.buffer_end = (buffer) + (count) * (size), .read_ptr = (buffer),                   \
		.write_ptr = (buffer),                                                             \
	}

/**
 * Define a message queue and its buffer.
 *
 * @param size   Bytes per message.
 * @param count  Messages that fit.
 * @param align  Of the buffer, a power of two. A multiple of 4, with @p size, makes copies fast.
 */
#define K_MSGQ_DEFINE(name, size, count, align)                                                    \
	static char __noinit __aligned(align) _k_msgq_buffer_##name[(count) * (size)];             \
	struct k_msgq name = Z_MSGQ_INITIALIZER(name, _k_msgq_buffer_##name, size, count)

/** Set up a queue over a buffer of @p max_msgs * @p msg_size bytes. Any context. */
void k_msgq_init(struct k_msgq *msgq, char *buffer, size_t msg_size, uint32_t max_msgs);

/**
 * @brief Append a message, waiting for room if need be.
 *
 * @param data     msg_size bytes.
 *
 * @retval 0        Sent: queued, or copied to a waiting receiver.
 * @retval -ENOMSG  Full and @p timeout is K_NO_WAIT, or the queue was purged.
 * @retval -EAGAIN  The wait timed out.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * O(1) and one copy, with interrupts masked.
 */
int k_msgq_put(struct k_msgq *msgq, const void *data, k_timeout_t timeout);

/**
 * @brief Take the oldest message, waiting for one if need be.
 *
 * @param data     Room for msg_size bytes.
 *
 * @retval 0        Received.
 * @retval -ENOMSG  Empty and @p timeout is K_NO_WAIT.
 * @retval -EAGAIN  The wait timed out.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 */
int k_msgq_get(struct k_msgq *msgq, void *data, k_timeout_t timeout);

/** Copy the oldest message and leave it there. @retval -ENOMSG empty. Any context. */
int k_msgq_peek(struct k_msgq *msgq, void *data);

/** Copy the message at @p idx, 0 being the oldest. @retval -ENOMSG not so many. Any context. */
int k_msgq_peek_at(struct k_msgq *msgq, void *data, uint32_t idx);

/** Drop all messages; waiting senders return -ENOMSG. Any context. */
void k_msgq_purge(struct k_msgq *msgq);

/** Free messages at this moment. Any context. */
static inline uint32_t k_msgq_num_free_get(struct k_msgq *msgq)
{
	return msgq->max_msgs - msgq->used_msgs;
}

/** Queued messages at this moment. Any context. */
static inline uint32_t k_msgq_num_used_get(struct k_msgq *msgq)
{
	return msgq->used_msgs;
}

/** Sizes and filling of a queue. Any context. */
void k_msgq_get_attrs(struct k_msgq *msgq, struct k_msgq_attrs *attrs);

#endif /* ZEPHYR_INCLUDE_KERNEL_MSGQ_H_ */
