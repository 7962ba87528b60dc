/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Condition variable.
 *
 * Locking: sched_lock guards the wait queue. Between unlocking the mutex and waiting, interrupts
 * stay masked, so that no signal falls in between.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

int k_condvar_init(struct k_condvar *condvar)
{
	*condvar = (struct k_condvar)Z_CONDVAR_INITIALIZER(*condvar);
	return 0;
}

int k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout)
{
	unsigned int irq_key = arch_irq_lock();
	k_spinlock_key_t key;
	int result = -EAGAIN;

	/* It may wake the next owner, but with interrupts masked we run on until we wait. */
	(void)k_mutex_unlock(mutex);
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		arch_irq_unlock(irq_key);
	} else {
		key = k_spin_lock(&sched_lock);
		key.key = irq_key; /* the state to return to */
		result = sched_wait(&condvar->waiters, key, timeout);
	}
	(void)k_mutex_lock(mutex, K_FOREVER); /* cannot fail */
	return result;
}

int k_condvar_signal(struct k_condvar *condvar)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *waiter = waitq_take_first(&condvar->waiters);

	if (waiter != NULL) {
		sched_wake(waiter, 0);
	}
	sched_unlock(key);
	return 0;
}

int k_condvar_broadcast(struct k_condvar *condvar)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *waiter;
	int woken = 0;

	while ((waiter = waitq_take_first(&condvar->waiters)) != NULL) {
		sched_wake(waiter, 0);
		woken++;
	}
	sched_unlock(key);
	return woken;
}
