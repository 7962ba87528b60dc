/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Run queue: first in, first out. Part of executor.h; the other kind is in runq_ranked.h.
 *
 * Waiters of wait queues are ordered by their executors' priorities.
 */

#ifndef EDDY_RUNQ_FIFO_H_
#define EDDY_RUNQ_FIFO_H_

/* Append a task that is in no queue. eddy_lock held. */
static ALWAYS_INLINE void eddy_runq_push(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	waiter->next = NULL;
	*executor->end = waiter;
	executor->end = &waiter->next;
}

/* Append a task that its executor runs at this moment. Without the lock. */
static ALWAYS_INLINE void eddy_runq_push_again(struct eddy_executor *executor,
					       struct eddy_waiter *waiter)
{
	waiter->next = NULL;
	*executor->again_end = waiter;
	executor->again_end = &waiter->next;
}

/* Take what is to run next: all tasks that were woken, linked by next. eddy_lock held. */
static ALWAYS_INLINE struct eddy_waiter *eddy_runq_take(struct eddy_executor *executor)
{
	struct eddy_waiter *first = executor->first;

	executor->first = NULL;
	executor->end = &executor->first;
	return first;
}

/* The key by which wait queues are ordered; the smaller, the more urgent. */
static ALWAYS_INLINE int eddy_waiter_prio(const struct eddy_waiter *waiter)
{
	return waiter->executor->prio;
}

/* Give an arm of a select the rank of its task; and a thread that waits the one that it has. */
#define eddy_rank_arm(arm, task) ((void)(arm), (void)(task))
#define eddy_rank_thread(task)   ((void)(task))

#endif /* EDDY_RUNQ_FIFO_H_ */
