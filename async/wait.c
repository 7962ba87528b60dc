/* SPDX-License-Identifier: Apache-2.0 */

/* Waiting and being woken: what is not worth inlining. core.h explains the structures. */

#include <eddy/select.h>

#include "core.h"
#include "thread.h"

struct k_spinlock eddy_lock;

static bool leads_back(const struct eddy_waiter *prev)
{
	return ((uintptr_t)prev & 1U) != 0U;
}

void eddy_waitq_add(struct eddy_waitq *queue, struct eddy_waiter *waiter)
{
	struct eddy_waiter *after = queue->last;
	int prio = eddy_waiter_prio(waiter);

	if (after == NULL) {
		waiter->next = waiter;
		waiter->prev = eddy_waitq_mark(queue);
		queue->last = waiter;
		return;
	}

	/* From the end: most often nobody there is less urgent. */
	while (eddy_waiter_prio(after) > prio) {
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

		(void)eddy_waitq_unlink_first(queue);
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
		    eddy_waiter_prio(waiter) > eddy_waiter_prio(waiter->next)) {
			return false;
		}
	}
	return true;
}

/* Mark a task as neither waiting nor queued, and drop its deadline. It is in no queue any more. */
static void settle(struct eddy_task *task)
{
	uint8_t state = task->waiter.state;

	if ((state & EDDY_TASK_TIMED) != 0U) {
		eddy_timeq_remove(task);
	}
	task->waiter.state = state & (uint8_t) ~(EDDY_TASK_WAITING | EDDY_TASK_QUEUED |
						 EDDY_TASK_TIMED | EDDY_TASK_SELECTS);
}

/* Take a waiter that has been unlinked. NULL: an arm of a select that does not wait now. */
static struct eddy_waiter *take_unlinked(struct eddy_waiter *waiter)
{
	if ((waiter->state & EDDY_TASK_SELECTS) != 0U) {
		waiter = eddy_select_take(waiter);
		if (waiter == NULL) {
			return NULL;
		}
	}
	settle(eddy_task_of(waiter));
	return waiter;
}

/* Take whoever can be served, beginning with @first, which is no plain waiter. */
static __noinline struct eddy_waiter *take_any(struct eddy_waitq *queue, struct eddy_waiter *first)
{
	for (;;) {
		struct eddy_waiter *taken = take_unlinked(first);

		if (taken != NULL || eddy_waitq_is_empty(queue)) {
			return taken;
		}
		first = eddy_waitq_unlink_first(queue);
	}
}

/*
 * Most often it is an arm, alone in its queue, of a select in which a task waits without limit.
 * That arm may stay there, and is dormant until the task waits again: the task saves the trip.
 */
__noinline struct eddy_waiter *eddy_take_slow(struct eddy_waitq *queue, struct eddy_waiter *first)
{
	struct eddy_arm *arm = CONTAINER_OF(first, struct eddy_arm, waiter);
	struct eddy_waiter *waiter;

	if (first->state != EDDY_ARM_QUEUED || !eddy_waitq_is_empty(queue) ||
	    !arm->op->serves_one) {
		return take_any(queue, first);
	}
	waiter = &arm->select->task->waiter;
	if (waiter->state != EDDY_TASK_PLAIN_SELECT || waiter->data != arm->select) {
		return take_any(queue, first);
	}
	queue->last = first; /* its links have not changed */
	arm->select->which = first->root;
	waiter->data = first->data;
	waiter->state = EDDY_TASK_ACTIVE;
	return waiter;
}

struct eddy_waiter *eddy_take_this(struct eddy_waiter *waiter)
{
	eddy_waitq_remove(waiter);
	return take_unlinked(waiter);
}

bool eddy_is_awaited(struct eddy_waitq *queue)
{
	while (!eddy_waitq_is_empty(queue)) {
		struct eddy_waiter *first = queue->last->next;

		if ((first->state & EDDY_TASK_SELECTS) == 0U || eddy_select_is_waiting(first)) {
			return true;
		}
		(void)eddy_take_this(first); /* leaves the queue, and is not served */
	}
	return false;
}

__noinline void eddy_wake_all(struct eddy_waitq *queue, int result, k_spinlock_key_t key)
{
	bool is_sched_locked = eddy_waitq_has_several(queue) && eddy_sched_lock();
	struct eddy_waitq rest;
	struct eddy_waiter *waiter;

	/*
	 * They move to a queue of ours: once the first is woken, the object may be gone. In there
	 * they can still time out or be canceled.
	 */
	eddy_waitq_move(&rest, queue);
	while (!eddy_waitq_is_empty(&rest)) {
		waiter = take_unlinked(eddy_waitq_unlink_first(&rest));
		if (waiter != NULL) {
			eddy_unlock(key, eddy_wake(waiter, result));
			key = k_spin_lock(&eddy_lock);
		}
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

struct eddy_executor *eddy_wake_unserved(struct eddy_task *task, int result)
{
	if ((task->waiter.state & EDDY_TASK_QUEUED) != 0U) {
		eddy_waitq_remove(&task->waiter);
	}
	settle(task);
	return eddy_wake(&task->waiter, result);
}

__noinline int eddy_notify(struct eddy_executor *executor)
{
	executor->notify(executor); /* may switch threads */
	return 0;
}

int eddy_wait(struct eddy_waitq *queue, struct eddy_task *self, void *data, k_spinlock_key_t key)
{
	eddy_detect_await(self);
	if (eddy_limit_ticks(self) == 0) {
		k_spin_unlock(&eddy_lock, key);
		return -EAGAIN;
	}
	__ASSERT((self->waiter.state & EDDY_TASK_WAITING) == 0U, "task %p waits already",
		 (void *)self);

	self->waiter.data = data;
	self->waiter.state |= EDDY_TASK_WAITING | EDDY_TASK_QUEUED;
	eddy_waitq_add(queue, &self->waiter);
	if (!eddy_is_unlimited(self)) {
		eddy_timeq_add(self);
	}
	k_spin_unlock(&eddy_lock, key);
	return EDDY_PENDING;
}

int eddy_await_limited(struct eddy_task *self, const struct eddy_op *op, void *object, void *data)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result;

	eddy_detect_await(self);
	if (eddy_is_canceled(self)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	result = op->attempt(object, data, key);
	if (result != EDDY_PENDING) {
		return result;
	}
	if (op->data_is_pointer) {
		eddy_assert_survives(self, data);
	}
	return eddy_wait(eddy_op_queue(op, object), self, data, key);
}

int eddy_try_locked(const struct eddy_op *op, void *object, void *data, k_spinlock_key_t key)
{
	int result = op->attempt(object, data, key);

	if (result == EDDY_PENDING) {
		k_spin_unlock(&eddy_lock, key);
		return -EAGAIN;
	}
	return result;
}

int eddy_try(const struct eddy_op *op, void *object, void *data)
{
	return eddy_try_locked(op, object, data, k_spin_lock(&eddy_lock));
}
