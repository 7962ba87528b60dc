/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Ranks: which of an executor's ready tasks runs next. With CONFIG_EDDY_TASK_RANK.
 *
 * The one of the highest priority; among those, the one with the earliest deadline; among equals,
 * the one that has been ready the longest. A task keeps the thread until it waits, as ever: what is
 * more urgent comes next, not at once. For that there are executors on other threads.
 *
 * Waiters of an object are served by their executors' priorities, then by their tasks' own.
 */

#ifndef EDDY_RANK_H_
#define EDDY_RANK_H_

#include <eddy/task.h>

/**
 * @brief Set a task's priority within its executor. By default it is 0.
 *
 * @param task      A task that is set up, active or not; it keeps the priority when it ends.
 * @param priority  -128 to 127; the smaller, the more urgent, as with threads.
 *
 * @par Context
 * Any. Cost: O(log n) tasks if it is ready; O(n) waiters if it waits in a queue. Arms of a select
 * that wait already keep their places.
 */
void eddy_task_priority_set(struct eddy_task *task, int8_t priority);

/** A task's priority within its executor. Any context. */
static inline int8_t eddy_task_priority_get(const struct eddy_task *task)
{
	return task->rank.prio;
}

/**
 * @brief Set the time by which a task wants to have run: earliest deadline first among tasks of one
 *        priority. By default there is none, which comes last.
 *
 * It is a wish: nothing happens when it is over.
 *
 * @param task  As above.
 * @param tick  Uptime in ticks; K_TICKS_FOREVER: none.
 *
 * @par Context
 * Any. Cost: O(log n) tasks if it is ready.
 */
void eddy_task_deadline_set(struct eddy_task *task, k_ticks_t tick);

#endif /* EDDY_RANK_H_ */
