/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Barrier.
 *
 * Who waits is in the queue; who leaves it early (time-out, cancellation) tells nobody. So arrivals
 * are only counted up, and when they seem to be complete, the queue says how many there are.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: see struct eddy_barrier.
 */

#include <eddy/barrier.h>

#include "core.h"

int eddy_barrier_init(struct eddy_barrier *barrier, uint16_t parties)
{
	if (parties == 0U) {
		return -EINVAL;
	}
	*barrier = (struct eddy_barrier)EDDY_BARRIER_INITIALIZER(parties);
	return 0;
}

static uint16_t count_waiters(const struct eddy_waitq *queue)
{
	uint16_t count = 0U;

	for (const struct eddy_waiter *waiter = eddy_waitq_first(queue); waiter != NULL;
	     waiter = eddy_waitq_after(queue, waiter)) {
		count++;
	}
	return count;
}

static int wait_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_barrier *barrier = object;

	ARG_UNUSED(data);
	barrier->arrived++;
	if (barrier->arrived < barrier->parties) {
		return EDDY_PENDING;
	}
	barrier->arrived = count_waiters(&barrier->waiters) + 1U; /* and us */
	if (barrier->arrived < barrier->parties) {
		return EDDY_PENDING;
	}
	barrier->arrived = 0U;
	eddy_wake_all(&barrier->waiters, 0, key);
	return 1;
}

const struct eddy_op eddy_barrier_wait_op = {
	.attempt = wait_attempt,
	.queue = offsetof(struct eddy_barrier, waiters),
};
