/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Signal: one value, for whoever waits for it.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: nobody waits while it is raised. A waiter's data is where its value goes, or NULL.
 */

#include "core.h"

void eddy_signal_init(struct eddy_signal *signal)
{
	*signal = (struct eddy_signal)EDDY_SIGNAL_INITIALIZER;
}

void eddy_signal_raise(struct eddy_signal *signal, uintptr_t value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (eddy_waitq_is_empty(&signal->waiters)) {
		signal->value = value;
		signal->raised = true;
		k_spin_unlock(&eddy_lock, key);
	} else {
		struct eddy_waiter *waiter = eddy_waitq_take_first(&signal->waiters);

		if (waiter->data != NULL) {
			*(uintptr_t *)waiter->data = value;
		}
		eddy_unlock(key, eddy_wake(waiter, 0));
	}
}

void eddy_signal_reset(struct eddy_signal *signal)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	signal->raised = false;
	k_spin_unlock(&eddy_lock, key);
}

/* Take the value, which is there. Lock held. */
static ALWAYS_INLINE int take(struct eddy_signal *signal, uintptr_t *value)
{
	signal->raised = false;
	if (value != NULL) {
		*value = signal->value;
	}
	return 0;
}

int eddy_signal_wait_limited(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result;

	if (eddy_is_canceled(self)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	if (!signal->raised) {
		return eddy_wait(&signal->waiters, self, value, key);
	}
	result = take(signal, value);
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_signal_wait_blocking(struct eddy_signal *signal, uintptr_t *value, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result;

	if (!signal->raised) {
		return eddy_wait_blocking(&signal->waiters, value, timeout, key);
	}
	result = take(signal, value);
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_signal_try_wait(struct eddy_signal *signal, uintptr_t *value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = signal->raised ? take(signal, value) : -EAGAIN;

	k_spin_unlock(&eddy_lock, key);
	return result;
}
