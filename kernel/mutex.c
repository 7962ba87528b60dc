/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Mutex with priority inheritance.
 *
 * While more urgent threads wait, the owner runs at the priority of the most urgent one. As in
 * Zephyr, each mutex remembers the priority that its owner had when it locked it: mutexes are to be
 * unlocked in the reverse order of locking, and inheritance does not travel along a chain of
 * owners.
 *
 * Locking:   sched_lock guards every field.
 * Invariant: owner is NULL if and only if lock_count is 0, and nobody waits for a free mutex.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

int k_mutex_init(struct k_mutex *mutex)
{
	*mutex = (struct k_mutex)Z_MUTEX_INITIALIZER(*mutex);
	return 0;
}

static void set_owner_priority(struct k_mutex *mutex, int prio)
{
	if (mutex->owner->prio != prio) {
		sched_set_priority(mutex->owner, prio);
	}
}

/* The owner's priority as this mutex sees it: its own, or its most urgent waiter's. */
static int deserved_priority(const struct k_mutex *mutex)
{
	const struct k_thread *first = mutex->waiters.first;

	return first == NULL ? mutex->owner_orig_prio : MIN(first->prio, mutex->owner_orig_prio);
}

static __noinline int lock_slow(struct k_mutex *mutex, k_timeout_t timeout, k_spinlock_key_t key)
{
	struct k_thread *self = kernel.current;
	int result = 0;

	if (mutex->owner == self) {
		__ASSERT(mutex->lock_count != UINT32_MAX, "mutex %p is locked too often",
			 (void *)mutex);
		mutex->lock_count++;
	} else if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		result = -EBUSY;
	} else {
		set_owner_priority(mutex, MIN(self->prio, mutex->owner->prio));
		result = sched_wait(&mutex->waiters, key, timeout);
		if (result == 0) {
			return 0; /* handed over */
		}
		/* We lent our priority and leave: the owner keeps what the others lend it. */
		key = k_spin_lock(&sched_lock);
		if (mutex->owner != NULL) {
			set_owner_priority(mutex, deserved_priority(mutex));
		}
	}
	sched_unlock(key);
	return result;
}

int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *self = kernel.current;

	__ASSERT(!arch_is_in_isr(), "mutex %p: an interrupt cannot own it", (void *)mutex);
	if (unlikely(mutex->owner != NULL)) {
		return lock_slow(mutex, timeout, key);
	}
	mutex->owner = self;
	mutex->lock_count = 1U;
	mutex->owner_orig_prio = self->prio;
	sched_unlock(key);
	return 0;
}

/* The owner, which runs, goes back to its own priority. The caller reconsiders who is best. */
static void take_back_loan(struct k_mutex *mutex)
{
	struct k_thread *owner = mutex->owner;

	if (owner->prio != mutex->owner_orig_prio) {
		readyq_remove(&kernel.ready, owner);
		owner->prio = (int8_t)mutex->owner_orig_prio;
		readyq_add(&kernel.ready, owner);
	}
}

static __noinline int unlock_slow(struct k_mutex *mutex, k_spinlock_key_t key)
{
	struct k_thread *heir;

	if (mutex->owner != kernel.current) {
		int result = mutex->owner == NULL ? -EINVAL : -EPERM;

		sched_unlock(key);
		return result;
	}
	if (--mutex->lock_count != 0U) {
		sched_unlock(key);
		return 0;
	}

	take_back_loan(mutex);
	heir = waitq_take_first(&mutex->waiters);
	mutex->owner = heir;
	if (heir != NULL) {
		mutex->lock_count = 1U;
		mutex->owner_orig_prio = heir->prio;
		/* No need to lend it anything: those who still wait are not more urgent. */
		sched_wake_undecided(heir, 0);
	}
	sched_reconsider();
	sched_unlock(key); /* may switch threads */
	return 0;
}

int k_mutex_unlock(struct k_mutex *mutex)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *self = kernel.current;

	__ASSERT(!arch_is_in_isr(), "mutex %p: an interrupt cannot own it", (void *)mutex);
	/* It may still run at the priority of a waiter that has timed out or was aborted. */
	if (unlikely(mutex->owner != self || mutex->lock_count != 1U ||
		     mutex->waiters.first != NULL || self->prio != mutex->owner_orig_prio)) {
		return unlock_slow(mutex, key);
	}
	mutex->owner = NULL;
	mutex->lock_count = 0U;
	sched_unlock(key);
	return 0;
}
