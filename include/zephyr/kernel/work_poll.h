/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Triggered work: a work item that is submitted when one of several events happens. Needs
 * CONFIG_POLL.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_WORK_POLL_H_
#define ZEPHYR_INCLUDE_KERNEL_WORK_POLL_H_

#include <zephyr/kernel/poll.h>
#include <zephyr/kernel/work.h>

/** Guarded by the scheduler's lock. */
struct k_work_poll {
	struct k_work work;     /**< What the handler gets. */
	struct k_work_q *workq; /**< From the submission until the handler is called, else NULL. */
	struct k_poller poller;
	k_work_handler_t real_handler;
	struct k_timeout_entry timeout;

	/**
	 * For the handler: 0 when an event has happened, -EAGAIN when none has in time. Until then
	 * -EINPROGRESS.
	 */
	int poll_result;
};

/** Set up an item. Any context, while nobody else uses it. */
void k_work_poll_init(struct k_work_poll *work, k_work_handler_t handler);

/**
 * @brief Have an item run as soon as one of several events has happened, or time is over.
 *
 * An item that still waits for its events waits for the new ones instead. The events must stay in
 * place, and nobody else may use them, until the handler is called or the item is canceled.
 *
 * @param events      At least one.
 * @param timeout     Longest wait. K_NO_WAIT: run now in any case. K_FOREVER: no limit.
 *
 * @retval 0            Waiting, or submitted already.
 * @retval -EINVAL      It was submitted, and its handler has not been called yet.
 * @retval -EADDRINUSE  It waits for another queue.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(events); each is registered in a masked section of its own, which is O(pollers of its object).
 */
int k_work_poll_submit_to_queue(struct k_work_q *work_q, struct k_work_poll *work,
				struct k_poll_event *events, int num_events, k_timeout_t timeout);

/** k_work_poll_submit_to_queue() with the system's queue. */
static inline int k_work_poll_submit(struct k_work_poll *work, struct k_poll_event *events,
				     int num_events, k_timeout_t timeout)
{
	return k_work_poll_submit_to_queue(&k_sys_work_q, work, events, num_events, timeout);
}

/**
 * @brief Have an item no longer wait for its events.
 *
 * @retval 0        It will not run.
 * @retval -EINVAL  It does not wait: it was not submitted, or it is too late.
 *
 * @par Context
 * Any. Cost: O(events) with interrupts masked.
 */
int k_work_poll_cancel(struct k_work_poll *work);

#endif /* ZEPHYR_INCLUDE_KERNEL_WORK_POLL_H_ */
