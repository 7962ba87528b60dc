/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Condition variable.
 *
 * A signal takes the waiter to its mutex: owns it at once, or moves from our queue to the mutex's,
 * without a run in between. From then on it counts as served, so it is marked as shielded: a
 * cancellation waits until the task has what it was signaled for, and neither it nor a time-out
 * makes a signal get lost.
 *
 * A waiter that leaves our queue without a signal has to lock the mutex again first: in resumed(),
 * the code of a frame of its own on top of the task's function.
 *
 * Locking:   eddy_lock guards it all.
 * Invariant: the data of whoever is in our queue is its mutex, as lock.h has it.
 */

#include <eddy/condvar.h>

#include "lock.h"
#include "thread.h"

void eddy_condvar_init(struct eddy_condvar *condvar)
{
	eddy_assert_unawaited(condvar);
	*condvar = (struct eddy_condvar)EDDY_CONDVAR_INITIALIZER;
}

static struct eddy_mutex *mutex_of(const struct eddy_waiter *waiter)
{
	return (struct eddy_mutex *)((uintptr_t)waiter->data & ~(uintptr_t)EDDY_MUTEX_THREAD_);
}

/* The mutex is locked: yield the result to whoever awaits, as it was before the wait. */
static int leave(const struct eddy_condvar_wait *wait, struct eddy_task *self, int result)
{
	if (!wait->is_shielded) {
		eddy_unshield(self);
	}
	return result;
}

/* Resumed with the mutex, which it had to wait for once more. */
static int relocked(void *frame, struct eddy_task *self)
{
	struct eddy_condvar_wait *wait = frame;

	return leave(wait, self, wait->result);
}

/* Resumed: signaled, with the mutex; or timed out or canceled, without. */
static int resumed(void *frame, struct eddy_task *self)
{
	struct eddy_condvar_wait *wait = frame;
	int result = self->waiter.result;

	if (result != 0) {
		wait->result = result;
		wait->frame.code = relocked;
		(void)eddy_shield(self); /* is_shielded says if it was */
		eddy_limit(self, K_FOREVER);
		if (eddy_mutex_lock_limited(self, wait->mutex) == EDDY_PENDING) {
			return EDDY_PENDING;
		}
	}
	return leave(wait, self, result);
}

/* Why a wait cannot begin, or 0. */
static int refusal(const struct eddy_task *self, const struct eddy_mutex *mutex)
{
	if (eddy_mutex_owner(mutex) != (uintptr_t)self) {
		return -EPERM;
	}
	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	return eddy_limit_ticks(self) == 0 ? -EAGAIN : 0;
}

int eddy_condvar_wait_limited(struct eddy_task *self, struct eddy_condvar_wait *wait,
			      struct eddy_condvar *condvar, struct eddy_mutex *mutex)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = refusal(self, mutex);

	eddy_assert_survives(self, wait);
	if (result != 0) {
		k_spin_unlock(&eddy_lock, key);
		return result;
	}
	*wait = (struct eddy_condvar_wait){
		.frame = {.code = resumed, .caller = self->frame},
		.mutex = mutex,
		.is_shielded = (self->waiter.state & EDDY_TASK_SHIELDED) != 0U,
	};
	self->frame = &wait->frame;
	(void)eddy_wait(&condvar->waiters, self, mutex, key); /* the limit is not K_NO_WAIT */
	/* Only our own executor resumes us, so there is time for this. */
	eddy_mutex_release(mutex, k_spin_lock(&eddy_lock));
	return EDDY_PENDING;
}

/* Take a waiter, just unlinked, to its mutex, which somebody owns. Returns if there is news. */
static bool queue_for_mutex(struct eddy_waiter *waiter, struct eddy_mutex *mutex)
{
	if ((waiter->state & EDDY_TASK_TIMED) != 0U) {
		eddy_timeq_remove(eddy_task_of(waiter));
		waiter->state &= (uint8_t)~EDDY_TASK_TIMED;
	}
	waiter->state |= EDDY_TASK_SHIELDED;
	eddy_waitq_add(&mutex->waiters, waiter);
	return eddy_mutex_join(mutex, waiter);
}

/* Signal the first of a queue that is not empty. Releases the lock. */
static void serve_first(struct eddy_waitq *queue, k_spinlock_key_t key)
{
	struct eddy_waiter *first = eddy_waitq_first(queue);
	struct eddy_mutex *mutex = mutex_of(first);

	if (mutex->owner == 0U) {
		(void)eddy_take(queue); /* it is the first */
		mutex->owner = eddy_mutex_owner_from(first);
		eddy_unlock(key, eddy_wake(first, 0));
	} else {
		bool is_news = queue_for_mutex(eddy_waitq_unlink_first(queue), mutex);

		k_spin_unlock(&eddy_lock, key);
		if (is_news) {
			eddy_lend_apply();
		}
	}
}

int eddy_condvar_signal(struct eddy_condvar *condvar)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (eddy_waitq_is_empty(&condvar->waiters)) {
		k_spin_unlock(&eddy_lock, key);
		return 0;
	}
	serve_first(&condvar->waiters, key);
	return 1;
}

int eddy_condvar_broadcast(struct eddy_condvar *condvar)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool is_sched_locked = eddy_waitq_has_several(&condvar->waiters) && eddy_sched_lock();
	struct eddy_waitq all;
	int count = 0;

	eddy_waitq_move(&all, &condvar->waiters);
	while (!eddy_waitq_is_empty(&all)) {
		serve_first(&all, key);
		count++;
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
	return count;
}
