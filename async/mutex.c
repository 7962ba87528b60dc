/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Mutex: what has to wait, or to serve those who do. The rest is inline in mutex.h.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: see struct eddy_mutex. A contended mark outlives waiters that left: the next unlock
 *            finds nobody and frees the mutex.
 */

#include "lock.h"

void eddy_mutex_init(struct eddy_mutex *mutex)
{
	eddy_assert_unawaited(mutex);
	*mutex = (struct eddy_mutex)EDDY_MUTEX_INITIALIZER;
}

bool eddy_mutex_join(struct eddy_mutex *mutex, struct eddy_waiter *waiter)
{
	mutex->owner |= EDDY_MUTEX_CONTENDED_;
	waiter->state |= EDDY_TASK_LOCKS;
	return eddy_lend(mutex, waiter);
}

struct eddy_executor *eddy_mutex_pass_on(struct eddy_mutex *mutex)
{
	struct eddy_waiter *first = eddy_waitq_first(&mutex->waiters);

	if (first == NULL) {
		mutex->owner = 0U;
		return NULL;
	}
	first->state &= (uint8_t)~EDDY_TASK_LOCKS; /* lest it be taken for a select's */
	(void)eddy_take(&mutex->waiters);          /* it is the first */
	mutex->owner = eddy_mutex_owner_from(first);
	if (!eddy_waitq_is_empty(&mutex->waiters)) {
		mutex->owner |= EDDY_MUTEX_CONTENDED_;
	}
	return eddy_wake(first, 0);
}

void eddy_mutex_release(struct eddy_mutex *mutex, k_spinlock_key_t key)
{
	if (eddy_is_anyone_lending()) {
		eddy_lend_release(mutex, key);
	} else {
		eddy_unlock(key, eddy_mutex_pass_on(mutex));
	}
}

/* Wait for a mutex that somebody owns; releases the lock. */
static int wait_for(struct eddy_mutex *mutex, struct eddy_task *self, k_spinlock_key_t key)
{
	bool is_news;

	self->waiter.data = mutex;
	is_news = eddy_mutex_join(mutex, &self->waiter);
	(void)eddy_wait(&mutex->waiters, self, mutex, key); /* the limit is not K_NO_WAIT */
	if (is_news) {
		eddy_lend_apply();
	}
	return EDDY_PENDING;
}

__noinline int eddy_mutex_lock_limited(struct eddy_task *self, struct eddy_mutex *mutex)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = 0;

	if (eddy_is_canceled(self)) {
		result = -ECANCELED;
	} else if (mutex->owner == 0U) {
		mutex->owner = (uintptr_t)self;
	} else if (eddy_mutex_owner(mutex) == (uintptr_t)self) {
		result = -EDEADLK;
	} else if (eddy_limit_ticks(self) == 0) {
		result = -EAGAIN;
	} else {
		return wait_for(mutex, self, key);
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_mutex_try_lock(struct eddy_task *self, struct eddy_mutex *mutex)
{
	if (eddy_mutex_lock_quickly_(mutex, (uintptr_t)self)) {
		return 0;
	}
	return eddy_mutex_owner(mutex) == (uintptr_t)self ? -EDEADLK : -EAGAIN;
}

__noinline int eddy_mutex_unlock_slowly(struct eddy_mutex *mutex, uintptr_t owner)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (eddy_mutex_owner(mutex) != owner) {
		k_spin_unlock(&eddy_lock, key);
		return -EPERM;
	}
	eddy_mutex_release(mutex, key);
	return 0;
}
