/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Once.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: see struct eddy_once. Who fails hands its turn to the first waiter, so it stays under
 *            way in between.
 */

#include <eddy/once.h>

#include "core.h"

#define DONE  0
#define TO_DO 1 /* results of a begin */

void eddy_once_init(struct eddy_once *once)
{
	*once = (struct eddy_once)EDDY_ONCE_INITIALIZER;
}

static int begin_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_once *once = object;
	int result = DONE;

	ARG_UNUSED(data);
	if (once->state == EDDY_ONCE_UNDER_WAY) {
		return EDDY_PENDING;
	}
	if (once->state == EDDY_ONCE_TO_DO) {
		once->state = EDDY_ONCE_UNDER_WAY;
		result = TO_DO;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

const struct eddy_op eddy_once_begin_op = {
	.attempt = begin_attempt,
	.queue = offsetof(struct eddy_once, waiters),
};

/* It failed: the first waiter's turn. Releases the lock. */
static void pass_on(struct eddy_once *once, k_spinlock_key_t key)
{
	struct eddy_waiter *next = eddy_take(&once->waiters);

	if (next == NULL) {
		once->state = EDDY_ONCE_TO_DO;
		k_spin_unlock(&eddy_lock, key);
	} else {
		eddy_unlock(key, eddy_wake(next, TO_DO));
	}
}

int eddy_once_end(struct eddy_once *once, int result)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (once->state != EDDY_ONCE_UNDER_WAY) {
		k_spin_unlock(&eddy_lock, key);
		return -EPERM;
	}
	if (result < 0) {
		pass_on(once, key);
	} else {
		once->state = EDDY_ONCE_DONE;
		eddy_wake_all(&once->waiters, DONE, key);
	}
	return 0;
}
