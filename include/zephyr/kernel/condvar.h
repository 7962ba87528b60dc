/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Condition variable, used together with a mutex.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_CONDVAR_H_
#define ZEPHYR_INCLUDE_KERNEL_CONDVAR_H_

#include <zephyr/kernel/mutex.h>

/** Guarded by the scheduler's lock. */
struct k_condvar {
	struct k_waitq waiters;
};

#define Z_CONDVAR_INITIALIZER(obj)                                                                 \
	{                                                                                          \
		.waiters = { NULL }                                                                \
	}

/** Define a condition variable, ready for use. */
#define K_CONDVAR_DEFINE(name) struct k_condvar name = Z_CONDVAR_INITIALIZER(name)

/** Set up a condition variable. @retval 0 always. Any context, while nobody else uses it. */
int k_condvar_init(struct k_condvar *condvar);

/**
 * @brief Unlock @p mutex, wait to be signaled, lock it again: the first two as one step.
 *
 * The mutex is locked again before any return, after a time-out too. Test the condition in a loop.
 *
 * @param mutex    Locked once by the caller.
 *
 * @retval 0        Signaled.
 * @retval -EAGAIN  The wait timed out.
 *
 * @par Context
 * Thread. May switch threads.
 */
int k_condvar_wait(struct k_condvar *condvar, struct k_mutex *mutex, k_timeout_t timeout);

/** Wake the first waiter, by priority, then arrival. @retval 0 always. Any context. Cost: O(1). */
int k_condvar_signal(struct k_condvar *condvar);

/** Wake all waiters. @return How many. Any context. Cost: O(waiters) with interrupts masked. */
int k_condvar_broadcast(struct k_condvar *condvar);

#endif /* ZEPHYR_INCLUDE_KERNEL_CONDVAR_H_ */
