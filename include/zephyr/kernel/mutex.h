/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Mutex with priority inheritance, owned by a thread, nesting.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_MUTEX_H_
#define ZEPHYR_INCLUDE_KERNEL_MUTEX_H_

#include <zephyr/kernel/thread.h>

/** Guarded by the scheduler's lock. */
struct k_mutex {
	struct k_waitq waiters;
	struct k_thread *owner; /**< NULL: free. */
	uint32_t lock_count;    /**< How often its owner has locked it. */
	int owner_orig_prio;    /**< Priority to give back to the owner. */
};

#define Z_MUTEX_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.owner = NULL                                                                      \
	}

/** Define a mutex, ready for use. */
#define K_MUTEX_DEFINE(name) struct k_mutex name = Z_MUTEX_INITIALIZER(name)

/** Set up a mutex. @retval 0 always. Any context, while nobody else uses it. */
int k_mutex_init(struct k_mutex *mutex);

/**
 * @brief Lock a mutex. Its owner may lock it again, and must unlock it as often.
 *
 * While a thread of higher priority waits, the owner runs at that priority.
 *
 * @retval 0        The caller owns it.
 * @retval -EBUSY   Another thread owns it and @p timeout is K_NO_WAIT.
 * @retval -EAGAIN  The wait timed out.
 *
 * @par Context
 * Thread. May switch threads. Cost: O(1) if it is free.
 */
int k_mutex_lock(struct k_mutex *mutex, k_timeout_t timeout);

/**
 * @brief Unlock a mutex. At the last of nested unlocks it goes to the first waiter.
 *
 * @retval 0        Unlocked once.
 * @retval -EPERM   Another thread owns it.
 * @retval -EINVAL  Nobody owns it.
 *
 * @par Context
 * Thread. May switch threads. Cost: O(1).
 */
int k_mutex_unlock(struct k_mutex *mutex);

#endif /* ZEPHYR_INCLUDE_KERNEL_MUTEX_H_ */
