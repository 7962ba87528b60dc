/* SPDX-License-Identifier: Apache-2.0 */

/* Waiting and being woken: what is not worth inlining. core.h explains the structures. */

#include "core.h"

struct k_spinlock eddy_lock;

static bool leads_back(const struct eddy_waiter *prev)
{
	return ((uintptr_t)prev & 1U) != 0U;
}

void eddy_waitq_add(struct eddy_waitq *queue, struct eddy_waiter *waiter)
{
	struct eddy_waiter *after = queue->last;
	int prio = waiter->executor->prio;

	if (after == NULL) {
		waiter->next = waiter;
		waiter->prev = eddy_waitq_mark(queue);
		queue->last = waiter;
		return;
	}

	/* From the end: most often nobody there is less urgent. */
	while (after->executor->prio > prio) {
		if (leads_back(after->prev)) {
			struct eddy_waiter *first = after; /* less urgent too: become the first */

			waiter->next = first;
			waiter->prev = eddy_waitq_mark(queue);
			first->prev = waiter;
			queue->last->next = waiter;
			return;
		}
		after = after->prev;
	}
	waiter->prev = after;
	waiter->next = after->next;
	after->next = waiter;
	if (queue->last == after) {
		queue->last = waiter;
	} else {
		waiter->next->prev = waiter;
	}
}

/* The queue of a waiter that is the last in it. */
static struct eddy_waitq *queue_of_last(const struct eddy_waiter *last)
{
	return (struct eddy_waitq *)((uintptr_t)last->next->prev & ~(uintptr_t)1U);
}

void eddy_waitq_remove(struct eddy_waiter *waiter)
{
	struct eddy_waiter *next = waiter->next;

	if (leads_back(waiter->prev)) {
		/* The first: the queue follows from its mark. */
		struct eddy_waitq *queue =
			(struct eddy_waitq *)((uintptr_t)waiter->prev & ~(uintptr_t)1U);

		(void)eddy_waitq_take_first(queue);
	} else if (leads_back(next->prev)) {
		/* The last: its next is the first. */
		queue_of_last(waiter)->last = waiter->prev;
		waiter->prev->next = next;
	} else {
		waiter->prev->next = next;
		next->prev = waiter->prev;
	}
}

bool eddy_waitq_is_valid(const struct eddy_waitq *queue)
{
	const struct eddy_waiter *last = queue->last;
	const struct eddy_waiter *waiter;

	if (last == NULL) {
		return true;
	}
	waiter = last->next;
	if ((uintptr_t)waiter->prev != ((uintptr_t)queue | 1U)) {
		return false;
	}
	for (; waiter != last; waiter = waiter->next) {
		if (waiter->next->prev != waiter ||
		    waiter->executor->prio > waiter->next->executor->prio) {
			return false;
		}
	}
	return true;
}

__noinline void eddy_wake_all(struct eddy_waitq *queue, int result, k_spinlock_key_t key)
{
	struct eddy_waitq rest = *queue;

	/*
	 * They move to a queue of ours: once the first is woken, the object may be gone. In there
	 * they can still time out or be canceled.
	 */
	queue->last = NULL;
	if (!eddy_waitq_is_empty(&rest)) {
		rest.last->next->prev = eddy_waitq_mark(&rest);
	}
	while (!eddy_waitq_is_empty(&rest)) {
		eddy_unlock(key, eddy_wake(eddy_waitq_take_first(&rest), result));
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
}

int eddy_wait_slow(struct eddy_waitq *queue, struct eddy_task *self, void *data,
		   k_spinlock_key_t key)
{
	uint8_t state = self->waiter.state;

	if (eddy_limit_ticks(self) == 0) {
		k_spin_unlock(&eddy_lock, key);
		return -EAGAIN;
	}
	__ASSERT((state & EDDY_TASK_WAITING) == 0U, "task %p waits already", (void *)self);
	eddy_assert_survives(self, data);

	self->waiter.data = data;
	self->waiter.state = state | EDDY_TASK_WAITING | EDDY_TASK_QUEUED;
	eddy_waitq_add(queue, &self->waiter);
	if (!eddy_is_unlimited(self)) {
		eddy_timeq_add(self);
	}
	k_spin_unlock(&eddy_lock, key);
	return EDDY_PENDING;
}

/*
 * A thread that blocks is an executor of its own with a single task on it, which is never run:
 * pushing it to the run queue notifies the executor, and that is what the thread sleeps for.
 */
int eddy_wait_blocking(struct eddy_waitq *queue, void *data, k_timeout_t timeout,
		       k_spinlock_key_t key)
{
	struct eddy_executor executor;
	struct eddy_task task;

	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		k_spin_unlock(&eddy_lock, key);
		return -EAGAIN;
	}
	__ASSERT(!k_is_in_isr(), "an interrupt must not block");
	eddy_executor_init(&executor, NULL);
	executor.prio = (int8_t)k_thread_priority_get(k_current_get());
	executor.sleeping = true;
	task.waiter.state = EDDY_TASK_ACTIVE | EDDY_TASK_WAITING | EDDY_TASK_QUEUED;
	task.waiter.executor = &executor;
	task.waiter.data = data;
	task.deadline.link = NULL;
	eddy_waitq_add(queue, &task.waiter);
	k_spin_unlock(&eddy_lock, key);

	if (k_sem_take(&executor.wake, timeout) != 0) {
		key = k_spin_lock(&eddy_lock);
		if ((task.waiter.state & EDDY_TASK_QUEUED) != 0U) {
			eddy_waitq_remove(&task.waiter);
			k_spin_unlock(&eddy_lock, key);
			return -EAGAIN;
		}
		/* Served in the same instant: its notification is under way, and refers to us. */
		k_spin_unlock(&eddy_lock, key);
		(void)k_sem_take(&executor.wake, K_FOREVER);
	}
	return task.waiter.result;
}
