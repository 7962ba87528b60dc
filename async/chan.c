/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Channel: a ring of items, and those who wait for an item or for room.
 *
 * Handing over is direct: an item goes from its sender into a waiting receiver, and a receiver that
 * makes room moves a waiting sender's item in. Whoever is woken is done.
 *
 * A closed channel has no capacity: so sending need not ask whether it is closed.
 *
 * Locking:   eddy_lock guards every field, and is held while one item is copied.
 * Invariant: receivers wait only while count is 0, senders only while count is capacity, and nobody
 *            once it is closed. A waiter's data is its item.
 */

#include <string.h>

#include <eddy/chan.h>

#include "core.h"

int eddy_chan_init(struct eddy_chan *chan, void *buffer, uint16_t item_size, uint16_t capacity)
{
	if (buffer == NULL || item_size == 0U || capacity == 0U) {
		return -EINVAL;
	}
	eddy_assert_unawaited(chan);
	*chan = (struct eddy_chan)EDDY_CHAN_INITIALIZER(buffer, item_size, capacity);
	return 0;
}

static ALWAYS_INLINE bool is_closed(const struct eddy_chan *chan)
{
	return chan->capacity == 0U;
}

/*
 * Put an item behind the others; there is room. Fields are read ahead of the copy: for all the
 * compiler knows, that might change them.
 */
static ALWAYS_INLINE void push_sized(struct eddy_chan *chan, const void *item, size_t size)
{
	uint16_t count = chan->count;
	char *slot = chan->vacant;

	eddy_copy(slot, item, size);
	slot += size;
	chan->vacant = slot == chan->buffer_end ? chan->buffer : slot;
	chan->count = count + 1U;
}

/* Take the oldest item; there is one. */
static ALWAYS_INLINE void pull_sized(struct eddy_chan *chan, void *item, size_t size)
{
	uint16_t count = chan->count;
	char *slot = chan->oldest;

	eddy_copy(item, slot, size);
	slot += size;
	chan->oldest = slot == chan->buffer_end ? chan->buffer : slot;
	chan->count = count - 1U;
}

