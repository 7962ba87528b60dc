/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Mutex: one owner at a time, a task or a thread.
 *
 * Tasks await it, threads block on it; interrupts have no name to own it by and cannot use it
 * (tasks of an interrupt executor can). It is not recursive. An unlock hands it straight to the
 * first waiter: nobody overtakes. Locking and unlocking without a wait are inline.
 *
 * Priority inheritance: while a more urgent task or thread waits, the thread that the owner runs on
 * has the waiter's priority, until the unlock; and so on, if the owner itself waits for a mutex. An
 * owner whose waiters have left (time-out, cancellation) keeps it until then. What else runs on
 * that thread is as urgent meanwhile: the other tasks of its executor, or of its work queue. Do not
 * change the priority of a thread that owns a mutex, or whose tasks do: the change is undone when
 * an inherited priority ends.
 *
 * Tasks that are only polled (eddy_executor_poll()) inherit by the thread that set the executor up.
 *
 * There is no arm for select: the owner would inherit the priority of a task that may choose
 * another way at any moment. Select on a semaphore of one unit.
 */

#ifndef EDDY_MUTEX_H_
#define EDDY_MUTEX_H_

#include <eddy/executor.h>
#include <eddy/op.h>

/* Marks in eddy_mutex.owner. */
#define EDDY_MUTEX_CONTENDED_ BIT(0) /* Somebody waits, or did: the quick unlock will not do. */
#define EDDY_MUTEX_THREAD_    BIT(1) /* The owner is a thread. */

/** eddy_lock guards it. Invariant: anyone in the queue implies EDDY_MUTEX_CONTENDED_. */
struct eddy_mutex {
	uintptr_t owner; /**< Task or thread, with marks; 0: free. */
	struct eddy_waitq waiters;
	struct eddy_mutex *next_lender; /**< List of those whose owners inherit a priority. */
	int8_t lent;                    /**< That priority. */
	int8_t own;                     /**< Of the owner's thread, without inheritance. */
	bool lends;                     /**< In the list. */
	bool is_news;                   /**< `lent` is still to be given to the thread. */
};

#define EDDY_MUTEX_INITIALIZER                                                                     \
	{                                                                                          \
		.owner = 0U                                                                        \
	}

/** Define a mutex, ready for use. */
#define EDDY_MUTEX_DEFINE(name) struct eddy_mutex name = EDDY_MUTEX_INITIALIZER

/** Set up a mutex, free. Any context, while nobody uses it. */
void eddy_mutex_init(struct eddy_mutex *mutex);

int eddy_mutex_lock_limited(struct eddy_task *self, struct eddy_mutex *mutex);
int eddy_mutex_unlock_slowly(struct eddy_mutex *mutex, uintptr_t owner);

/* Lock a mutex for @owner if it is free. */
static inline bool eddy_mutex_lock_quickly_(struct eddy_mutex *mutex, uintptr_t owner)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool locked = mutex->owner == 0U;

	if (likely(locked)) {
		mutex->owner = owner;
	}
	k_spin_unlock(&eddy_lock, key);
	return locked;
}

/**
 * @brief Lock a mutex, waiting for it if need be.
 *
 * Waiters are served by priority, then by arrival.
 *
 * @retval 0           Locked: the task owns it.
 * @retval -EDEADLK    The task owns it already.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and it is not free.
 * @retval -ECANCELED  Canceled; it was not locked.
 *
 * @par Context
 * Task. Cost: O(1) if it is free; else O(waiters of lower priority) and, where a priority is
 * inherited, O(mutexes that lend one) with interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_mutex_lock(struct eddy_task *self, struct eddy_mutex *mutex,
						 k_timeout_t timeout)
{
	if (likely(self->waiter.state == EDDY_TASK_ACTIVE) &&
	    likely(eddy_mutex_lock_quickly_(mutex, (uintptr_t)self))) {
		return 0;
	}
	eddy_limit(self, timeout);
	return eddy_mutex_lock_limited(self, mutex);
}

/**
 * eddy_mutex_lock() for a thread, which must not be aborted meanwhile; -ECANCELED does not occur.
 */
int eddy_mutex_lock_blocking(struct eddy_mutex *mutex, k_timeout_t timeout);

/** Lock a mutex if it is free. @retval -EAGAIN it is not. @retval -EDEADLK it is ours. Task. */
int eddy_mutex_try_lock(struct eddy_task *self, struct eddy_mutex *mutex);

/**
 * @brief Unlock a mutex. Its first waiter owns it then.
 *
 * @retval 0       Unlocked.
 * @retval -EPERM  The task does not own it; nothing has changed.
 *
 * @par Context
 * Task; whether canceled or not. Cost: O(1); O(mutexes that lend a priority) if the task has
 * inherited one by it. May switch threads.
 */
static inline int eddy_mutex_unlock(struct eddy_task *self, struct eddy_mutex *mutex)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool unlocked = mutex->owner == (uintptr_t)self; /* and no marks */

	if (likely(unlocked)) {
		mutex->owner = 0U;
	}
	k_spin_unlock(&eddy_lock, key);
	return likely(unlocked) ? 0 : eddy_mutex_unlock_slowly(mutex, (uintptr_t)self);
}

/** The same for a thread that owns the mutex. It does not block. */
int eddy_mutex_unlock_blocking(struct eddy_mutex *mutex);

/** Whether anyone owns the mutex at this moment. Any context. */
static inline bool eddy_mutex_is_locked(const struct eddy_mutex *mutex)
{
	return mutex->owner != 0U;
}

#endif /* EDDY_MUTEX_H_ */
