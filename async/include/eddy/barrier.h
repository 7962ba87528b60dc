/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Barrier: a number of parties wait for one another, then all go on. It is ready for the next round
 * at once.
 *
 * There is no arm for select: an arm would count as arrived while its task does something else.
 */

#ifndef EDDY_BARRIER_H_
#define EDDY_BARRIER_H_

#include <eddy/op.h>

/** eddy_lock guards it. Invariant: fewer wait than there are parties; not more than `arrived`. */
struct eddy_barrier {
	struct eddy_waitq waiters;
	uint16_t parties;
	uint16_t arrived; /**< In this round, those included that have left again. */
};

#define EDDY_BARRIER_INITIALIZER(parties_)                                                         \
	{                                                                                          \
		.parties = (parties_)                                                              \
	}

/** Define a barrier for @p parties_ parties, ready for use. */
#define EDDY_BARRIER_DEFINE(name, parties_)                                                        \
	struct eddy_barrier name = EDDY_BARRIER_INITIALIZER(parties_);                             \
	BUILD_ASSERT((parties_) > 0 && (parties_) <= UINT16_MAX, "parties out of range")

extern const struct eddy_op eddy_barrier_wait_op;

/**
 * @brief Set up a barrier.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  @p parties is 0.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_barrier_init(struct eddy_barrier *barrier, uint16_t parties);

/**
 * @brief Wait until all parties have come.
 *
 * @retval 1           All are here, and this task was the last: the leader of the round.
 * @retval 0           All are here.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and others are missing. This task does not
 *                     count as having come.
 * @retval -ECANCELED  Canceled; likewise.
 *
 * @par Context
 * Task. Cost: O(1); for the last O(parties): taken from the queue with interrupts masked (O(log n)
 * deadlines each that had a limit), woken one at a time.
 */
EDDY_AWAITABLE static inline int
eddy_barrier_wait(struct eddy_task *self, struct eddy_barrier *barrier, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_barrier_wait_op, barrier, NULL, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_barrier_wait_blocking(struct eddy_barrier *barrier, k_timeout_t timeout)
{
	return eddy_block(&eddy_barrier_wait_op, barrier, NULL, timeout);
}

/** Come as the last, if only one is missing: 1. @retval -EAGAIN more are. Any context. */
static inline int eddy_barrier_try_wait(struct eddy_barrier *barrier)
{
	return eddy_try(&eddy_barrier_wait_op, barrier, NULL);
}

#endif /* EDDY_BARRIER_H_ */
