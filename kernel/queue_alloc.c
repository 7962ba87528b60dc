/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Queue: items that the queue must not write to, each carried by a node from the system's heap.
 *
 * The heap has the same lock as the queue, so memory is allocated before the lock is taken, and
 * given back if a thread has come to wait meanwhile.
 */

#include <kpoll.h>
#include <kqueue.h>
#include <zephyr/kernel.h>

/* Whether there was a waiter to serve. */
static bool serve(struct k_queue *queue, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	bool served = queue->waiters.first != NULL;

	if (served) {
		queue_serve(queue, data);
	}
	sched_unlock(key); /* may switch threads */
	return served;
}

static int32_t add(struct k_queue *queue, void *data, bool as_last)
{
	struct queue_carrier *carrier;
	k_spinlock_key_t key;

	if (serve(queue, data)) {
		return 0; /* there need not be any memory */
	}
	carrier = k_malloc(sizeof(*carrier));
	if (carrier == NULL) {
		return -ENOMEM;
	}
	carrier->data = data;

	key = k_spin_lock(&sched_lock);
	if (queue->waiters.first != NULL) {
		queue_serve(queue, data);
		sched_unlock(key);
		k_free(carrier);
		return 0;
	}
	if (as_last) {
		queue_add_last(queue, queue_carrier_link(carrier));
	} else {
		queue_add_first(queue, queue_carrier_link(carrier));
	}
	return poll_unlock(queue, K_POLL_STATE_DATA_AVAILABLE, key);
}

int32_t k_queue_alloc_append(struct k_queue *queue, void *data)
{
	return add(queue, data, true);
}

int32_t k_queue_alloc_prepend(struct k_queue *queue, void *data)
{
	return add(queue, data, false);
}

void *queue_unload(void *link)
{
	struct queue_carrier *carrier = queue_carrier_of(link);
	void *data = carrier->data;

	k_free(carrier);
	return data;
}
