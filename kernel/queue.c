/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Queue: a singly linked list of the caller's items.
 *
 * An item goes straight to the first thread that waits; only if none does it enters the list. Who
 * waits finds its item in wait_data. kqueue.h has the list itself.
 *
 * Locking:   sched_lock guards every field, and the first word of each item in the list.
 * Invariant: nobody waits while there is an item. The last item's link is NULL.
 */

#include <kpoll.h>
#include <kqueue.h>
#include <zephyr/kernel.h>

void k_queue_init(struct k_queue *queue)
{
	*queue = (struct k_queue)Z_QUEUE_INITIALIZER(*queue);
}

/* Somebody waits. */
static __noinline void hand_over(struct k_queue *queue, void *data, k_spinlock_key_t key)
{
	queue_serve(queue, data);
	sched_unlock(key); /* may switch threads */
}

static ALWAYS_INLINE void link_behind(struct k_queue *queue, void *prev, void *data)
{
	*queue_next(data) = *queue_next(prev);
	*queue_next(prev) = data;
	if (queue->tail == prev) {
		queue->tail = data;
	}
}

void k_queue_append(struct k_queue *queue, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (unlikely(queue->waiters.first != NULL)) {
		hand_over(queue, data, key);
		return;
	}
	queue_add_last(queue, data);
	(void)poll_unlock(queue, K_POLL_STATE_DATA_AVAILABLE, key);
}

void k_queue_prepend(struct k_queue *queue, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (unlikely(queue->waiters.first != NULL)) {
		hand_over(queue, data, key);
		return;
	}
	queue_add_first(queue, data);
	(void)poll_unlock(queue, K_POLL_STATE_DATA_AVAILABLE, key);
}

void k_queue_insert(struct k_queue *queue, void *prev, void *data)
{
	k_spinlock_key_t key;

	if (prev == NULL) {
		k_queue_prepend(queue, data);
		return;
	}
	key = k_spin_lock(&sched_lock);
	if (queue->waiters.first != NULL) {
		hand_over(queue, data, key);
		return;
	}
	link_behind(queue, prev, data);
	(void)poll_unlock(queue, K_POLL_STATE_DATA_AVAILABLE, key);
}

int k_queue_append_list(struct k_queue *queue, void *head, void *tail)
{
	k_spinlock_key_t key;

	if (head == NULL || tail == NULL) {
		return -EINVAL;
	}
	key = k_spin_lock(&sched_lock);
	while (head != NULL && queue->waiters.first != NULL) {
		void *next = *queue_next(head); /* the waiter may write to its item at once */

		queue_serve(queue, head);
		head = next;
	}
	if (head != NULL) {
		queue_add_chain(queue, head, tail);
		poll_notify(queue, K_POLL_STATE_DATA_AVAILABLE);
	}
	sched_unlock(key);
	return 0;
}

int k_queue_merge_slist(struct k_queue *queue, sys_slist_t *list)
{
	sys_slist_t nodes = *list;

	/* Empty it first: a thread woken may use it at once. */
	sys_slist_init(list);
	return k_queue_append_list(queue, nodes.head, nodes.tail);
}

static __noinline void *wait_turn(struct k_queue *queue, k_timeout_t timeout, k_spinlock_key_t key)
{
	struct k_thread *self = kernel.current;

	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		sched_unlock(key);
		return NULL;
	}
	return sched_wait(&queue->waiters, key, timeout) == 0 ? self->wait_data : NULL;
}

void *k_queue_get(struct k_queue *queue, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *data = queue->head;

	if (unlikely(data == NULL)) {
		return wait_turn(queue, timeout, key);
	}
	queue->head = *queue_next(data);
	sched_unlock(key);
	if (QUEUE_HAS_CARRIERS && unlikely(queue_is_carrier(data))) {
		data = queue_unload(data);
	}
	return data;
}

void k_queue_cancel_wait(struct k_queue *queue)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	if (queue->waiters.first != NULL) {
		queue_serve(queue, NULL);
	}
	(void)poll_unlock(queue, K_POLL_STATE_CANCELLED, key);
}

/* Find @data and the item before it, NULL if it is the first. */
static bool find(struct k_queue *queue, const void *data, void **prev)
{
	void *item = queue->head;

	*prev = NULL;
	while (item != NULL && item != data) {
		*prev = item;
		item = *queue_next(item);
	}
	return item != NULL;
}

bool k_queue_remove(struct k_queue *queue, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *prev;
	bool found = find(queue, data, &prev);

	if (found && prev == NULL) {
		queue->head = *queue_next(data);
	} else if (found) {
		*queue_next(prev) = *queue_next(data);
		if (queue->tail == data) {
			queue->tail = prev;
		}
	}
	sched_unlock(key);
	return found;
}

bool k_queue_unique_append(struct k_queue *queue, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *prev;

	if (find(queue, data, &prev)) {
		sched_unlock(key);
		return false;
	}
	if (queue->waiters.first != NULL) {
		hand_over(queue, data, key);
		return true;
	}
	queue_add_last(queue, data);
	(void)poll_unlock(queue, K_POLL_STATE_DATA_AVAILABLE, key);
	return true;
}

/* The item behind a link, which may be NULL. */
static void *item_of(void *link)
{
	return queue_is_carrier(link) ? queue_carrier_of(link)->data : link;
}

void *k_queue_peek_head(struct k_queue *queue)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *item = item_of(queue->head);

	k_spin_unlock(&sched_lock, key);
	return item;
}

void *k_queue_peek_tail(struct k_queue *queue)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *item = queue->head == NULL ? NULL : item_of(queue->tail);

	k_spin_unlock(&sched_lock, key);
	return item;
}
