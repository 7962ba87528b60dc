/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Work items that are submitted after a time.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_WORK_DELAYABLE_H_
#define ZEPHYR_INCLUDE_KERNEL_WORK_DELAYABLE_H_

#include <zephyr/kernel/timeout_entry.h>
#include <zephyr/kernel/work.h>
#include <zephyr/sys_clock.h>

/** Guarded by the scheduler's lock. */
struct k_work_delayable {
	struct k_work work;             /**< What its handler gets. */
	struct k_timeout_entry timeout; /**< Queued only while K_WORK_DELAYED is set. */
	struct k_work_q *queue;         /**< Where it goes when its time has come. */
};

/* Expiry of the delay. */
void work_delay_ended(struct k_timeout_entry *entry, k_spinlock_key_t *key);

#define Z_WORK_DELAYABLE_INITIALIZER(work_handler)                                                 \
	{                                                                                          \
		.work = {.handler = (work_handler), .flags = K_WORK_DELAYABLE},                    \
		.timeout = Z_TIMEOUT_INITIALIZER(work_delay_ended),                                \
	}

/** Define a delayable item, ready for use. */
#define K_WORK_DELAYABLE_DEFINE(work, work_handler)                                                \
	struct k_work_delayable work = Z_WORK_DELAYABLE_INITIALIZER(work_handler)

/** Set up a delayable item. Any context, while nobody else uses it and it is idle. */
void k_work_init_delayable(struct k_work_delayable *dwork, k_work_handler_t handler);

/** The delayable item whose part @p work is: what its handler got. */
static inline struct k_work_delayable *k_work_delayable_from_work(struct k_work *work)
{
	return CONTAINER_OF(work, struct k_work_delayable, work);
}

/** State of an item at this moment: K_WORK_* flags, 0 if it is idle. Any context. */
int k_work_delayable_busy_get(const struct k_work_delayable *dwork);

/** Whether an item is not idle at this moment. Any context. */
static inline bool k_work_delayable_is_pending(const struct k_work_delayable *dwork)
{
	return k_work_delayable_busy_get(dwork) != 0;
}

/** Uptime tick at which it will be submitted; the present one if no delay runs. Any context. */
k_ticks_t k_work_delayable_expires_get(const struct k_work_delayable *dwork);

/** Ticks until it will be submitted; 0 if no delay runs. Any context. */
k_ticks_t k_work_delayable_remaining_get(const struct k_work_delayable *dwork);

/**
 * @brief Submit an item after a delay, unless that is under way already.
 *
 * @param queue  NULL: the one it was submitted to last.
 * @param delay  K_NO_WAIT: submit it now. K_FOREVER: it stays delayed until somebody calls
 *               k_work_reschedule_for_queue() or cancels it.
 *
 * A submission that is refused when the time has come is dropped, and nobody is told.
 *
 * @retval 0  Delayed, queued or being canceled already; nothing has changed.
 * @retval 1  Delayed, or queued.
 * @return For K_NO_WAIT what k_work_submit_to_queue() returns.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(log n) in the number of pending time-outs.
 */
int k_work_schedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
			      k_timeout_t delay);

/**
 * @brief Submit an item after a delay that begins now, instead of one that runs.
 *
 * An item that is queued already stays so, and will be submitted once more after the delay.
 *
 * @retval 0  @p delay is K_NO_WAIT and it is queued already.
 * @retval 1  Delayed, or queued.
 * @return For K_NO_WAIT what k_work_submit_to_queue() returns.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(log n) in the number of pending time-outs.
 */
int k_work_reschedule_for_queue(struct k_work_q *queue, struct k_work_delayable *dwork,
				k_timeout_t delay);

/** k_work_schedule_for_queue() with the system's queue. */
static inline int k_work_schedule(struct k_work_delayable *dwork, k_timeout_t delay)
{
	return k_work_schedule_for_queue(&k_sys_work_q, dwork, delay);
}

/** k_work_reschedule_for_queue() with the system's queue. */
static inline int k_work_reschedule(struct k_work_delayable *dwork, k_timeout_t delay)
{
	return k_work_reschedule_for_queue(&k_sys_work_q, dwork, delay);
}

/** Submit an item now if its delay runs, then wait as k_work_flush() does. Thread. */
bool k_work_flush_delayable(struct k_work_delayable *dwork, struct k_work_sync *sync);

/** End the delay, then do as k_work_cancel() does. Any context. */
int k_work_cancel_delayable(struct k_work_delayable *dwork);

/** End the delay, then do as k_work_cancel_sync() does; true after a delay too. Thread. */
bool k_work_cancel_delayable_sync(struct k_work_delayable *dwork, struct k_work_sync *sync);

#endif /* ZEPHYR_INCLUDE_KERNEL_WORK_DELAYABLE_H_ */
