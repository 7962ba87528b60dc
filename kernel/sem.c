/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counting semaphore.
 *
 * The uncontended paths are flat leaf functions; what waits or wakes is out of line.
 *
 * Locking:   sched_lock guards every field of every semaphore.
 * Invariant: count <= limit, and count is 0 while anyone waits.
 */

#include <kpoll.h>
#include <zephyr/kernel.h>

#define assert_valid(sem)                                                                          \
	__ASSERT((sem)->count <= (sem)->limit &&                                                   \
			 ((sem)->count == 0U || (sem)->waiters.first == NULL),                     \
		 "semaphore %p is damaged or was not set up", (void *)(sem))

int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit)
{
	if (limit == 0U || initial_count > limit) {
		return -EINVAL;
	}
	*sem = (struct k_sem)Z_SEM_INITIALIZER(*sem, initial_count, limit);
	return 0;
}

static __noinline int take_slow(struct k_sem *sem, k_spinlock_key_t key, k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		sched_unlock(key);
		return -EBUSY;
	}
	return sched_wait(&sem->waiters, key, timeout);
}

int k_sem_take(struct k_sem *sem, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "semaphore %p: an interrupt must not wait", (void *)sem);
	assert_valid(sem);
	if (unlikely(sem->count == 0U)) {
		return take_slow(sem, key, timeout);
	}
	sem->count--;
	sched_unlock(key);
	return 0;
}

static __noinline void give_slow(struct k_sem *sem, k_spinlock_key_t key)
{
	/* Hand over, do not bank: a third thread must not steal it. */
	struct k_thread *taker = sem->waiters.first;

	waitq_remove(&sem->waiters, taker);
	sched_wake(taker, 0);
	sched_unlock(key); /* may switch threads */
}

void k_sem_give(struct k_sem *sem)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	assert_valid(sem);
	if (unlikely(sem->waiters.first != NULL)) {
		give_slow(sem, key);
		return;
	}
	if (sem->count < sem->limit) {
		sem->count++;
	}
	(void)poll_unlock(sem, K_POLL_STATE_SEM_AVAILABLE, key);
}

void k_sem_reset(struct k_sem *sem)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *waiter;

	while ((waiter = waitq_take_first(&sem->waiters)) != NULL) {
		sched_wake(waiter, -EAGAIN);
	}
	sem->count = 0U;
	/* A poller's wait ends too, as in Zephyr. */
	(void)poll_unlock(sem, K_POLL_STATE_SEM_AVAILABLE, key);
}
