/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Work-queue executor: a work item whose handler runs one batch of tasks.
 *
 * It is submitted when a task becomes ready while the executor sleeps, or its alarm expires, and by
 * its own handler while there is more to do: so that the queue's other items get their turn. A
 * queue that takes no items for a while is asked again at each tick.
 */

#include <eddy/executor_work.h>

#include "alarm.h"

static void notify(struct eddy_executor *executor)
{
	struct eddy_work_executor *work =
		CONTAINER_OF(executor, struct eddy_work_executor, executor);

	if (unlikely(k_work_submit_to_queue(work->queue, &work->work) < 0)) {
		eddy_alarm_retry(&work->alarm); /* its queue is being drained, or is plugged */
	}
}

static void run(struct k_work *item)
{
	struct eddy_work_executor *work = CONTAINER_OF(item, struct eddy_work_executor, work);

	eddy_trace(EDDY_TRACE_EXECUTOR_WAKES, &work->executor, NULL);
	if (eddy_alarm_turn(&work->alarm)) {
		notify(&work->executor);
	}
}

void eddy_work_executor_init(struct eddy_work_executor *work, const char *name,
			     struct k_work_q *queue)
{
	k_tid_t thread = k_work_queue_thread_get(queue);

	eddy_executor_setup(&work->executor, name, (int8_t)k_thread_priority_get(thread), notify);
	work->executor.thread = thread;
	eddy_alarm_init(&work->alarm, &work->executor);
	k_work_init(&work->work, run);
	work->queue = queue;
	work->executor.sleeping = true;
}
