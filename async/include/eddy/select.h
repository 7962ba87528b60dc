/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Select: wait for the first of several operations. None of the others is performed.
 *
 *	struct worker {
 *		struct eddy_frame frame;
 *		EDDY_SELECT(2) select;
 *		struct job job;
 *	};
 *
 *	eddy_select_init(&my->select);
 *	eddy_chan_recv_arm(&my->select.arm[0], &jobs, &my->job);
 *	eddy_signal_wait_arm(&my->select.arm[1], &stop, NULL);
 *	for (;;) {
 *		await_into(rc, eddy_select_next(self, &my->select, K_FOREVER));
 *		if (rc != 0 || eddy_select_which(&my->select) == 1) {
 *			break;
 *		}
 *		work(&my->job);
 *	}
 *	eddy_select_end(&my->select);
 *
 * In such a loop the arms stay where they are, in the wait queues of their objects, while the task
 * does something else; whoever serves an object passes over them then. So a turn of the loop costs
 * the same with 2 arms and with 16. eddy_select() is for a single choice and leaves nothing behind.
 */

#ifndef EDDY_SELECT_H_
#define EDDY_SELECT_H_

#include <eddy/op.h>

struct eddy_select;

/** One of the operations of a select. eddy_lock guards it. */
struct eddy_arm {
	struct eddy_waiter waiter; /**< waiter.root: index of the arm. */
	const struct eddy_op *op;
	void *object;
	struct eddy_select *select; /**< Whose it is. */
};

/** What the arms have in common; they follow it in memory. eddy_lock guards it. */
struct eddy_select {
	struct eddy_frame frame; /**< Of eddy_select(), for its clean-up. */
	struct eddy_task *task;  /**< Whose frame this lies in, once it has waited. */
	struct eddy_arm *loose;  /**< Arms in no wait queue, a ring in the order of their turns: */
	uint8_t count;           /**< of arms */
	uint8_t which;           /**< The arm that was served. */
#if __ASSERT_ON
	struct eddy_frame *host; /**< In which it lies, while arms may be in wait queues. */
#endif
};

/** A select of @p n operations, 1 to 255, for a task's frame. */
#define EDDY_SELECT(n)                                                                             \
	struct {                                                                                   \
		struct eddy_select select;                                                         \
		struct eddy_arm arm[n];                                                            \
	}

/**
 * @brief Set up a select; then set up each of its arms, by a function named after the operation:
 *        eddy_chan_recv_arm(&my->select.arm[0], ...).
 *
 * @param s  Pointer to an EDDY_SELECT(). Arms that were not set up are never served.
 *
 * @par Context
 * Task.
 */
#define eddy_select_init(s)                                                                        \
	eddy_select_setup(&(s)->select, (uint8_t)(sizeof((s)->arm) / sizeof((s)->arm[0])))

void eddy_select_setup(struct eddy_select *select, uint8_t count);

/* Take an arm that waits in a queue out of it, unless it is that of this operation. Task. */
void eddy_arm_withdraw(struct eddy_arm *arm, const struct eddy_op *op, const void *object);

/** Set up an arm. For those who define operations. Task. */
static inline void eddy_arm_set(struct eddy_arm *arm, const struct eddy_op *op, void *object,
				void *data)
{
	if ((arm->waiter.state & EDDY_TASK_QUEUED) != 0U) {
		eddy_arm_withdraw(arm, op, object); /* it was served, and has stayed */
	}
	arm->op = op;
	arm->object = object;
	arm->waiter.data = data;
}

/**
 * @brief Wait until one of the operations is performed; the arms stay for the next turn.
 *
 * Arms whose operations are possible at once take turns: each has had one before any has had two
 * more. Set up all arms before the first turn; one that has just been served may be set up anew.
 *
 * @param s  Pointer to an EDDY_SELECT() in the task's frame, set up. While it is in use, up to
 *           eddy_select_end(), neither it nor its objects may go away.
 *
 * @return The result of the operation that was performed: eddy_select_which() says which.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and none was possible.
 * @retval -ECANCELED  Canceled; none was performed.
 *
 * @par Context
 * Task. Cost: O(1) per arm that was served since the last turn; the first turn O(arms).
 */
#define eddy_select_next(self, s, timeout) eddy_select_await((self), &(s)->select, (timeout))

/** Take the arms out of all wait queues. Needed before the frame or an object goes away. Task. */
#define eddy_select_end(s) eddy_select_release(&(s)->select)

/**
 * @brief Wait until one of the operations is performed, then take the arms out of all wait queues.
 *
 * As eddy_select_next() followed by eddy_select_end().
 *
 * @par Context
 * Task. Cost: O(arms); the wake O(1).
 */
#define eddy_select(self, s, timeout) eddy_select_once((self), &(s)->select, (timeout))

/** Index of the arm that was served last; valid if the await returned its result. Task. */
#define eddy_select_which(s) ((s)->select.which)

int eddy_select_next_limited(struct eddy_task *self, struct eddy_select *select);
int eddy_select_next_forever(struct eddy_task *self, struct eddy_select *select);
int eddy_select_once_limited(struct eddy_task *self, struct eddy_select *select);
void eddy_select_release(struct eddy_select *select);

EDDY_AWAITABLE static inline int eddy_select_await(struct eddy_task *self,
						   struct eddy_select *select, k_timeout_t timeout)
{
	if (EDDY_IS_FOREVER_(timeout)) {
		return eddy_select_next_forever(self, select);
	}
	eddy_limit(self, timeout);
	return eddy_select_next_limited(self, select);
}

EDDY_AWAITABLE static inline int eddy_select_once(struct eddy_task *self,
						  struct eddy_select *select, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_select_once_limited(self, select);
}

#endif /* EDDY_SELECT_H_ */
