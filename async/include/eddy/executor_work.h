/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Work-queue executor: runs tasks on a work queue, in turn with its other work.
 *
 * It needs no thread and no stack of its own. While a task is ready it is an item of the queue: one
 * batch of tasks, then the other items.
 */

#ifndef EDDY_EXECUTOR_WORK_H_
#define EDDY_EXECUTOR_WORK_H_

#include <eddy/alarm.h>

/** An executor on a work queue. */
struct eddy_work_executor {
	struct eddy_executor executor; /**< For eddy_spawn(). */
	struct eddy_alarm alarm;
	struct k_work work;
	struct k_work_q *queue;
};

/**
 * @brief Set up an executor on a work queue; it runs from then on.
 *
 * @param name   Not copied.
 * @param queue  Work queue that was started, for example &k_sys_work_q. While it is drained or
 *               plugged, tasks that become ready wait until it takes items again, or a tick longer.
 *               Its thread keeps its priority.
 *
 * @par Context
 * Thread, while nobody uses it. Not from the handler of a work item.
 */
void eddy_work_executor_init(struct eddy_work_executor *work, const char *name,
			     struct k_work_q *queue);

#endif /* EDDY_EXECUTOR_WORK_H_ */
