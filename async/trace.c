/* SPDX-License-Identifier: Apache-2.0 */

/* Trace points: how they are named, and that they go where the kernel's trace goes. */

#include "trace.h"

const char *eddy_trace_name(enum eddy_trace event)
{
	/* Zephyr's formats keep 19 characters. */
	static const char *const names[] = {
		[EDDY_TRACE_TASK_SPAWNED] = "eddy_task_spawn",
		[EDDY_TRACE_TASK_RUNS] = "eddy_task_run",
		[EDDY_TRACE_TASK_WAITS] = "eddy_task_wait",
		[EDDY_TRACE_TASK_CANCELED] = "eddy_task_cancel",
		[EDDY_TRACE_TASK_DONE] = "eddy_task_done",
		[EDDY_TRACE_EXECUTOR_SLEEPS] = "eddy_executor_sleep",
		[EDDY_TRACE_EXECUTOR_WAKES] = "eddy_executor_wake",
	};

	return names[event];
}

__weak void eddy_trace_event(enum eddy_trace event, const struct eddy_executor *executor,
			     const struct eddy_task *task)
{
	eddy_trace_write(eddy_trace_name(event), (uint32_t)(uintptr_t)task,
			 (uint32_t)(uintptr_t)executor);
}
