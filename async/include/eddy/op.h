/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Operations: what tasks await, threads block on, anyone may try, and a select chooses from.
 *
 * An object defines each of its operations once, as a struct eddy_op; the four faces follow from
 * it. Users need none of this: the objects' headers give every face its name.
 */

#ifndef EDDY_OP_H_
#define EDDY_OP_H_

#include <eddy/task.h>

/** An operation of a kind of objects. */
struct eddy_op {
	/**
	 * Do it if that is possible at once. Called with eddy_lock held, which it releases unless
	 * the result is EDDY_PENDING: whoever gets that waits in the queue, and will be served
	 * there. @p data is the caller's, as struct eddy_waiter hands it to the waker.
	 */
	int (*attempt)(void *object, void *data, k_spinlock_key_t key);
	uint16_t queue;       /**< Where the object's queue of waiters is in it, in bytes. */
	bool data_is_pointer; /**< To memory that has to outlive the wait. */
	/**
	 * Serving a waiter uses up what made that possible, so the operation is impossible behind
	 * it as before: an arm of a select may stay in the queue then.
	 */
	bool serves_one;
};

/** Whether a time-out is known to be K_FOREVER when it is compiled: such waits are cheaper. */
#define EDDY_IS_FOREVER_(timeout)                                                                  \
	(__builtin_constant_p((timeout).ticks) && (timeout).ticks == K_TICKS_FOREVER)

/** The await face, with the limit that eddy_limit() has set. Task. */
int eddy_await_limited(struct eddy_task *self, const struct eddy_op *op, void *object, void *data);

/** The await face. Task. */
EDDY_AWAITABLE static inline int eddy_await(struct eddy_task *self, const struct eddy_op *op,
					    void *object, void *data, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_await_limited(self, op, object, data);
}

/** The blocking face. Thread; not in a task. */
int eddy_block(const struct eddy_op *op, void *object, void *data, k_timeout_t timeout);

/** The try face: -EAGAIN if it is not possible at once. Any context. */
int eddy_try(const struct eddy_op *op, void *object, void *data);

#endif /* EDDY_OP_H_ */
