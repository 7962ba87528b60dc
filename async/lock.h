/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What mutexes are to one another and to condition variables: owners, waiters, loans of priority.
 *
 * A waiter for a mutex has EDDY_TASK_LOCKS in its state and, as its data, the mutex; with
 * EDDY_MUTEX_THREAD_ if it is a thread.
 */

#ifndef ASYNC_LOCK_H_
#define ASYNC_LOCK_H_

#include <eddy/mutex.h>

#include "core.h"

/*
 * In the state of a waiter that is in the queue of a mutex. The bit means a select otherwise, but
 * then a task is in no queue, and a mutex has no arms.
 */
#define EDDY_TASK_LOCKS EDDY_TASK_SELECTS

/* The owner, without the mark that others wait. */
static inline uintptr_t eddy_mutex_owner(const struct eddy_mutex *mutex)
{
	return mutex->owner & ~(uintptr_t)EDDY_MUTEX_CONTENDED_;
}

/*
 * A waiter is about to enter the queue, or just has; its data is set. Lends its priority to the
 * owner. Returns whether eddy_lend_apply() has to follow once the lock is released. Lock held.
 */
bool eddy_mutex_join(struct eddy_mutex *mutex, struct eddy_waiter *waiter);

/* Have the first waiter own the mutex, or nobody. Lock held. */
struct eddy_executor *eddy_mutex_pass_on(struct eddy_mutex *mutex);

/* The same for whoever owns a mutex and no longer wants it; releases the lock. */
void eddy_mutex_release(struct eddy_mutex *mutex, k_spinlock_key_t key);

#ifdef CONFIG_MULTITHREADING

/* Who waits for a mutex, as eddy_mutex.owner names it. */
static inline uintptr_t eddy_mutex_owner_from(struct eddy_waiter *waiter)
{
	if (((uintptr_t)waiter->data & EDDY_MUTEX_THREAD_) != 0U) {
		return (uintptr_t)waiter->executor->thread | EDDY_MUTEX_THREAD_;
	}
	return (uintptr_t)eddy_task_of(waiter);
}

static inline uintptr_t eddy_mutex_owner_current(void)
{
	return (uintptr_t)k_current_get() | EDDY_MUTEX_THREAD_;
}

/* A thread that waits for a mutex, now or later: what else it owns lends on. On its stack. */
struct eddy_locker {
	struct eddy_blocker blocker;
	struct eddy_locker *next;
};

/* Begin and end being known as one that waits. Lock held. */
void eddy_locker_add(struct eddy_locker *locker);
void eddy_locker_remove(struct eddy_locker *locker);

/* Mutexes whose owners inherit a priority. eddy_lock guards it. */
extern struct eddy_mutex *eddy_lenders;

/*
 * Have the owner of a mutex inherit the waiter's priority; and whoever has what the owner waits
 * for, and so on. Returns whether there is news for eddy_lend_apply(). Lock held.
 */
bool eddy_lend(struct eddy_mutex *mutex, struct eddy_waiter *waiter);

/* Set the priorities of threads that eddy_lend() has news for. Any context, lock not held. */
void eddy_lend_apply(void);

/*
 * Has a thread call eddy_lend_apply(). Set by the interrupt executor, so that other programs need
 * not link a work queue for it.
 */
extern void (*eddy_lend_later)(void);

/* eddy_mutex_release() where some mutex lends. */
void eddy_lend_release(struct eddy_mutex *mutex, k_spinlock_key_t key);

static inline bool eddy_is_anyone_lending(void)
{
	return eddy_lenders != NULL;
}

#else

static inline uintptr_t eddy_mutex_owner_from(struct eddy_waiter *waiter)
{
	return (uintptr_t)eddy_task_of(waiter);
}

/* One thread has one priority: nothing to inherit. */
#define eddy_lend(mutex, waiter)      ((void)(mutex), (void)(waiter), false)
#define eddy_lend_apply()             ((void)0)
#define eddy_lend_release(mutex, key) ((void)(mutex), (void)(key))
#define eddy_is_anyone_lending()      false

#endif

#endif /* ASYNC_LOCK_H_ */
