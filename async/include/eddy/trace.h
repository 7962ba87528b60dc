/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Trace points: what tasks and executors do, told as it happens, with CONFIG_EDDY_TRACING.
 *
 * On Zephyr they appear in the kernel's trace, between the events of its threads and interrupts. A
 * program that has other plans defines eddy_trace_event(). Without the option all of this is
 * nothing: no code, no data.
 */

#ifndef EDDY_TRACE_H_
#define EDDY_TRACE_H_

#include <eddy/task.h>

/** What has happened. The comments give the names in Zephyr's trace. */
enum eddy_trace {
	EDDY_TRACE_TASK_SPAWNED,    /**< eddy_task_spawn. */
	EDDY_TRACE_TASK_RUNS,       /**< eddy_task_run: its executor is about to resume it. */
	EDDY_TRACE_TASK_WAITS,      /**< eddy_task_wait: it waits, or yields. */
	EDDY_TRACE_TASK_CANCELED,   /**< eddy_task_cancel: it was asked to end. */
	EDDY_TRACE_TASK_DONE,       /**< eddy_task_done: its function has returned. */
	EDDY_TRACE_EXECUTOR_SLEEPS, /**< eddy_executor_sleep: no task of it is ready. */
	EDDY_TRACE_EXECUTOR_WAKES,  /**< eddy_executor_wake: it goes on. */
};

#ifdef CONFIG_EDDY_TRACING

/**
 * @brief Called at each trace point. A program may define it; else it writes to Zephyr's trace.
 *
 * An executor on a work queue wakes once per batch, whether it has slept before or not.
 *
 * @param executor  The task's, or the one that it is about.
 * @param task      NULL where it is about an executor.
 *
 * @par Context
 * Interrupt: interrupts may be locked, with the lock of the library held. Call nothing of the
 * library, nor anything that may switch threads.
 */
void eddy_trace_event(enum eddy_trace event, const struct eddy_executor *executor,
		      const struct eddy_task *task);

/** What Zephyr's trace calls an event. Any context. */
const char *eddy_trace_name(enum eddy_trace event);

#endif

#endif /* EDDY_TRACE_H_ */
