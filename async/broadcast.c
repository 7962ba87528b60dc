/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Broadcast: a ring of messages, each with the number of subscribers that have yet to read it.
 *
 * Subscribers need no list: each knows how far it has read, and each slot how many are behind it.
 * There is room if nobody has yet to read the oldest message, whose slot is the next one's. As all
 * read in order, no message is left by its last reader before an older one is.
 *
 * One step can entail others: a message that is read makes room for a publisher that waits, whose
 * message serves the subscribers that wait, and the last of those may make room again. They are
 * taken one by one, interrupts let in between.
 *
 * Locking:   eddy_lock guards every field, and is held while one message is copied.
 * Invariant: receivers wait only if they have read everything, publishers only while there is no
 *            room; but for the steps that somebody is about to take. A receiver's data is its
 *            subscriber, a publisher's its message.
 */

#include <string.h>

#include <eddy/broadcast.h>

#include "core.h"
#include "thread.h"

int eddy_broadcast_init(struct eddy_broadcast *broadcast, void *buffer, uint16_t *unread,
			uint16_t item_size, uint16_t capacity)
{
	if (buffer == NULL || unread == NULL || item_size == 0U || capacity == 0U) {
		return -EINVAL;
	}
	eddy_assert_unawaited(broadcast);
	*broadcast = (struct eddy_broadcast)EDDY_BROADCAST_INITIALIZER(buffer, unread, item_size,
								       capacity);
	memset(unread, 0, capacity * sizeof(*unread));
	return 0;
}

static bool has_room(const struct eddy_broadcast *broadcast)
{
	return broadcast->unread[broadcast->next] == 0U;
}

static char *item_at(const struct eddy_broadcast *broadcast, uint16_t slot)
{
	return broadcast->buffer + (size_t)slot * broadcast->item_size;
}

static void put(struct eddy_broadcast *broadcast, const void *item)
{
	uint16_t slot = broadcast->next;

	memcpy(item_at(broadcast, slot), item, broadcast->item_size);
	broadcast->unread[slot] = broadcast->subscribers;
	broadcast->next = slot + 1U == broadcast->capacity ? 0U : slot + 1U;
	broadcast->published++;
}

/* Have the subscriber leave behind what was overwritten. Returns how many messages that were. */
static uint32_t skip_missed(struct eddy_subscriber *subscriber)
{
	const struct eddy_broadcast *broadcast = subscriber->broadcast;
	uint32_t pending = broadcast->published - subscriber->read;

	if (pending <= broadcast->capacity) {
		return 0U;
	}
	subscriber->read = broadcast->published - broadcast->capacity;
	return pending - broadcast->capacity;
}

/* Have the subscriber leave its next message behind; there is one. Returns its slot. */
static uint16_t leave_behind(struct eddy_subscriber *subscriber)
{
	struct eddy_broadcast *broadcast = subscriber->broadcast;
	uint32_t pending = broadcast->published - subscriber->read;
	uint32_t slot =
		broadcast->next + (pending <= broadcast->next ? 0U : broadcast->capacity) - pending;

	__ASSERT(broadcast->unread[slot] > 0U, "%p is not subscribed", (void *)subscriber);
	broadcast->unread[slot]--;
	subscriber->read++;
	return (uint16_t)slot;
}

/* Give a subscriber its next message; there is one. Returns what the receiver is told. */
static int read_next(struct eddy_subscriber *subscriber)
{
	const struct eddy_broadcast *broadcast = subscriber->broadcast;
	uint32_t missed = skip_missed(subscriber);
	uint16_t slot = leave_behind(subscriber);

	memcpy(subscriber->item, item_at(broadcast, slot), broadcast->item_size);
	return (int)MIN(missed, (uint32_t)INT_MAX);
}

/*
 * Serve those in @due, for whom there is a message, and publishers for whom there is room now; one
 * at a time. Releases the lock.
 */
