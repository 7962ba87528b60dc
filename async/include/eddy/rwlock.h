/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Reader-writer lock: many readers or one writer.
 *
 * Nobody starves: while a writer waits, new readers wait too; and when a writer unlocks, all
 * readers that wait at that moment go first, as one batch, then the next writer. Among themselves,
 * readers and writers are each served by priority, then by arrival.
 *
 * It has no owner: whoever has locked it, another may unlock, in any context. So there is no
 * priority inheritance; for that, take a mutex. A reader that locks again, while it reads, waits
 * for a writer that waits for it: do not.
 *
 * A writer that leaves without the lock (time-out, cancellation) lets readers that waited behind it
 * in as soon as another reader locks or the last one unlocks.
 */

#ifndef EDDY_RWLOCK_H_
#define EDDY_RWLOCK_H_

#include <eddy/op.h>
#include <eddy/select.h>

/**
 * eddy_lock guards it. Invariant: writers wait only while it is locked; readers only while it is
 * write-locked, or a writer waits or did.
 */
struct eddy_rwlock {
	struct eddy_waitq readers;
	struct eddy_waitq writers;
	int32_t holders; /**< Readers inside; -1: a writer. */
};

#define EDDY_RWLOCK_INITIALIZER                                                                    \
	{                                                                                          \
		.holders = 0                                                                       \
	}

/** Define a reader-writer lock, ready for use. */
#define EDDY_RWLOCK_DEFINE(name) struct eddy_rwlock name = EDDY_RWLOCK_INITIALIZER

extern const struct eddy_op eddy_rwlock_lock_read_op;
extern const struct eddy_op eddy_rwlock_lock_write_op;

/** Set up a lock, free. Any context, while nobody uses it. */
void eddy_rwlock_init(struct eddy_rwlock *lock);

/**
 * @brief Lock for reading: together with other readers.
 *
 * @retval 0           Locked.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and a writer is inside, or waits.
 * @retval -ECANCELED  Canceled; it was not locked.
 *
 * @par Context
 * Task. Cost: O(1) without a wait; else O(readers of lower priority that wait).
 */
EDDY_AWAITABLE static inline int
eddy_rwlock_lock_read(struct eddy_task *self, struct eddy_rwlock *lock, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_rwlock_lock_read_op, lock, NULL, timeout);
}

/**
 * @brief Lock for writing: alone.
 *
 * @retval 0           Locked.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and anyone is inside.
 * @retval -ECANCELED  Canceled; it was not locked.
 *
 * @par Context
 * Task. Cost: O(1) without a wait; else O(writers of lower priority that wait).
 */
EDDY_AWAITABLE static inline int
eddy_rwlock_lock_write(struct eddy_task *self, struct eddy_rwlock *lock, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_rwlock_lock_write_op, lock, NULL, timeout);
}

/** Lock for reading. Thread, not to be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_rwlock_lock_read_blocking(struct eddy_rwlock *lock, k_timeout_t timeout)
{
	return eddy_block(&eddy_rwlock_lock_read_op, lock, NULL, timeout);
}

/** Lock for writing. Thread, not to be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_rwlock_lock_write_blocking(struct eddy_rwlock *lock, k_timeout_t timeout)
{
	return eddy_block(&eddy_rwlock_lock_write_op, lock, NULL, timeout);
}

/** Lock for reading if that is possible. @retval -EAGAIN it is not. Any context. */
static inline int eddy_rwlock_try_lock_read(struct eddy_rwlock *lock)
{
	return eddy_try(&eddy_rwlock_lock_read_op, lock, NULL);
}

/** Lock for writing if that is possible. @retval -EAGAIN it is not. Any context. */
static inline int eddy_rwlock_try_lock_write(struct eddy_rwlock *lock)
{
	return eddy_try(&eddy_rwlock_lock_write_op, lock, NULL);
}

/** Have an arm of a select lock for reading. Task; see select.h. */
static inline void eddy_rwlock_lock_read_arm(struct eddy_arm *arm, struct eddy_rwlock *lock)
{
	eddy_arm_set(arm, &eddy_rwlock_lock_read_op, lock, NULL);
}

/** Have an arm of a select lock for writing. Task; see select.h. */
static inline void eddy_rwlock_lock_write_arm(struct eddy_arm *arm, struct eddy_rwlock *lock)
{
	eddy_arm_set(arm, &eddy_rwlock_lock_write_op, lock, NULL);
}

/**
 * @brief End reading.
 *
 * @retval 0       Unlocked: the last reader lets a writer in.
 * @retval -EPERM  Nobody reads; nothing has changed.
 *
 * @par Context
 * Any. Cost: O(1); O(readers that wait) behind a writer that left.
 */
int eddy_rwlock_unlock_read(struct eddy_rwlock *lock);

/**
 * @brief End writing.
 *
 * @retval 0       Unlocked: all who wait to read are in, or else the next writer.
 * @retval -EPERM  Nobody writes; nothing has changed.
 *
 * @par Context
 * Any. Cost: O(readers that wait), interrupts masked for one at a time.
 */
int eddy_rwlock_unlock_write(struct eddy_rwlock *lock);

#endif /* EDDY_RWLOCK_H_ */
