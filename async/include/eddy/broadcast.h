/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Broadcast: publish and subscribe. Every subscriber gets every message, in the same order.
 *
 * The latest messages are kept in a ring; each subscriber reads it at its own pace, from the moment
 * in which it subscribes. A publisher chooses who pays when a subscriber is slow:
 *
 * - eddy_broadcast_post() never waits. It overwrites the oldest message, and a subscriber that has
 *   not read that is told how many it has missed.
 * - eddy_broadcast_publish() waits until the slowest subscriber has made room. If all publishers
 *   use it, nobody misses anything.
 *
 * Without subscribers messages go nowhere, and nobody waits.
 *
 *	eddy_broadcast_subscribe(&my->subscriber, &readings);
 *	for (;;) {
 *		await_into(my->missed, eddy_broadcast_recv(self, &my->subscriber, &my->reading,
 *							   K_FOREVER));
 *		if (my->missed < 0) {
 *			break;
 *		}
 *		log_reading(&my->reading);
 *	}
 *	eddy_broadcast_unsubscribe(&my->subscriber);
 */

#ifndef EDDY_BROADCAST_H_
#define EDDY_BROADCAST_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** eddy_lock guards it. broadcast.c explains it. */
struct eddy_broadcast {
	struct eddy_waitq receivers;  /**< Have read everything. */
	struct eddy_waitq publishers; /**< Wait until everybody has read the oldest message. */
	char *buffer;
	uint16_t *unread;     /**< Of each slot: how many subscribers have yet to read it. */
	uint32_t published;   /**< Messages so far; wraps. */
	uint16_t item_size;   /**< Bytes. */
	uint16_t capacity;    /**< Slots. */
	uint16_t next;        /**< Slot of the next message, which is that of the oldest. */
	uint16_t subscribers; /**< How many there are. */
};

/** A subscriber. Between calls its owner's; in them, and while it waits, eddy_lock guards it. */
struct eddy_subscriber {
	struct eddy_broadcast *broadcast;
	void *item;    /**< Where to put the next message. */
	uint32_t read; /**< Messages that it has left behind, as broadcast->published counts. */
};

#define EDDY_BROADCAST_INITIALIZER(buffer_, unread_, item_size_, capacity_)                        \
	{                                                                                          \
		.buffer = (char *)(buffer_), .unread = (unread_), .item_size = (item_size_),       \
		.capacity = (capacity_),                                                           \
	}

