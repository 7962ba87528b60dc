/* SPDX-License-Identifier: Apache-2.0 */

/* Objects that carry no data. */

#include "contexts.h"

static struct eddy_sem sem;

ANYWHERE(eddy_sem_init)
{
	return eddy_sem_init(&sem, 1U, 2U) == 0 && eddy_sem_init(&sem, 3U, 2U) == -EINVAL;
}

ANYWHERE(eddy_sem_try_take)
{
	return eddy_sem_init(&sem, 1U, 2U) == 0 && eddy_sem_try_take(&sem) == 0 &&
	       eddy_sem_try_take(&sem) == -EAGAIN;
}

ANYWHERE(eddy_sem_give)
{
	if (eddy_sem_init(&sem, 1U, 2U) != 0) {
		return false;
	}
	eddy_sem_give(&sem);
	eddy_sem_give(&sem);
	return eddy_sem_count(&sem) == 2U;
}

ANYWHERE(eddy_sem_count)
{
	return eddy_sem_init(&sem, 1U, 2U) == 0 && eddy_sem_count(&sem) == 1U;
}

static struct eddy_mutex mutex;

ANYWHERE(eddy_mutex_init)
{
	eddy_mutex_init(&mutex);
	return !eddy_mutex_is_locked(&mutex);
}

static bool is_lockable(void)
{
	return eddy_mutex_lock_blocking(&mutex, K_NO_WAIT) == 0 && eddy_mutex_is_locked(&mutex) &&
	       eddy_mutex_unlock_blocking(&mutex) == 0;
}

ANYWHERE(eddy_mutex_is_locked)
{
	check_later(is_lockable);
	return !eddy_mutex_is_locked(&mutex);
}

static struct eddy_rwlock rwlock;

ANYWHERE(eddy_rwlock_init)
{
	(void)eddy_rwlock_try_lock_write(&rwlock);
	eddy_rwlock_init(&rwlock);
	return eddy_rwlock_try_lock_write(&rwlock) == 0;
}

ANYWHERE(eddy_rwlock_try_lock_read)
{
	eddy_rwlock_init(&rwlock);
	return eddy_rwlock_try_lock_read(&rwlock) == 0 && eddy_rwlock_try_lock_read(&rwlock) == 0;
}

ANYWHERE(eddy_rwlock_try_lock_write)
{
	eddy_rwlock_init(&rwlock);
	return eddy_rwlock_try_lock_write(&rwlock) == 0 &&
	       eddy_rwlock_try_lock_write(&rwlock) == -EAGAIN;
}

ANYWHERE(eddy_rwlock_unlock_read)
{
	eddy_rwlock_init(&rwlock);
	return eddy_rwlock_try_lock_read(&rwlock) == 0 && eddy_rwlock_unlock_read(&rwlock) == 0 &&
	       eddy_rwlock_unlock_read(&rwlock) == -EPERM;
}

ANYWHERE(eddy_rwlock_unlock_write)
{
	eddy_rwlock_init(&rwlock);
	return eddy_rwlock_try_lock_write(&rwlock) == 0 && eddy_rwlock_unlock_write(&rwlock) == 0 &&
	       eddy_rwlock_unlock_write(&rwlock) == -EPERM;
}

static struct eddy_condvar condvar;

ANYWHERE(eddy_condvar_init)
{
	eddy_condvar_init(&condvar);
	return eddy_condvar_signal(&condvar) == 0;
}

/* Waits until the condition variable is signaled. */
struct condvar_waiter {
	struct eddy_frame frame;
	struct eddy_condvar_wait wait;
};

async_fn(condvar_waiter)
{
	int rc;

	async_begin;
	await(eddy_mutex_lock(self, &mutex, K_FOREVER));
	await_into(rc, eddy_condvar_wait(self, &my->wait, &condvar, &mutex, K_FOREVER));
	(void)eddy_mutex_unlock(self, &mutex);
	async_return(rc);
	async_end;
}

static EDDY_TASK_STORAGE(condvar_waiter) waiters[2];

