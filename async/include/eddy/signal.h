/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Signal: one value, for whoever waits for it.
 *
 * Raising it hands the value to the first waiter; if nobody waits, it is kept for the next one, and
 * a later value replaces it. The tool for "tell that task something from an interrupt".
 */

#ifndef EDDY_SIGNAL_H_
#define EDDY_SIGNAL_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** eddy_lock guards it. */
struct eddy_signal {
	struct eddy_waitq waiters; /**< Or EDDY_SIGNAL_RAISED in it: then nobody waits. */
	uintptr_t value;           /**< While it is raised. */
};

/** Stands for a waiter. */
#define EDDY_SIGNAL_RAISED ((struct eddy_waiter *)1)

#define EDDY_SIGNAL_INITIALIZER                                                                    \
	{                                                                                          \
		.waiters = { NULL }                                                                \
	}

/** Define a signal, ready for use. */
#define EDDY_SIGNAL_DEFINE(name) struct eddy_signal name = EDDY_SIGNAL_INITIALIZER

extern const struct eddy_op eddy_signal_wait_op;
int eddy_signal_wait_limited(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value);
int eddy_signal_wait_forever(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value);

/** Set up a signal, not raised. Any context, while nobody uses it. */
void eddy_signal_init(struct eddy_signal *signal);

/** Raise a signal. Any context. Cost: O(1), and a k_sem_give() if the waiter's executor sleeps. */
void eddy_signal_raise(struct eddy_signal *signal, uintptr_t value);

/** Forget a value that nobody has taken. Any context. */
void eddy_signal_reset(struct eddy_signal *signal);

/**
 * @brief Wait until the signal is raised, and take its value.
 *
 * @param value    Where to put the value; in the task's frame, as it is written while the task
 *                 waits. NULL: do not care.
 *
 * @retval 0           Raised: this task alone has the value.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and it was not raised.
 * @retval -ECANCELED  Canceled; no value was taken.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_signal_wait(struct eddy_task *self,
						  struct eddy_signal *signal, uintptr_t *value,
						  k_timeout_t timeout)
{
	if (EDDY_IS_FOREVER_(timeout)) {
		return eddy_signal_wait_forever(self, signal, value);
	}
	eddy_limit(self, timeout);
	return eddy_signal_wait_limited(self, signal, value);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_signal_wait_blocking(struct eddy_signal *signal, uintptr_t *value,
					    k_timeout_t timeout)
{
	return eddy_block(&eddy_signal_wait_op, signal, value, timeout);
}

/** Take the value if the signal is raised. @retval -EAGAIN it is not. Any context. */
static inline int eddy_signal_try_wait(struct eddy_signal *signal, uintptr_t *value)
{
	return eddy_try(&eddy_signal_wait_op, signal, value);
}

/** Have an arm of a select wait for the signal. Task; see select.h. */
static inline void eddy_signal_wait_arm(struct eddy_arm *arm, struct eddy_signal *signal,
					uintptr_t *value)
{
	eddy_arm_set(arm, &eddy_signal_wait_op, signal, value);
}

#endif /* EDDY_SIGNAL_H_ */
