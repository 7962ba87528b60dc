/* SPDX-License-Identifier: Apache-2.0 */

/* Resuming tasks: the innermost loop of every executor. */

#ifndef ASYNC_EXEC_H_
#define ASYNC_EXEC_H_

#include "core.h"

/* The innermost frame of a task has returned. False: the task is done, and perhaps gone. */
bool eddy_task_completed(int result, struct eddy_task *task);

/*
 * Run a task, noted as the current one, until it waits. Returns false if it is done, and perhaps
 * gone. Behind the call the task is read anew, which spares keeping it.
 */
static ALWAYS_INLINE bool eddy_resume(struct eddy_executor *executor, struct eddy_task *task)
{
	struct eddy_frame *frame = task->frame;
	int result;

	executor->current = task;
	eddy_trace(EDDY_TRACE_TASK_RUNS, executor, task);
	result = frame->code(frame, task);
	if (likely(result == EDDY_PENDING) || eddy_task_completed(result, executor->current)) {
		eddy_trace(EDDY_TRACE_TASK_WAITS, executor, executor->current);
		return true;
	}
	return false;
}

#if defined(CONFIG_EDDY_DETECT)
/* The same, with a close eye on it. */
void eddy_detect_resume(struct eddy_executor *executor, struct eddy_task *task);
#define eddy_resume_and_account(executor, task) eddy_detect_resume((executor), (task))
#elif defined(CONFIG_EDDY_TASK_MONITOR)
static inline void eddy_resume_and_account(struct eddy_executor *executor, struct eddy_task *task)
{
	uint32_t start = k_cycle_get_32();
	bool is_active = eddy_resume(executor, task);

	eddy_monitor_account(executor, is_active ? task : NULL, k_cycle_get_32() - start);
}
#else
#define eddy_resume_and_account(executor, task) ((void)eddy_resume((executor), (task)))
#endif

#if __ASSERT_ON
#define eddy_note_stack(executor) ((executor)->stack = __builtin_frame_address(0))
#else
#define eddy_note_stack(executor) ((void)(executor))
#endif

/* Resume the tasks of a batch. */
static ALWAYS_INLINE void eddy_run_batch(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	eddy_note_stack(executor);
	do {
		struct eddy_waiter *next = waiter->next; /* it may be queued anew when it returns */

		eddy_resume_and_account(executor, eddy_task_of(waiter));
		waiter = next;
	} while (waiter != NULL);
}

#endif /* ASYNC_EXEC_H_ */
