/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Counting semaphore: units that are given and taken.
 *
 * Tasks await a unit, threads block for one, anyone may try. A unit given while somebody waits goes
 * straight to the first waiter: nobody overtakes. Giving and taking without a wait are inline.
 */

#ifndef EDDY_SEM_H_
#define EDDY_SEM_H_

#include <eddy/executor.h>
#include <eddy/op.h>
#include <eddy/select.h>

/** The highest limit of a semaphore. */
#define EDDY_SEM_LIMIT_MAX INT32_MAX

/** For eddy_sem.count: there are no units, and perhaps somebody waits for one. */
#define EDDY_SEM_AWAITED_ (-1)

/**
 * eddy_lock guards it. Invariant: count is EDDY_SEM_AWAITED_ or from 0 to limit, and it is
 * EDDY_SEM_AWAITED_ while anyone is in the queue. So it alone tells whether there is a quick way:
 * down if it is above 0, up if it is, as an unsigned number, below the limit.
 */
struct eddy_sem {
	struct eddy_waitq waiters;
	int32_t count;
	int32_t limit;
};

#define EDDY_SEM_INITIALIZER(count_, limit_)                                                       \
	{                                                                                          \
		.count = (int32_t)(count_), .limit = (int32_t)(limit_),                            \
	}

/** Define a semaphore of @p count_ units, at most @p limit_, ready for use. */
#define EDDY_SEM_DEFINE(name, count_, limit_)                                                      \
	struct eddy_sem name = EDDY_SEM_INITIALIZER(count_, limit_);                               \
	BUILD_ASSERT((limit_) > 0 && (limit_) <= EDDY_SEM_LIMIT_MAX, "limit out of range");        \
	BUILD_ASSERT((count_) >= 0 && (count_) <= (limit_), "count out of range")

extern const struct eddy_op eddy_sem_take_op;
int eddy_sem_take_limited(struct eddy_task *self, struct eddy_sem *sem);
int eddy_sem_take_forever(struct eddy_task *self, struct eddy_sem *sem);
void eddy_sem_give_slowly(struct eddy_sem *sem);

/**
 * @brief Set up a semaphore.
 *
 * @param count  Units to begin with.
 * @param limit  Most units that it holds; 1 to EDDY_SEM_LIMIT_MAX.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  The limit is out of range, or the count above it.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_sem_init(struct eddy_sem *sem, uint32_t count, uint32_t limit);

/* Take a unit if there is one. */
static inline bool eddy_sem_take_quickly_(struct eddy_sem *sem)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int32_t rest = sem->count - 1;

	if (likely(rest >= 0)) {
		sem->count = rest;
	}
	k_spin_unlock(&eddy_lock, key);
	return rest >= 0;
}

/**
 * @brief Take one unit, waiting for it if need be.
 *
 * Waiters are served by priority, then by arrival.
 *
 * @retval 0           One unit belongs to the caller.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and there is no unit.
 * @retval -ECANCELED  Canceled; no unit was taken.
 *
 * @par Context
 * Task. Cost: O(1) if there is a unit; else O(waiters of lower priority), interrupts masked.
 */
EDDY_AWAITABLE static inline int eddy_sem_take(struct eddy_task *self, struct eddy_sem *sem,
					       k_timeout_t timeout)
{
	if (likely(self->waiter.state == EDDY_TASK_ACTIVE) && likely(eddy_sem_take_quickly_(sem))) {
		return 0;
	}
	if (EDDY_IS_FOREVER_(timeout)) {
		return eddy_sem_take_forever(self, sem);
	}
	eddy_limit(self, timeout);
	return eddy_sem_take_limited(self, sem);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_sem_take_blocking(struct eddy_sem *sem, k_timeout_t timeout)
{
	return eddy_block(&eddy_sem_take_op, sem, NULL, timeout);
}

/** Take a unit if there is one. @retval -EAGAIN there is none. Any context. */
static inline int eddy_sem_try_take(struct eddy_sem *sem)
{
	return eddy_sem_take_quickly_(sem) ? 0 : -EAGAIN;
}

/** Have an arm of a select take a unit. Task; see select.h. */
static inline void eddy_sem_take_arm(struct eddy_arm *arm, struct eddy_sem *sem)
{
	eddy_arm_set(arm, &eddy_sem_take_op, sem, NULL);
}

/**
 * @brief Give one unit: to the first waiter, or to the count. At its limit the count stays.
 *
 * @par Context
 * Any. Cost: O(1), and the notification of the waiter's executor if that sleeps.
 */
static inline void eddy_sem_give(struct eddy_sem *sem)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool given = (uint32_t)sem->count < (uint32_t)sem->limit;

	if (likely(given)) {
		sem->count++;
	}
	k_spin_unlock(&eddy_lock, key);
	if (unlikely(!given)) {
		eddy_sem_give_slowly(sem);
	}
}

/** Units at this moment. Any context. */
static inline uint32_t eddy_sem_count(const struct eddy_sem *sem)
{
	return (uint32_t)MAX(sem->count, 0);
}

#endif /* EDDY_SEM_H_ */
