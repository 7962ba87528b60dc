/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Priority channel: a bounded channel from which the most urgent item comes out first.
 *
 * Each item carries its priority: an int32_t member that is named when the channel is defined. The
 * lowest number is the most urgent, as with threads; equals come out in the order in which they
 * went in. It is a number rather than a function that compares, because items are compared with
 * interrupts masked.
 *
 *	struct alarm {
 *		int32_t prio;
 *		uint32_t source;
 *	};
 *
 *	EDDY_PRIO_CHAN_DEFINE(alarms, struct alarm, prio, 16);
 *
 * Items inside are ordered. That of a sender that waits for room counts from when it moves in.
 */

#ifndef EDDY_PRIO_CHAN_H_
#define EDDY_PRIO_CHAN_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** Where an item inside is, and when it came. Ours. */
struct eddy_prio_entry {
	uint32_t order_low; /**< Items that came before, 48 bits. */
	uint16_t order_high;
	uint16_t slot; /**< Index of the item in the buffer. */
};

/**
 * eddy_lock guards it. Invariant: receivers wait only while it is empty, senders while it is full.
 */
struct eddy_prio_chan {
	struct eddy_waitq receivers;
	struct eddy_waitq senders;
	char *buffer;
	struct eddy_prio_entry *heap; /**< Items inside; behind them, slots that are vacant. */
	uint64_t order;               /**< Of the next item. */
	uint16_t item_size;           /**< Bytes. */
	uint16_t prio_offset;         /**< Of the priority in an item. */
	uint16_t capacity;            /**< Items. */
	uint16_t count;               /**< Items inside. */
	uint16_t fresh;               /**< From here on, slots have never been used. */
	bool closed;
};

#define EDDY_PRIO_CHAN_INITIALIZER(buffer_, heap_, item_size_, prio_offset_, capacity_)            \
	{                                                                                          \
		.buffer = (char *)(buffer_), .heap = (heap_), .item_size = (item_size_),           \
		.prio_offset = (prio_offset_), .capacity = (capacity_),                            \
	}

/**
 * Define a channel of up to @p capacity_ items of type @p type, a struct whose int32_t @p member is
 * its priority. Ready for use.
 */
#define EDDY_PRIO_CHAN_DEFINE(name, type, member, capacity_)                                       \
	static type _eddy_prio_chan_buffer_##name[capacity_];                                      \
	static struct eddy_prio_entry _eddy_prio_chan_heap_##name[capacity_];                      \
	BUILD_ASSERT((capacity_) > 0 && (capacity_) <= UINT16_MAX, "capacity out of range");       \
	BUILD_ASSERT(sizeof(type) <= UINT16_MAX, "item too large");                                \
	BUILD_ASSERT(__builtin_types_compatible_p(__typeof__(((type *)0)->member), int32_t),       \
		     "the priority is an int32_t");                                                \
	struct eddy_prio_chan name = EDDY_PRIO_CHAN_INITIALIZER(                                   \
		_eddy_prio_chan_buffer_##name, _eddy_prio_chan_heap_##name, sizeof(type),          \
		offsetof(type, member), capacity_)

extern const struct eddy_op eddy_prio_chan_send_op;
extern const struct eddy_op eddy_prio_chan_recv_op;

/**
 * @brief Set up a priority channel.
 *
 * @param buffer       Room for @p capacity items of @p item_size bytes, aligned as the items are.
 * @param heap         Room for @p capacity entries, for our own use.
 * @param prio_offset  Where the priority is in an item, in bytes: an int32_t.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  Something is missing, or the priority is not inside the item.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_prio_chan_init(struct eddy_prio_chan *chan, void *buffer, struct eddy_prio_entry *heap,
			uint16_t item_size, uint16_t prio_offset, uint16_t capacity);

/**
 * @brief Send an item, waiting for room if need be.
 *
 * Senders that wait are served by their own priority, then by arrival, whatever their items.
 *
 * @param item     The item; in the task's frame, as it is read while the task waits.
 *
 * @retval 0           Sent.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the channel is full. Not sent.
 * @retval -EPIPE      The channel is closed, or was while this waited. Not sent.
 * @retval -ECANCELED  Canceled. Not sent.
 *
 * @par Context
 * Task. Cost: O(log items) and one copy with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_prio_chan_send(struct eddy_task *self,
						     struct eddy_prio_chan *chan, const void *item,
						     k_timeout_t timeout)
{
	return eddy_await(self, &eddy_prio_chan_send_op, chan, (void *)(uintptr_t)item, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_prio_chan_send_blocking(struct eddy_prio_chan *chan, const void *item,
					       k_timeout_t timeout)
{
	return eddy_block(&eddy_prio_chan_send_op, chan, (void *)(uintptr_t)item, timeout);
}

/** Send if there is room. @retval -EAGAIN full; not sent. @retval -EPIPE closed. Any context. */
static inline int eddy_prio_chan_try_send(struct eddy_prio_chan *chan, const void *item)
{
	return eddy_try(&eddy_prio_chan_send_op, chan, (void *)(uintptr_t)item);
}

/** Have an arm of a select send an item. Task; see select.h. */
static inline void eddy_prio_chan_send_arm(struct eddy_arm *arm, struct eddy_prio_chan *chan,
					   const void *item)
{
	eddy_arm_set(arm, &eddy_prio_chan_send_op, chan, (void *)(uintptr_t)item);
}

/**
 * @brief Receive the most urgent item, waiting for one if need be.
 *
 * @param item     Where to put it; in the task's frame, as it is written while the task waits.
 *
 * @retval 0           Received; also if the task was canceled in the instant in which it got it.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the channel is empty.
 * @retval -EPIPE      The channel is closed and nothing is left in it.
 * @retval -ECANCELED  Canceled; no item was taken.
 *
 * @par Context
 * Task. Cost: O(log items) and at most two copies with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_prio_chan_recv(struct eddy_task *self,
						     struct eddy_prio_chan *chan, void *item,
						     k_timeout_t timeout)
{
	return eddy_await(self, &eddy_prio_chan_recv_op, chan, item, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_prio_chan_recv_blocking(struct eddy_prio_chan *chan, void *item,
					       k_timeout_t timeout)
{
	return eddy_block(&eddy_prio_chan_recv_op, chan, item, timeout);
}

/** Receive if there is an item. @retval -EAGAIN empty. @retval -EPIPE closed too. Any context. */
static inline int eddy_prio_chan_try_recv(struct eddy_prio_chan *chan, void *item)
{
	return eddy_try(&eddy_prio_chan_recv_op, chan, item);
}

/** Have an arm of a select receive an item. Task; see select.h. */
static inline void eddy_prio_chan_recv_arm(struct eddy_arm *arm, struct eddy_prio_chan *chan,
					   void *item)
{
	eddy_arm_set(arm, &eddy_prio_chan_recv_op, chan, item);
}

/**
 * @brief Close a channel: nothing more can be sent; what is inside can still be received.
 *
 * All who wait get -EPIPE. Closing it again has no effect; eddy_prio_chan_init() opens it anew.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one at a time.
 */
void eddy_prio_chan_close(struct eddy_prio_chan *chan);

/** Items inside at this moment. Any context. */
static inline uint16_t eddy_prio_chan_count(const struct eddy_prio_chan *chan)
{
	return chan->count;
}

#endif /* EDDY_PRIO_CHAN_H_ */
