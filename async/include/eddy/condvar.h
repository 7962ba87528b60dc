/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Condition variable: wait, with a mutex released meanwhile, until others have changed something.
 *
 *	await_into(rc, eddy_mutex_lock(self, &mutex, K_FOREVER));
 *	while (rc == 0 && !something) {
 *		await_into(rc, eddy_condvar_wait(self, &my->wait, &changed, &mutex, K_FOREVER));
 *	}
 *	// rc: 0, or -ECANCELED; the mutex is locked either way
 *
 * Tasks and threads, side by side. Whoever is signaled moves on to the queue of the mutex, and runs
 * when it owns it: once, and not in vain. Nobody is woken without a signal, but another may have
 * had the mutex first: so check again. Waiters that share a condition variable may use different
 * mutexes.
 *
 * There is no arm for select: a wait ends with a mutex, which has none either.
 */

#ifndef EDDY_CONDVAR_H_
#define EDDY_CONDVAR_H_

#include <eddy/mutex.h>

/** eddy_lock guards it. The data of each waiter is its mutex. */
struct eddy_condvar {
	struct eddy_waitq waiters;
};

#define EDDY_CONDVAR_INITIALIZER                                                                   \
	{                                                                                          \
		.waiters = { NULL }                                                                \
	}

/** Define a condition variable, ready for use. */
#define EDDY_CONDVAR_DEFINE(name) struct eddy_condvar name = EDDY_CONDVAR_INITIALIZER

/** What a task needs to get its mutex back; in the task's frame. The task's own. */
struct eddy_condvar_wait {
	struct eddy_frame frame;
	struct eddy_mutex *mutex;
	int result;       /**< While the mutex is still to be locked again. */
	bool is_shielded; /**< The task was, before. */
};

/** Set up a condition variable. Any context, while nobody uses it. */
void eddy_condvar_init(struct eddy_condvar *condvar);

int eddy_condvar_wait_limited(struct eddy_task *self, struct eddy_condvar_wait *wait,
			      struct eddy_condvar *condvar, struct eddy_mutex *mutex);

/**
 * @brief Release a mutex, wait for a signal, and lock the mutex again.
 *
 * The mutex is locked when this returns, whatever the result (but for -EPERM). So the return may
 * take longer than @p timeout, and a canceled task waits for the mutex all the same. A task that
 * was signaled first and canceled then returns 0: no signal is lost.
 *
 * @param wait   Storage in the task's frame; only for this call.
 * @param mutex  The task owns it.
 *
 * @retval 0           Signaled.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT: the mutex was not even released then.
 * @retval -ECANCELED  Canceled; no signal was taken.
 * @retval -EPERM      The task does not own the mutex; nothing was done.
 *
 * @par Context
 * Task. Cost: as eddy_mutex_unlock() and eddy_mutex_lock().
 */
EDDY_AWAITABLE static inline int eddy_condvar_wait(struct eddy_task *self,
						   struct eddy_condvar_wait *wait,
						   struct eddy_condvar *condvar,
						   struct eddy_mutex *mutex, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_condvar_wait_limited(self, wait, condvar, mutex);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_condvar_wait_blocking(struct eddy_condvar *condvar, struct eddy_mutex *mutex,
			       k_timeout_t timeout);

/**
 * @brief Let the first waiter go on, as soon as it gets its mutex. With nobody waiting: nothing.
 *
 * @return 1 if anyone waited, else 0.
 *
 * @par Context
 * Any, with the mutex locked or not. Cost: O(1), or O(waiters of lower priority) for the mutex.
 */
int eddy_condvar_signal(struct eddy_condvar *condvar);

/** The same for all who wait at the moment. Returns their number. One is moved at a time. */
int eddy_condvar_broadcast(struct eddy_condvar *condvar);

#endif /* EDDY_CONDVAR_H_ */