static void start_waiters(void)
{
	eddy_mutex_init(&mutex);
	eddy_condvar_init(&condvar);
	for (size_t i = 0; i < ARRAY_SIZE(waiters); i++) {
		EDDY_TASK_INIT(&waiters[i], condvar_waiter);
		spawn(&waiters[i].task);
	}
	run_ready();
}

/* How many of them have ended; then all have. */
static int end_waiters(void)
{
	int ended = 0;

	run_ready();
	for (size_t i = 0; i < ARRAY_SIZE(waiters); i++) {
		if (eddy_cancel(&waiters[i].task) == -ESRCH) {
			ended++;
		}
	}
	run_ready();
	return ended;
}

static bool one_has_ended(void)
{
	return end_waiters() == 1;
}

static bool both_have_ended(void)
{
	return end_waiters() == 2;
}

ANYWHERE_AFTER(eddy_condvar_signal, start_waiters)
{
	check_later(one_has_ended);
	return eddy_condvar_signal(&condvar) == 1;
}

ANYWHERE_AFTER(eddy_condvar_broadcast, start_waiters)
{
	check_later(both_have_ended);
	return eddy_condvar_broadcast(&condvar) == 2;
}

static struct eddy_once once;

ANYWHERE(eddy_once_init)
{
	(void)eddy_once_try_begin(&once);
	eddy_once_init(&once);
	return eddy_once_try_begin(&once) == 1;
}

ANYWHERE(eddy_once_try_begin)
{
	eddy_once_init(&once);
	return eddy_once_try_begin(&once) == 1 && eddy_once_try_begin(&once) == -EAGAIN;
}

ANYWHERE(eddy_once_end)
{
	eddy_once_init(&once);
	return eddy_once_end(&once, 0) == -EPERM && eddy_once_try_begin(&once) == 1 &&
	       eddy_once_end(&once, 0) == 0 && eddy_once_try_begin(&once) == 0;
}

ANYWHERE(eddy_once_is_done)
{
	eddy_once_init(&once);
	return !eddy_once_is_done(&once) && eddy_once_try_begin(&once) == 1 &&
	       eddy_once_end(&once, 0) == 0 && eddy_once_is_done(&once);
}

static struct eddy_barrier barrier;

ANYWHERE(eddy_barrier_init)
{
	return eddy_barrier_init(&barrier, 1U) == 0 && eddy_barrier_init(&barrier, 0U) == -EINVAL;
}

ANYWHERE(eddy_barrier_try_wait)
{
	return eddy_barrier_init(&barrier, 1U) == 0 && eddy_barrier_try_wait(&barrier) == 1 &&
	       eddy_barrier_init(&barrier, 2U) == 0 && eddy_barrier_try_wait(&barrier) == -EAGAIN;
}

static struct eddy_event event;

ANYWHERE(eddy_event_init)
{
	eddy_event_post(&event, BIT(0));
	eddy_event_init(&event);
	return eddy_event_get(&event) == 0U;
}

ANYWHERE(eddy_event_post)
{
	eddy_event_init(&event);
	eddy_event_post(&event, BIT(0));
	eddy_event_post(&event, BIT(1));
	return eddy_event_get(&event) == (BIT(0) | BIT(1));
}

ANYWHERE(eddy_event_set)
{
	eddy_event_init(&event);
	eddy_event_post(&event, BIT(0));
	eddy_event_set(&event, BIT(1));
	return eddy_event_get(&event) == BIT(1);
}

ANYWHERE(eddy_event_clear)
{
	eddy_event_init(&event);
	eddy_event_post(&event, BIT(0) | BIT(1));
	eddy_event_clear(&event, BIT(1));
	return eddy_event_get(&event) == BIT(0);
}

ANYWHERE(eddy_event_get)
{
	eddy_event_init(&event);
	return eddy_event_get(&event) == 0U;
}

ANYWHERE(eddy_event_try_wait)
{
	eddy_event_init(&event);
	eddy_event_post(&event, BIT(3));
	return eddy_event_try_wait(&event, BIT(3) | BIT(4), EDDY_EVENT_ANY) == BIT(3) &&
	       eddy_event_try_wait(&event, BIT(3) | BIT(4), EDDY_EVENT_ALL) == -EAGAIN;
}
