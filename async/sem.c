/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counting semaphore: what has to wait, or to serve those who do. The rest is inline in sem.h.
 *
 * Locking:   eddy_lock guards every field. The quick ways and these take it one after the other,
 *            so each of these looks at everything anew.
 * Invariant: see struct eddy_sem. A count of EDDY_SEM_AWAITED_ outlives waiters that left: the next
 *            give finds nobody and counts again.
 */

#include <eddy/sem.h>

#include "core.h"

#define AWAITED EDDY_SEM_AWAITED_

static __maybe_unused bool sem_is_valid(const struct eddy_sem *sem)
{
	return sem->count >= AWAITED && sem->count <= sem->limit &&
	       (sem->count == AWAITED || eddy_waitq_is_empty(&sem->waiters));
}

int eddy_sem_init(struct eddy_sem *sem, uint32_t count, uint32_t limit)
{
	if (limit == 0U || limit > EDDY_SEM_LIMIT_MAX || count > limit) {
		return -EINVAL;
	}
	eddy_assert_unawaited(sem);
	*sem = (struct eddy_sem)EDDY_SEM_INITIALIZER(count, limit);
	return 0;
}

static ALWAYS_INLINE int take_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_sem *sem = object;

	ARG_UNUSED(data);
	__ASSERT(sem_is_valid(sem), "semaphore %p is not valid", object);
	if (sem->count <= 0) {
		sem->count = AWAITED;
		return EDDY_PENDING;
	}
	sem->count--;
	k_spin_unlock(&eddy_lock, key);
	return 0;
}

const struct eddy_op eddy_sem_take_op = {
	.attempt = take_attempt,
	.queue = offsetof(struct eddy_sem, waiters),
	.serves_one = true,
};

__noinline int eddy_sem_take_limited(struct eddy_task *self, struct eddy_sem *sem)
{
	return eddy_await_inline(self, &eddy_sem_take_op, sem, NULL, true);
}

__noinline int eddy_sem_take_forever(struct eddy_task *self, struct eddy_sem *sem)
{
	return eddy_await_inline(self, &eddy_sem_take_op, sem, NULL, false);
}

__noinline void eddy_sem_give_slowly(struct eddy_sem *sem)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *waiter = eddy_take(&sem->waiters);

	__ASSERT(sem_is_valid(sem), "semaphore %p is not valid", (void *)sem);
	if (waiter != NULL) {
		eddy_unlock(key, eddy_wake(waiter, 0));
		return;
	}
	if (sem->count == AWAITED) {
		sem->count = 1; /* whoever waited has left, and the queue is empty */
	} else if (sem->count < sem->limit) {
		sem->count++;
	}
	k_spin_unlock(&eddy_lock, key);
}
