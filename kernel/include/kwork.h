/* SPDX-License-Identifier: Apache-2.0 */

/* Work items, as the objects built on them see them. All with sched_lock held. */

#ifndef KERNEL_INCLUDE_KWORK_H_
#define KERNEL_INCLUDE_KWORK_H_

#include <zephyr/kernel/work.h>
#include <zephyr/spinlock.h>

static inline int work_busy(const struct k_work *work)
{
	return (int)(work->flags & K_WORK_MASK);
}

/* k_work_submit_to_queue() */
int work_submit_locked(struct k_work_q *queue, struct k_work *work);

/* k_work_cancel() */
int work_cancel_locked(struct k_work *work);

/* k_work_flush(), from the flags of @work on. Releases sched_lock with @key. */
bool work_flush_unlock(struct k_work *work, struct k_work_sync *sync, k_spinlock_key_t key);

/* Cancel @work and wait until it is idle. Releases sched_lock with @key. */
void work_cancel_unlock(struct k_work *work, struct k_work_sync *sync, k_spinlock_key_t key);

#endif /* KERNEL_INCLUDE_KWORK_H_ */
