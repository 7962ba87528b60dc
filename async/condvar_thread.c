/* SPDX-License-Identifier: Apache-2.0 */

/* Condition variable: the face for threads. */

#include <eddy/condvar.h>

#include "lock.h"

/* Wait for a signal, with the mutex released; releases the lock. */
static int wait_for_signal(struct eddy_condvar *condvar, struct eddy_mutex *mutex,
			   k_timeout_t timeout, k_spinlock_key_t key)
{
	struct eddy_locker locker;
	int result;

	eddy_blocker_queue(&locker.blocker, &condvar->waiters,
			   (void *)((uintptr_t)mutex | EDDY_MUTEX_THREAD_));
	eddy_locker_add(&locker);
	eddy_mutex_release(mutex, key);

	result = eddy_blocker_sleep(&locker.blocker, timeout);

	key = k_spin_lock(&eddy_lock);
	eddy_locker_remove(&locker);
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_condvar_wait_blocking(struct eddy_condvar *condvar, struct eddy_mutex *mutex,
			       k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = -EAGAIN;

	__ASSERT(!k_is_in_isr(), "an interrupt must not block");
	if (eddy_mutex_owner(mutex) != eddy_mutex_owner_current()) {
		result = -EPERM;
	} else if (!K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		result = wait_for_signal(condvar, mutex, timeout, key);
		if (result != 0) {
			(void)eddy_mutex_lock_blocking(mutex, K_FOREVER); /* cannot fail */
		}
		return result;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}
