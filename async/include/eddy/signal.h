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

#include <eddy/task.h>

/** eddy_lock guards it. Invariant: while anyone waits, it is not raised. */
struct eddy_signal {
	struct eddy_waitq waiters;
	uintptr_t value;
	bool raised;
};

#define EDDY_SIGNAL_INITIALIZER                                                                    \
	{                                                                                          \
		.raised = false                                                                    \
	}

/** Define a signal, ready for use. */
#define EDDY_SIGNAL_DEFINE(name) struct eddy_signal name = EDDY_SIGNAL_INITIALIZER

int eddy_signal_wait_limited(struct eddy_task *self, struct eddy_signal *signal, uintptr_t *value);

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
	eddy_limit(self, timeout);
	return eddy_signal_wait_limited(self, signal, value);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_signal_wait_blocking(struct eddy_signal *signal, uintptr_t *value, k_timeout_t timeout);

/** Take the value if the signal is raised. @retval -EAGAIN it is not. Any context. */
int eddy_signal_try_wait(struct eddy_signal *signal, uintptr_t *value);

#endif /* EDDY_SIGNAL_H_ */
