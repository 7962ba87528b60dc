/* SPDX-License-Identifier: Apache-2.0 */

/* Mutex: the faces for threads. */

#include "lock.h"

/* Sleep in the queue of a mutex that somebody owns; releases the lock. */
static int wait_for(struct eddy_mutex *mutex, k_timeout_t timeout, k_spinlock_key_t key)
{
	struct eddy_locker locker;
	bool is_news;
	int result;

	eddy_blocker_queue(&locker.blocker, &mutex->waiters,
			   (void *)((uintptr_t)mutex | EDDY_MUTEX_THREAD_));
	eddy_locker_add(&locker);
	is_news = eddy_mutex_join(mutex, &locker.blocker.task.waiter);
	k_spin_unlock(&eddy_lock, key);
	if (is_news) {
		eddy_lend_apply();
	}

	result = eddy_blocker_sleep(&locker.blocker, timeout);

	key = k_spin_lock(&eddy_lock);
	eddy_locker_remove(&locker);
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_mutex_lock_blocking(struct eddy_mutex *mutex, k_timeout_t timeout)
{
	uintptr_t self = eddy_mutex_owner_current();
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = 0;

	__ASSERT(!k_is_in_isr(), "mutex %p: an interrupt cannot own it", (void *)mutex);
	if (mutex->owner == 0U) {
		mutex->owner = self;
	} else if (eddy_mutex_owner(mutex) == self) {
		result = -EDEADLK;
	} else if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		result = -EAGAIN;
	} else {
		return wait_for(mutex, timeout, key);
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_mutex_unlock_blocking(struct eddy_mutex *mutex)
{
	return eddy_mutex_unlock_slowly(mutex, eddy_mutex_owner_current());
}
