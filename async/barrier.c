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
#include "thread.h"

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

/*
 * Let all who wait go on, one at a time. They are out of the queue before the first does: none of
 * them can leave the round any more. Releases the lock.
 */
static void release(struct eddy_barrier *barrier, k_spinlock_key_t key)
{
	struct eddy_waiter *parties = NULL;
	struct eddy_waiter **end = &parties;
	struct eddy_waiter *party;
	bool is_sched_locked;

	while ((party = eddy_take(&barrier->waiters)) != NULL) {
		*end = party;
		end = &party->next;
	}
	*end = NULL;
	is_sched_locked = parties != NULL && parties->next != NULL && eddy_sched_lock();
	while ((party = parties) != NULL) {
		parties = party->next;
		eddy_unlock(key, eddy_wake(party, 0));
		key = k_spin_lock(&eddy_lock);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
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
	release(barrier, key);
	return 1;
}

const struct eddy_op eddy_barrier_wait_op = {
	.attempt = wait_attempt,
	.queue = offsetof(struct eddy_barrier, waiters),
};
