/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Run queue: by priority, then by deadline, then first in, first out. Part of executor.h, with
 * CONFIG_EDDY_TASK_RANK; the usual kind is in runq_fifo.h.
 *
 * executor->first is the most urgent task, the root of a heap. `again` is not used: a task that
 * yields goes back into the heap, behind its equals.
 *
 * Waiters of wait queues are ordered by their executors' priorities, then by their own.
 */

#ifndef EDDY_RUNQ_RANKED_H_
#define EDDY_RUNQ_RANKED_H_

/* Insert a task that is in no queue. eddy_lock held. O(log n) ready tasks. */
void eddy_runq_push(struct eddy_executor *executor, struct eddy_waiter *waiter);

/* Insert a task that its executor runs at this moment. Without the lock. */
void eddy_runq_push_again(struct eddy_executor *executor, struct eddy_waiter *waiter);

/* Take what is to run next: the most urgent task, or NULL. eddy_lock held. */
struct eddy_waiter *eddy_runq_take(struct eddy_executor *executor);

/* The key by which wait queues are ordered; the smaller, the more urgent. */
int eddy_waiter_prio(const struct eddy_waiter *waiter);

/* Give an arm of a select the rank of its task; and a thread that waits the one that it has. */
void eddy_rank_arm(struct eddy_waiter *arm, const struct eddy_task *task);
void eddy_rank_thread(struct eddy_task *task);

#endif /* EDDY_RUNQ_RANKED_H_ */