/* The data is the item. */
static int send_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_chan *chan = object;
	struct eddy_waiter *receiver;

	__ASSERT(data != NULL, "channel %p: no item", object);
	receiver = eddy_take(&chan->receivers); /* a closed channel has none, and no capacity */
	if (receiver != NULL) {
		memcpy(receiver->data, data, chan->item_size);
		return eddy_unlock_done(key, eddy_wake(receiver, 0));
	}
	if (chan->count < chan->capacity) {
		push_sized(chan, data, chan->item_size);
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	if (!is_closed(chan)) {
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	return -EPIPE;
}

/* An item was taken: have a waiting sender's move in. Releases the lock. */
static __noinline int refill(struct eddy_chan *chan, k_spinlock_key_t key)
{
	struct eddy_waiter *sender = eddy_take(&chan->senders);

	if (sender == NULL) {
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	push_sized(chan, sender->data, chan->item_size);
	return eddy_unlock_done(key, eddy_wake(sender, 0));
}

/* The data is where to put the item. */
static int recv_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_chan *chan = object;

	__ASSERT(data != NULL, "channel %p: nowhere to put the item", object);
	if (chan->count != 0U) {
		pull_sized(chan, data, chan->item_size);
		return refill(chan, key);
	}
	if (!is_closed(chan)) {
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	return -EPIPE;
}

const struct eddy_op eddy_chan_send_op = {
	.attempt = send_attempt,
	.queue = offsetof(struct eddy_chan, senders),
	.data_is_pointer = true,
	.serves_one = true,
};

const struct eddy_op eddy_chan_recv_op = {
	.attempt = recv_attempt,
	.queue = offsetof(struct eddy_chan, receivers),
	.data_is_pointer = true,
	.serves_one = true,
};

void eddy_chan_close(struct eddy_chan *chan)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waitq senders = chan->senders;

	chan->capacity = 0U;
	if (eddy_waitq_is_empty(&senders)) {
		eddy_wake_all(&chan->receivers, -EPIPE, key);
	} else {
		/* Full, hence nobody waits to receive. */
		eddy_wake_all(&chan->senders, -EPIPE, key);
	}
}

/*
 * The usual, without stack and calls but for a last one: items of one word, nothing unusual about
 * whoever waits. EDDY_PENDING: something is unusual, or it cannot be done now; nothing has changed.
 */
static ALWAYS_INLINE int send_word(struct eddy_chan *chan, const void *item, k_spinlock_key_t key)
{
	__ASSERT(item != NULL, "channel %p: no item", (void *)chan);
	if (unlikely(chan->item_size != sizeof(uint32_t))) {
		return EDDY_PENDING;
	}
	if (eddy_waitq_is_empty(&chan->receivers)) {
		if (unlikely(chan->count >= chan->capacity)) {
			return EDDY_PENDING;
		}
		push_sized(chan, item, sizeof(uint32_t));
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	if (likely(eddy_first_is_plain(&chan->receivers))) {
		struct eddy_waiter *receiver = eddy_take_plain(&chan->receivers);

		eddy_copy(receiver->data, item, sizeof(uint32_t));
		return eddy_unlock_done(key, eddy_wake(receiver, 0));
	}
	return EDDY_PENDING;
}

static ALWAYS_INLINE int recv_word(struct eddy_chan *chan, void *item, k_spinlock_key_t key)
{
	__ASSERT(item != NULL, "channel %p: nowhere to put the item", (void *)chan);
	if (unlikely(chan->count == 0U || chan->item_size != sizeof(uint32_t))) {
		return EDDY_PENDING;
	}
	pull_sized(chan, item, sizeof(uint32_t));
	if (likely(eddy_waitq_is_empty(&chan->senders))) {
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	return refill(chan, key);
}

/* Whatever is unusual about an await. Releases the lock and begins anew. */
static __noinline int send_slow(struct eddy_task *self, struct eddy_chan *chan, const void *item,
				k_spinlock_key_t key)
{
	k_spin_unlock(&eddy_lock, key);
	eddy_limit(self, K_FOREVER);
	return eddy_chan_send_limited(self, chan, item);
}

static __noinline int recv_slow(struct eddy_task *self, struct eddy_chan *chan, void *item,
				k_spinlock_key_t key)
{
	k_spin_unlock(&eddy_lock, key);
	eddy_limit(self, K_FOREVER);
	return eddy_chan_recv_limited(self, chan, item);
}

int eddy_chan_send_limited(struct eddy_task *self, struct eddy_chan *chan, const void *item)
{
	return eddy_await_limited(self, &eddy_chan_send_op, chan, (void *)(uintptr_t)item);
}

int eddy_chan_send_forever(struct eddy_task *self, struct eddy_chan *chan, const void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (likely(self->waiter.state == EDDY_TASK_ACTIVE)) {
		int result = send_word(chan, item, key);

		if (result != EDDY_PENDING) {
			return result;
		}
	}
	return send_slow(self, chan, item, key);
}

int eddy_chan_recv_limited(struct eddy_task *self, struct eddy_chan *chan, void *item)
{
	return eddy_await_limited(self, &eddy_chan_recv_op, chan, item);
}

int eddy_chan_recv_forever(struct eddy_task *self, struct eddy_chan *chan, void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (likely(self->waiter.state == EDDY_TASK_ACTIVE)) {
		int result = recv_word(chan, item, key);

		if (result != EDDY_PENDING) {
			return result;
		}
		if (chan->count == 0U && eddy_waitq_is_empty(&chan->receivers) &&
		    !is_closed(chan)) {
			eddy_assert_survives(self, item);
			return eddy_wait_alone(&chan->receivers, &self->waiter, item, key);
		}
	}
	return recv_slow(self, chan, item, key);
}

int eddy_chan_try_send(struct eddy_chan *chan, const void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = send_word(chan, item, key);

	if (result != EDDY_PENDING) {
		return result;
	}
	return eddy_try_locked(&eddy_chan_send_op, chan, (void *)(uintptr_t)item, key);
}

int eddy_chan_try_recv(struct eddy_chan *chan, void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = recv_word(chan, item, key);

	if (result != EDDY_PENDING) {
		return result;
	}
	return eddy_try_locked(&eddy_chan_recv_op, chan, item, key);
}