/** Define a broadcast that keeps @p capacity_ messages of a type, ready for use. */
#define EDDY_BROADCAST_DEFINE(name, type, capacity_)                                               \
	static type _eddy_broadcast_buffer_##name[capacity_];                                      \
	static uint16_t _eddy_broadcast_unread_##name[capacity_];                                  \
	BUILD_ASSERT((capacity_) > 0 && (capacity_) <= UINT16_MAX, "capacity out of range");       \
	BUILD_ASSERT(sizeof(type) <= UINT16_MAX, "message too large");                             \
	struct eddy_broadcast name =                                                               \
		EDDY_BROADCAST_INITIALIZER(_eddy_broadcast_buffer_##name,                          \
					   _eddy_broadcast_unread_##name, sizeof(type), capacity_)

extern const struct eddy_op eddy_broadcast_publish_op;
extern const struct eddy_op eddy_broadcast_recv_op;
int eddy_broadcast_recv_limited(struct eddy_task *self, struct eddy_subscriber *subscriber,
				void *item);

/**
 * @brief Set up a broadcast.
 *
 * @param buffer  Room for @p capacity messages of @p item_size bytes, aligned as they are.
 * @param unread  As many words, for our own use.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  Something is missing.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_broadcast_init(struct eddy_broadcast *broadcast, void *buffer, uint16_t *unread,
			uint16_t item_size, uint16_t capacity);

/**
 * @brief Publish a message at once, in place of the oldest if there is no room.
 *
 * @par Context
 * Any. Cost: O(subscribers that wait), interrupts masked for one copy at a time.
 */
void eddy_broadcast_post(struct eddy_broadcast *broadcast, const void *item);

/**
 * @brief Publish a message, waiting until the slowest subscriber has made room if need be.
 *
 * @param item  The message; in the task's frame, as it is read while the task waits.
 *
 * @retval 0           Published; also if the task was canceled in that instant.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and there is no room. Not published.
 * @retval -ECANCELED  Canceled. Not published.
 *
 * @par Context
 * Task. Cost: as eddy_broadcast_post().
 */
EDDY_AWAITABLE static inline int eddy_broadcast_publish(struct eddy_task *self,
							struct eddy_broadcast *broadcast,
							const void *item, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_broadcast_publish_op, broadcast, (void *)(uintptr_t)item,
			  timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_broadcast_publish_blocking(struct eddy_broadcast *broadcast,
						  const void *item, k_timeout_t timeout)
{
	return eddy_block(&eddy_broadcast_publish_op, broadcast, (void *)(uintptr_t)item, timeout);
}

/** Publish if nobody misses anything by it. @retval -EAGAIN no room; not published. Any context. */
static inline int eddy_broadcast_try_publish(struct eddy_broadcast *broadcast, const void *item)
{
	return eddy_try(&eddy_broadcast_publish_op, broadcast, (void *)(uintptr_t)item);
}

/** Have an arm of a select publish a message. Task; see select.h. */
static inline void eddy_broadcast_publish_arm(struct eddy_arm *arm,
					      struct eddy_broadcast *broadcast, const void *item)
{
	eddy_arm_set(arm, &eddy_broadcast_publish_op, broadcast, (void *)(uintptr_t)item);
}

/**
 * @brief Subscribe: receive what is published from now on.
 *
 * @param subscriber  Not subscribed. Has to stay, in a frame for instance, until it unsubscribes.
 *
 * @par Context
 * Any. Cost: O(1). Up to 65,535 subscribers.
 */
void eddy_broadcast_subscribe(struct eddy_subscriber *subscriber, struct eddy_broadcast *broadcast);

/**
 * @brief Unsubscribe. Messages that were kept for this subscriber alone make room for others.
 *
 * @par Context
 * Any, while it does not wait. Cost: O(messages unread), interrupts masked for one at a time.
 */
void eddy_broadcast_unsubscribe(struct eddy_subscriber *subscriber);

/** Messages that wait for a subscriber, including those that it has missed. Any context. */
static inline uint32_t eddy_broadcast_pending(const struct eddy_subscriber *subscriber)
{
	return subscriber->broadcast->published - subscriber->read;
}

/**
 * @brief Receive the next message, waiting for one if need be.
 *
 * @param subscriber  In the task's frame. One task at a time.
 * @param item        Where to put the message; in the task's frame, as it is written while the
 *                    task waits.
 *
 * @return How many messages before this one were missed, as they had been overwritten: 0 if none.
 *         So too if the task was canceled in the instant in which it got the message.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and there is no message.
 * @retval -ECANCELED  Canceled; no message was taken.
 *
 * @par Context
 * Task. Cost: O(1) and one copy with interrupts masked; if that makes room for a publisher that
 * waits, what it costs to publish, too.
 */
EDDY_AWAITABLE static inline int eddy_broadcast_recv(struct eddy_task *self,
						     struct eddy_subscriber *subscriber, void *item,
						     k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_broadcast_recv_limited(self, subscriber, item);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_broadcast_recv_blocking(struct eddy_subscriber *subscriber, void *item,
					       k_timeout_t timeout)
{
	subscriber->item = item;
	return eddy_block(&eddy_broadcast_recv_op, subscriber->broadcast, subscriber, timeout);
}

/** The same without waiting: -EAGAIN if there is no message. Any context. */
static inline int eddy_broadcast_try_recv(struct eddy_subscriber *subscriber, void *item)
{
	subscriber->item = item;
	return eddy_try(&eddy_broadcast_recv_op, subscriber->broadcast, subscriber);
}

/** Have an arm of a select receive the next message. Task; see select.h. */
static inline void eddy_broadcast_recv_arm(struct eddy_arm *arm, struct eddy_subscriber *subscriber,
					   void *item)
{
	subscriber->item = item;
	eddy_arm_set(arm, &eddy_broadcast_recv_op, subscriber->broadcast, subscriber);
}

#endif /* EDDY_BROADCAST_H_ */
