/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Once: something that whoever comes first does, while the others wait until it is done.
 *
 *	struct user {
 *		struct eddy_frame frame;
 *		struct radio_start start; // frame of an async function
 *	};
 *
 *	eddy_once_do(self, &radio_started, rc, eddy_call(self, radio_start, &my->start));
 *	if (rc < 0) {
 *		async_return(rc); // this task tried and failed, or was canceled
 *	}
 *
 * If the first one fails, the next in the queue gets its turn, and so on. Those who come when it is
 * done do not wait.
 */

#ifndef EDDY_ONCE_H_
#define EDDY_ONCE_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** States of an eddy_once. */
enum eddy_once_state {
	EDDY_ONCE_TO_DO,
	EDDY_ONCE_UNDER_WAY,
	EDDY_ONCE_DONE,
};

/** eddy_lock guards it. Invariant: anyone waits only while it is under way. */
struct eddy_once {
	struct eddy_waitq waiters;
	uint8_t state; /**< enum eddy_once_state */
};

#define EDDY_ONCE_INITIALIZER                                                                      \
	{                                                                                          \
		.state = EDDY_ONCE_TO_DO                                                           \
	}

/** Define one, to be done. */
#define EDDY_ONCE_DEFINE(name) struct eddy_once name = EDDY_ONCE_INITIALIZER

extern const struct eddy_op eddy_once_begin_op;

/** Set up, or make it to be done again. Any context, while nobody uses it. */
void eddy_once_init(struct eddy_once *once);

/**
 * @brief Begin to do it, unless that is done; wait while somebody else is at it.
 *
 * @retval 1           It is the caller's turn: do it, then eddy_once_end(), whatever happens.
 * @retval 0           It is done.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and somebody else is at it.
 * @retval -ECANCELED  Canceled; it is not the caller's turn.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_once_begin(struct eddy_task *self, struct eddy_once *once,
						 k_timeout_t timeout)
{
	return eddy_await(self, &eddy_once_begin_op, once, NULL, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_once_begin_blocking(struct eddy_once *once, k_timeout_t timeout)
{
	return eddy_block(&eddy_once_begin_op, once, NULL, timeout);
}

/** Begin to do it if nobody else is at it: 1 or 0. @retval -EAGAIN somebody is. Any context. */
static inline int eddy_once_try_begin(struct eddy_once *once)
{
	return eddy_try(&eddy_once_begin_op, once, NULL);
}

/** Have an arm of a select begin to do it. Task; see select.h. */
static inline void eddy_once_begin_arm(struct eddy_arm *arm, struct eddy_once *once)
{
	eddy_arm_set(arm, &eddy_once_begin_op, once, NULL);
}

/**
 * @brief Say how it went. All who wait go on if it is done; if it failed, the first has its turn.
 *
 * @param result  0 or positive: done. Negative: failed, it is still to be done.
 *
 * @retval 0       Said.
 * @retval -EPERM  Nobody has begun; nothing has changed.
 *
 * @par Context
 * Any; whoever has begun. Cost: O(waiters), interrupts masked for one at a time; O(1) if it failed.
 */
int eddy_once_end(struct eddy_once *once, int result);

/**
 * @brief Do it once: a statement of an async function.
 *
 * @param rc  An int variable. Afterwards: negative if this task failed to do it, or was canceled
 *            while it waited; else it is done.
 * @param op  What is to be awaited by the one whose turn it is; a negative result means it failed.
 *
 * @par Context
 * Task.
 */
#define eddy_once_do(self, once, rc, op)                                                           \
	do {                                                                                       \
		await_into(rc, eddy_once_begin((self), (once), K_FOREVER));                        \
		if ((rc) == 1) {                                                                   \
			await_into(rc, (op));                                                      \
			(void)eddy_once_end((once), (rc)); /* it was begun */                      \
		}                                                                                  \
	} while (0)

/** Whether it is done. Any context. */
static inline bool eddy_once_is_done(const struct eddy_once *once)
{
	return once->state == EDDY_ONCE_DONE;
}

#endif /* EDDY_ONCE_H_ */