static void settle(struct eddy_broadcast *broadcast, struct eddy_waitq *due, k_spinlock_key_t key)
{
	bool are_several =
		eddy_waitq_has_several(due) || !eddy_waitq_is_empty(&broadcast->publishers);
	bool is_sched_locked = are_several && eddy_sched_lock();

	for (;;) {
		struct eddy_executor *executor = NULL;
		struct eddy_waiter *waiter = eddy_take(due);

		if (waiter != NULL) {
			executor = eddy_wake(waiter, read_next(waiter->data));
		} else if (has_room(broadcast) &&
			   (waiter = eddy_take(&broadcast->publishers)) != NULL) {
			put(broadcast, waiter->data);
			eddy_waitq_move(due, &broadcast->receivers);
			executor = eddy_wake(waiter, 0);
		} else {
			break;
		}
		eddy_unlock(key, executor);
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

/* Publish, and serve all whom that concerns. Releases the lock. */
static void publish(struct eddy_broadcast *broadcast, const void *item, k_spinlock_key_t key)
{
	struct eddy_waitq due;

	put(broadcast, item);
	eddy_waitq_move(&due, &broadcast->receivers);
	settle(broadcast, &due, key);
}

void eddy_broadcast_post(struct eddy_broadcast *broadcast, const void *item)
{
	publish(broadcast, item, k_spin_lock(&eddy_lock));
}

/* The data is the message. */
static int publish_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_broadcast *broadcast = object;

	__ASSERT(data != NULL, "broadcast %p: no message", object);
	if (!has_room(broadcast) || eddy_is_awaited(&broadcast->publishers)) {
		return EDDY_PENDING; /* room is for those who wait, and about to be served */
	}
	publish(broadcast, data, key);
	return 0;
}

/* The data is the subscriber. */
static int recv_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_broadcast *broadcast = object;
	struct eddy_subscriber *subscriber = data;
	struct eddy_waitq due = {NULL};
	int missed;

	__ASSERT(subscriber->item != NULL, "broadcast %p: nowhere to put the message", object);
	if (subscriber->read == broadcast->published) {
		return EDDY_PENDING;
	}
	missed = read_next(subscriber);
	settle(broadcast, &due, key);
	return missed;
}

const struct eddy_op eddy_broadcast_publish_op = {
	.attempt = publish_attempt,
	.queue = offsetof(struct eddy_broadcast, publishers),
	.data_is_pointer = true,
};

const struct eddy_op eddy_broadcast_recv_op = {
	.attempt = recv_attempt,
	.queue = offsetof(struct eddy_broadcast, receivers),
	.data_is_pointer = true,
};

int eddy_broadcast_recv_limited(struct eddy_task *self, struct eddy_subscriber *subscriber,
				void *item)
{
	int result;

	subscriber->item = item;
	result = eddy_await_limited(self, &eddy_broadcast_recv_op, subscriber->broadcast,
				    subscriber);
	if (result == EDDY_PENDING) {
		eddy_assert_survives(self, item);
	}
	return result;
}

void eddy_broadcast_subscribe(struct eddy_subscriber *subscriber, struct eddy_broadcast *broadcast)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT(broadcast->subscribers < UINT16_MAX, "broadcast %p: too many subscribers",
		 (void *)broadcast);
	*subscriber = (struct eddy_subscriber){
		.broadcast = broadcast,
		.read = broadcast->published,
	};
	broadcast->subscribers++;
	k_spin_unlock(&eddy_lock, key);
}

void eddy_broadcast_unsubscribe(struct eddy_subscriber *subscriber)
{
	struct eddy_broadcast *broadcast = subscriber->broadcast;
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	uint32_t end = broadcast->published; /* later ones do not count on us */

	__ASSERT(broadcast->subscribers > 0U, "%p is not subscribed", (void *)subscriber);
	broadcast->subscribers--;
	for (;;) {
		struct eddy_waitq due = {NULL};

		(void)skip_missed(subscriber); /* nobody is left to be told */
		if ((int32_t)(end - subscriber->read) <= 0) {
			break;
		}
		(void)leave_behind(subscriber); /* unread */
		settle(broadcast, &due, key);
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
}
