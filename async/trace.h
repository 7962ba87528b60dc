/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Where trace points lead to, if anywhere: to <eddy/trace.h>, and a task's beginning and end to
 * Zephyr's log too, if its level for eddy asks for that. Without these options they are nothing.
 */

#ifndef ASYNC_TRACE_H_
#define ASYNC_TRACE_H_

#include <eddy/trace.h>

#ifdef CONFIG_EDDY_TRACING
#define eddy_trace(event, executor, task) eddy_trace_event((event), (executor), (task))

/* Write an event to the trace: a name and two words. One of the files trace_*.c has it. */
void eddy_trace_write(const char *name, uint32_t word0, uint32_t word1);
#else
#define eddy_trace(event, executor, task) ((void)(executor), (void)(task))
#endif

#ifdef CONFIG_EDDY_LOG_LEVEL_DBG
void eddy_log_task(const struct eddy_task *task, const char *what);
#else
#define eddy_log_task(task, what) ((void)(task))
#endif

/* Trace points of a task's beginning and end. */
static ALWAYS_INLINE void eddy_trace_spawn(const struct eddy_task *task)
{
	eddy_trace(EDDY_TRACE_TASK_SPAWNED, task->waiter.executor, task);
	eddy_log_task(task, "spawned");
}

static ALWAYS_INLINE void eddy_trace_cancel(const struct eddy_task *task)
{
	eddy_trace(EDDY_TRACE_TASK_CANCELED, task->waiter.executor, task);
	eddy_log_task(task, "canceled");
}

static ALWAYS_INLINE void eddy_trace_done(const struct eddy_task *task)
{
	eddy_trace(EDDY_TRACE_TASK_DONE, task->waiter.executor, task);
	eddy_log_task(task, "done");
}

#endif /* ASYNC_TRACE_H_ */
