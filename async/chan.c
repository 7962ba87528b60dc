/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Channel: a ring of items, and those who wait for an item or for room.
 *
 * Handing over is direct: an item goes from its sender into a waiting receiver, and a receiver that
 * makes room moves a waiting sender's item in. Whoever is woken is done.
 *
 * Locking:   eddy_lock guards every field, and is held while one item is copied.
 * Invariant: receivers wait only while count is 0, senders only while count is capacity. A waiter's
 *            data is its item.
 */

#include "core.h"

int eddy_chan_init(struct eddy_chan *chan, void *buffer, uint16_t item_size, uint16_t capacity)
{
	if (buffer == NULL || item_size == 0U || capacity == 0U) {
		return -EINVAL;
	}
	*chan = (struct eddy_chan)EDDY_CHAN_INITIALIZER(buffer, item_size, capacity);
	return 0;
}

/* Copy an item; one word, the usual case, without a call. */
static ALWAYS_INLINE void copy(void *to, const void *from, size_t size)
{
	if (likely(size == sizeof(uint32_t))) {
		memcpy(to, from, sizeof(uint32_t));
	} else {
		memcpy(to, from, size);
	}
}

/*
 * Put an item behind the others; there is room. Fields are read ahead of the copy: for all the
 * compiler knows, that might change them.
 */
static ALWAYS_INLINE void push(struct eddy_chan *chan, const void *item)
{
	size_t size = chan->item_size;
	uint16_t count = chan->count;
	char *slot = chan->vacant;

	copy(slot, item, size);
	slot += size;
	chan->vacant = slot == chan->buffer_end ? chan->buffer : slot;
	chan->count = count + 1U;
}

/* Take the oldest item; there is one. */
static ALWAYS_INLINE void pull(struct eddy_chan *chan, void *item)
{
	size_t size = chan->item_size;
	uint16_t count = chan->count;
	char *slot = chan->oldest;

	copy(item, slot, size);
	slot += size;
	chan->oldest = slot == chan->buffer_end ? chan->buffer : slot;
	chan->count = count - 1U;
}

/* Send if that is possible at once; releases the lock then. */
static ALWAYS_INLINE bool send_now(struct eddy_chan *chan, const void *item, k_spinlock_key_t key)
{
	__ASSERT(item != NULL, "channel %p: no item", (void *)chan);
	if (!eddy_waitq_is_empty(&chan->receivers)) {
		struct eddy_waiter *receiver = eddy_waitq_take_first(&chan->receivers);

		copy(receiver->data, item, chan->item_size);
		eddy_unlock(key, eddy_wake(receiver, 0));
		return true;
	}
	if (chan->count < chan->capacity) {
		push(chan, item);
		k_spin_unlock(&eddy_lock, key);
		return true;
	}
	return false;
}

/* Receive if that is possible at once; releases the lock then. */
static ALWAYS_INLINE bool recv_now(struct eddy_chan *chan, void *item, k_spinlock_key_t key)
{
	__ASSERT(item != NULL, "channel %p: nowhere to put the item", (void *)chan);
	if (chan->count == 0U) {
		return false;
	}
	pull(chan, item);
	if (eddy_waitq_is_empty(&chan->senders)) {
		k_spin_unlock(&eddy_lock, key);
	} else {
		struct eddy_waiter *sender = eddy_waitq_take_first(&chan->senders);

		push(chan, sender->data);
		eddy_unlock(key, eddy_wake(sender, 0));
	}
	return true;
}

int eddy_chan_send_limited(struct eddy_task *self, struct eddy_chan *chan, const void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (eddy_is_canceled(self)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	return send_now(chan, item, key)
		       ? 0
		       : eddy_wait(&chan->senders, self, (void *)(uintptr_t)item, key);
}

int eddy_chan_recv_limited(struct eddy_task *self, struct eddy_chan *chan, void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (eddy_is_canceled(self)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	return recv_now(chan, item, key) ? 0 : eddy_wait(&chan->receivers, self, item, key);
}

int eddy_chan_send_blocking(struct eddy_chan *chan, const void *item, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	return send_now(chan, item, key)
		       ? 0
		       : eddy_wait_blocking(&chan->senders, (void *)(uintptr_t)item, timeout, key);
}

int eddy_chan_recv_blocking(struct eddy_chan *chan, void *item, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	return recv_now(chan, item, key) ? 0
					 : eddy_wait_blocking(&chan->receivers, item, timeout, key);
}

int eddy_chan_try_send(struct eddy_chan *chan, const void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (send_now(chan, item, key)) {
		return 0;
	}
	k_spin_unlock(&eddy_lock, key);
	return -EAGAIN;
}

int eddy_chan_try_recv(struct eddy_chan *chan, void *item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (recv_now(chan, item, key)) {
		return 0;
	}
	k_spin_unlock(&eddy_lock, key);
	return -EAGAIN;
}
