/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Channel: a bounded queue of items of one size, for many senders and many receivers.
 *
 * Tasks await it, threads block on it, anyone may try. Items are copied, once where a receiver
 * waits. They arrive in the order in which they were sent.
 */

#ifndef EDDY_CHAN_H_
#define EDDY_CHAN_H_

#include <eddy/op.h>
#include <eddy/select.h>

/**
 * eddy_lock guards it. Invariant: receivers wait only while it is empty, senders while it is full.
 */
struct eddy_chan {
	struct eddy_waitq receivers;
	struct eddy_waitq senders;
	char *buffer;
	char *buffer_end;
	char *oldest;       /**< Next item to go out. */
	char *vacant;       /**< Where the next one goes in. */
	uint16_t item_size; /**< Bytes. */
	uint16_t capacity;  /**< Items; 0: closed. */
	uint16_t count;     /**< Items inside. */
};

#define EDDY_CHAN_INITIALIZER(buffer_, item_size_, capacity_)                                      \
	{                                                                                          \
		.buffer = (char *)(buffer_),                                                       \
		.buffer_end = (char *)(buffer_) + (size_t)(item_size_) * (capacity_),              \
		.oldest = (char *)(buffer_), .vacant = (char *)(buffer_),                          \
		.item_size = (item_size_), .capacity = (capacity_),                                \
	}

/** Define a channel of up to @p capacity_ items of a type, ready for use. */
#define EDDY_CHAN_DEFINE(name, type, capacity_)                                                    \
	static type _eddy_chan_buffer_##name[capacity_];                                           \
	BUILD_ASSERT((capacity_) > 0 && (capacity_) <= UINT16_MAX, "capacity out of range");       \
	BUILD_ASSERT(sizeof(type) <= UINT16_MAX, "item too large");                                \
	struct eddy_chan name =                                                                    \
		EDDY_CHAN_INITIALIZER(_eddy_chan_buffer_##name, sizeof(type), capacity_)

extern const struct eddy_op eddy_chan_send_op;
extern const struct eddy_op eddy_chan_recv_op;
int eddy_chan_send_limited(struct eddy_task *self, struct eddy_chan *chan, const void *item);
int eddy_chan_send_forever(struct eddy_task *self, struct eddy_chan *chan, const void *item);
int eddy_chan_recv_limited(struct eddy_task *self, struct eddy_chan *chan, void *item);
int eddy_chan_recv_forever(struct eddy_task *self, struct eddy_chan *chan, void *item);

/**
 * @brief Set up a channel.
 *
 * @param buffer  Room for @p capacity items of @p item_size bytes, aligned as the items are.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  A size is 0.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_chan_init(struct eddy_chan *chan, void *buffer, uint16_t item_size, uint16_t capacity);

/**
 * @brief Send an item, waiting for room if need be.
 *
 * @param item     The item; in the task's frame, as it is read while the task waits.
 *
 * @retval 0           Sent.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the channel is full. Not sent.
 * @retval -EPIPE      The channel is closed, or was while this waited. Not sent.
 * @retval -ECANCELED  Canceled. Not sent.
 *
 * @par Context
 * Task. Cost: O(1) and one copy with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_chan_send(struct eddy_task *self, struct eddy_chan *chan,
						const void *item, k_timeout_t timeout)
{
	if (EDDY_IS_FOREVER_(timeout)) {
		return eddy_chan_send_forever(self, chan, item);
	}
	eddy_limit(self, timeout);
	return eddy_chan_send_limited(self, chan, item);
}

/**
 * @brief Receive the oldest item, waiting for one if need be.
 *
 * @param item     Where to put it; in the task's frame, as it is written while the task waits.
 *
 * @retval 0           Received.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the channel is empty.
 * @retval -EPIPE      The channel is closed and nothing is left in it.
 * @retval -ECANCELED  Canceled; no item was taken.
 *
 * @par Context
 * Task. Cost: O(1) and one copy with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_chan_recv(struct eddy_task *self, struct eddy_chan *chan,
						void *item, k_timeout_t timeout)
{
	if (EDDY_IS_FOREVER_(timeout)) {
		return eddy_chan_recv_forever(self, chan, item);
	}
	eddy_limit(self, timeout);
	return eddy_chan_recv_limited(self, chan, item);
}

/**
 * eddy_chan_send() for a thread, which must not be aborted meanwhile; -ECANCELED does not occur.
 */
static inline int eddy_chan_send_blocking(struct eddy_chan *chan, const void *item,
					  k_timeout_t timeout)
{
	return eddy_block(&eddy_chan_send_op, chan, (void *)(uintptr_t)item, timeout);
}

/**
 * eddy_chan_recv() for a thread, which must not be aborted meanwhile; -ECANCELED does not occur.
 */
static inline int eddy_chan_recv_blocking(struct eddy_chan *chan, void *item, k_timeout_t timeout)
{
	return eddy_block(&eddy_chan_recv_op, chan, item, timeout);
}

/** Send if there is room. @retval -EAGAIN full; not sent. @retval -EPIPE closed. Any context. */
int eddy_chan_try_send(struct eddy_chan *chan, const void *item);

/** Receive if there is an item. @retval -EAGAIN empty. @retval -EPIPE closed too. Any context. */
int eddy_chan_try_recv(struct eddy_chan *chan, void *item);

/** Have an arm of a select send an item. Task; see select.h. */
static inline void eddy_chan_send_arm(struct eddy_arm *arm, struct eddy_chan *chan,
				      const void *item)
{
	eddy_arm_set(arm, &eddy_chan_send_op, chan, (void *)(uintptr_t)item);
}

/** Have an arm of a select receive an item. Task; see select.h. */
static inline void eddy_chan_recv_arm(struct eddy_arm *arm, struct eddy_chan *chan, void *item)
{
	eddy_arm_set(arm, &eddy_chan_recv_op, chan, item);
}

/**
 * @brief Close a channel: nothing more can be sent; what is inside can still be received.
 *
 * All who wait get -EPIPE. Closing it again has no effect; eddy_chan_init() opens it anew.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one at a time.
 */
void eddy_chan_close(struct eddy_chan *chan);

/**
 * @brief A loop over the items of a channel until it is closed, for an async function.
 *
 *	eddy_chan_for_each(self, my->rc, &jobs, &my->job) {
 *		work(&my->job); // may await, break and continue
 *	}
 *	// my->rc: -EPIPE after the close, -ECANCELED, or 1 after a break
 *
 * @param rc  An int in the frame, for the loop's own use while it runs: not for awaits in its body.
 *
 * @par Context
 * Task.
 */
#define eddy_chan_for_each(self, rc, chan, item)                                                   \
	for ((rc) = 1; (rc) >= 0;)                                                                 \
		if ((rc) == 1) {                                                                   \
			await_into(rc, eddy_chan_recv((self), (chan), (item), K_FOREVER));         \
		} else if (((rc) = 1) != 1) {                                                      \
		} else

/** Items inside at this moment. Any context. */
static inline uint16_t eddy_chan_count(const struct eddy_chan *chan)
{
	return chan->count;
}

#endif /* EDDY_CHAN_H_ */
