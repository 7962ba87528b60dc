/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Signal: one value, for whoever waits for it.
 *
 * Nobody waits while it is raised, so one word tells both: the queue of waiters, or that it is
 * raised.
 *
 * Locking:   eddy_lock guards every field. A waiter's data is where its value goes, or NULL.
 */

#include <eddy/signal.h>

#include "core.h"

void eddy_signal_init(struct eddy_signal *signal)
{
	eddy_assert_unawaited(signal);
	*signal = (struct eddy_signal)EDDY_SIGNAL_INITIALIZER;
}

/* Whether it is raised, or not and nobody waits. */
static ALWAYS_INLINE bool is_unawaited(const struct eddy_signal *signal)
{
	return (uintptr_t)signal->waiters.last <= (uintptr_t)EDDY_SIGNAL_RAISED;
}

static ALWAYS_INLINE void serve(struct eddy_waiter *waiter, uintptr_t value, k_spinlock_key_t key)
{
	if (waiter->data != NULL) {
		*(uintptr_t *)waiter->data = value;
	}
	eddy_unlock(key, eddy_wake(waiter, 0));
}

static ALWAYS_INLINE void keep(struct eddy_signal *signal, uintptr_t value, k_spinlock_key_t key)
{
	signal->value = value;
	signal->waiters.last = EDDY_SIGNAL_RAISED;
	k_spin_unlock(&eddy_lock, key);
}

/* The same, with a first waiter who is no plain one. */
static __noinline void raise_slow(struct eddy_signal *signal, uintptr_t value, k_spinlock_key_t key)
{
	struct eddy_waiter *waiter = eddy_take_unusual(&signal->waiters);

	if (waiter == NULL) { /* none but arms of selects that do not wait */
		keep(signal, value, key);
	} else {
		serve(waiter, value, key);
	}
}

void eddy_signal_raise(struct eddy_signal *signal, uintptr_t value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (is_unawaited(signal)) {
		keep(signal, value, key);
	} else if (likely(eddy_first_is_plain(&signal->waiters))) {
		serve(eddy_take_plain(&signal->waiters), value, key);
	} else {
		raise_slow(signal, value, key);
	}
}

void eddy_signal_reset(struct eddy_signal *signal)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (signal->waiters.last == EDDY_SIGNAL_RAISED) {
		signal->waiters.last = NULL;
	}
	k_spin_unlock(&eddy_lock, key);
}

static ALWAYS_INLINE bool is_raised(const struct eddy_signal *signal)
{
	return signal->waiters.last == EDDY_SIGNAL_RAISED;
}

/* Take the value, which is there. */
static ALWAYS_INLINE int take(struct eddy_signal *signal, uintptr_t *value, k_spinlock_key_t key)
{
	signal->waiters.last = NULL;
	if (value != NULL) {
		*value = signal->value;
	}
	k_spin_unlock(&eddy_lock, key);
	return 0;
}

static int wait_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_signal *signal = object;

	return is_raised(signal) ? take(signal, data, key) : EDDY_PENDING;
}

const struct eddy_op eddy_signal_wait_op = {
	.attempt = wait_attempt,
	.queue = offsetof(struct eddy_signal, waiters),
	.data_is_pointer = true,
	.serves_one = true,
};

int eddy_signal_wait_limited(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value)
{
	return eddy_await_limited(self, &eddy_signal_wait_op, signal, value);
}

/* Written out, since one look at one word tells what to do. */
int eddy_signal_wait_forever(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (likely(self->waiter.state == EDDY_TASK_ACTIVE)) {
		if (likely(eddy_waitq_is_empty(&signal->waiters))) {
			eddy_assert_survives(self, value);
			return eddy_wait_alone(&signal->waiters, &self->waiter, value, key);
		}
		if (likely(is_raised(signal))) {
			return take(signal, value, key);
		}
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_limit(self, K_FOREVER);
	return eddy_signal_wait_limited(self, signal, value);
}
