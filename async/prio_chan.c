/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Priority channel: a binary heap of small entries, over a buffer in which the items stay put.
 *
 * An entry names its item's slot and remembers when it came, which orders equals. The entries
 * behind the heap name the slots that are vacant; those from `fresh` on were never used and name
 * themselves, so that nothing has to be set up.
 *
 * Locking:   eddy_lock guards every field; it is held for one walk through the heap, O(log items)
 *            comparisons of numbers, and for the copies of one item.
 * Invariant: receivers wait only while count is 0, senders only while count is capacity, and nobody
 *            once it is closed. A waiter's data is its item.
 */

#include <string.h>

#include <eddy/prio_chan.h>

#include "core.h"

int eddy_prio_chan_init(struct eddy_prio_chan *chan, void *buffer, struct eddy_prio_entry *heap,
			uint16_t item_size, uint16_t prio_offset, uint16_t capacity)
{
	if (buffer == NULL || heap == NULL || capacity == 0U ||
	    prio_offset + sizeof(int32_t) > item_size) {
		return -EINVAL;
	}
	eddy_assert_unawaited(chan);
	*chan = (struct eddy_prio_chan)EDDY_PRIO_CHAN_INITIALIZER(buffer, heap, item_size,
								  prio_offset, capacity);
	return 0;
}

static char *item_of(const struct eddy_prio_chan *chan, const struct eddy_prio_entry *entry)
{
	return chan->buffer + (size_t)entry->slot * chan->item_size;
}

static int32_t prio_of(const struct eddy_prio_chan *chan, const struct eddy_prio_entry *entry)
{
	int32_t prio;

	eddy_copy(&prio, item_of(chan, entry) + chan->prio_offset, sizeof(prio));
	return prio;
}

static uint64_t order_of(const struct eddy_prio_entry *entry)
{
	return ((uint64_t)entry->order_high << 32) | entry->order_low;
}

/* Whether @a, of priority @prio, comes out before @b. No two are alike. */
static bool precedes(const struct eddy_prio_chan *chan, const struct eddy_prio_entry *a,
		     int32_t prio, const struct eddy_prio_entry *b)
{
	int32_t other = prio_of(chan, b);

	return prio != other ? prio < other : order_of(a) < order_of(b);
}

/* Move @entry from the end of the heap, which has @at others before it, to where it belongs. */
static void sift_up(struct eddy_prio_chan *chan, struct eddy_prio_entry entry, uint32_t at)
{
	struct eddy_prio_entry *heap = chan->heap;
	int32_t prio = prio_of(chan, &entry);

	while (at > 0U) {
		uint32_t parent = (at - 1U) / 2U;

		if (!precedes(chan, &entry, prio, &heap[parent])) {
			break;
		}
		heap[at] = heap[parent];
		at = parent;
	}
	heap[at] = entry;
}

/* The same from the front, whose entry is gone. */
static void sift_down(struct eddy_prio_chan *chan, struct eddy_prio_entry entry)
{
	struct eddy_prio_entry *heap = chan->heap;
	int32_t prio = prio_of(chan, &entry);
	uint32_t at = 0U;
	uint32_t child;

	while ((child = 2U * at + 1U) < chan->count) {
		if (child + 1U < chan->count &&
		    precedes(chan, &heap[child + 1U], prio_of(chan, &heap[child + 1U]),
			     &heap[child])) {
			child++;
		}
		if (precedes(chan, &entry, prio, &heap[child])) {
			break;
		}
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = entry;
}

/* Put an item into a vacant slot, as the last that came. */
static struct eddy_prio_entry admit(struct eddy_prio_chan *chan, uint16_t slot, const void *item)
{
	struct eddy_prio_entry entry = {
		.order_low = (uint32_t)chan->order,
		.order_high = (uint16_t)(chan->order >> 32),
		.slot = slot,
	};

	chan->order++;
	memcpy(item_of(chan, &entry), item, chan->item_size);
	return entry;
}

/* There is room. */
static void push(struct eddy_prio_chan *chan, const void *item)
{
	uint16_t at = chan->count;

	if (at == chan->fresh) {
		chan->heap[at].slot = at;
		chan->fresh++;
	}
	chan->count++;
	sift_up(chan, admit(chan, chan->heap[at].slot, item), at);
}

/* The front's item is gone, and nobody waits to take its place. */
static void close_gap(struct eddy_prio_chan *chan)
{
	uint16_t slot = chan->heap[0].slot;
	uint16_t last = --chan->count;

	if (last == 0U) {
		chan->order = 0U; /* so that it never wraps */
	} else {
		sift_down(chan, chan->heap[last]);
		chan->heap[last].slot = slot;
	}
}

/* The data is the item. */
static int send_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_prio_chan *chan = object;
	struct eddy_waiter *receiver;

	__ASSERT(data != NULL, "channel %p: no item", object);
	if (chan->closed) {
		k_spin_unlock(&eddy_lock, key);
		return -EPIPE;
	}
	receiver = eddy_take(&chan->receivers);
	if (receiver != NULL) {
		memcpy(receiver->data, data, chan->item_size);
		eddy_unlock(key, eddy_wake(receiver, 0));
		return 0;
	}
	if (chan->count < chan->capacity) {
		push(chan, data);
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	return EDDY_PENDING;
}

/* The data is where to put the item. */
static int recv_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_prio_chan *chan = object;
	struct eddy_waiter *sender;

	__ASSERT(data != NULL, "channel %p: nowhere to put the item", object);
	if (chan->count == 0U) {
		if (!chan->closed) {
			return EDDY_PENDING;
		}
		k_spin_unlock(&eddy_lock, key);
		return -EPIPE;
	}
	memcpy(data, item_of(chan, &chan->heap[0]), chan->item_size);
	sender = eddy_take(&chan->senders);
	if (sender == NULL) {
		close_gap(chan);
		k_spin_unlock(&eddy_lock, key);
	} else {
		sift_down(chan, admit(chan, chan->heap[0].slot, sender->data));
		eddy_unlock(key, eddy_wake(sender, 0));
	}
	return 0;
}

const struct eddy_op eddy_prio_chan_send_op = {
	.attempt = send_attempt,
	.queue = offsetof(struct eddy_prio_chan, senders),
	.data_is_pointer = true,
	.serves_one = true,
};

const struct eddy_op eddy_prio_chan_recv_op = {
	.attempt = recv_attempt,
	.queue = offsetof(struct eddy_prio_chan, receivers),
	.data_is_pointer = true,
	.serves_one = true,
};

void eddy_prio_chan_close(struct eddy_prio_chan *chan)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	chan->closed = true;
	/* Either is empty, as it is not both full and empty. */
	eddy_wake_all(eddy_waitq_is_empty(&chan->senders) ? &chan->receivers : &chan->senders,
		      -EPIPE, key);
}
