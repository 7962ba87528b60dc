/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Counting semaphore.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_SEM_H_
#define ZEPHYR_INCLUDE_KERNEL_SEM_H_

#include <zephyr/kernel/thread.h>

struct k_poll_event;

/** Guarded by the scheduler's lock. */
struct k_sem {
	struct k_waitq waiters;
	unsigned int count;
	unsigned int limit;
#ifdef CONFIG_POLL
	struct k_poll_event *poll_events; /**< Who polls it. */
#endif
};

/** Largest limit. */
#define K_SEM_MAX_LIMIT UINT_MAX

#define Z_SEM_INITIALIZER(obj, initial_count, count_limit)                                         \
	{                                                                                          \
		.count = (initial_count), .limit = (count_limit)                                   \
	}

/** Define a semaphore, ready for use. */
#define K_SEM_DEFINE(name, initial_count, count_limit)                                             \
	struct k_sem name = Z_SEM_INITIALIZER(name, initial_count, count_limit);                   \
	BUILD_ASSERT((count_limit) != 0 && (initial_count) <= (count_limit))

/**
 * @brief Set up a semaphore.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  @p limit is 0, or @p initial_count is above it.
 *
 * @par Context
 * Any, while nobody else uses it.
 */
int k_sem_init(struct k_sem *sem, unsigned int initial_count, unsigned int limit);

/**
 * @brief Take one unit from a semaphore, waiting for it if need be.
 *
 * Waiters are served by priority, then by arrival.
 *
 * @param sem      Set up by k_sem_init() or K_SEM_DEFINE().
 * @param timeout  Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @retval 0        One unit now belongs to the caller.
 * @retval -EBUSY   No unit was free and @p timeout is K_NO_WAIT.
 * @retval -EAGAIN  The wait timed out or the semaphore was reset.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * O(1) if a unit is free; else O(waiters of lower priority) with interrupts masked.
 */
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);

/**
 * @brief Give one unit: to the first waiter, else to the count. At the limit it has no effect.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(1); O(log n) pending time-outs if the waiter had one.
 */
void k_sem_give(struct k_sem *sem);

/** Set the count to 0; all waiters return -EAGAIN. Any context. Cost: O(waiters). */
void k_sem_reset(struct k_sem *sem);

/** Units free at this moment. Any context. */
static inline unsigned int k_sem_count_get(struct k_sem *sem)
{
	return sem->count;
}

#endif /* ZEPHYR_INCLUDE_KERNEL_SEM_H_ */
