/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Detectors of misuse, for debug builds: CONFIG_EDDY_DETECT, on by default where assertions are.
 *
 * Asserted, with the task's name and address:
 * - an await, or a call, by anyone but the task that runs: from an interrupt, another task, a
 *   thread;
 * - a blocking function of this library called in a task;
 * - eddy_call() with a frame that is in use;
 * - eddy_..._init() of an object that tasks wait for, with CONFIG_EDDY_DETECT_OBJECTS.
 *
 * Reported to eddy_task_report(), which a program may define: a task that blocks its thread, that
 * runs longer than its budget, that was not resumed in time. Addresses of code are for addr2line.
 *
 * Without the option all of this is nothing: no code, no data, and the functions below do nothing.
 */

#ifndef EDDY_DETECT_H_
#define EDDY_DETECT_H_

#include <eddy/task.h>

/** What a report is about. */
enum eddy_finding {
	EDDY_TASK_BLOCKS,      /**< It keeps its thread waiting; microseconds: at least so long. */
	EDDY_TASK_OVER_BUDGET, /**< It ran so many microseconds without an await. */
	EDDY_TASK_LATE,        /**< It was last resumed so many microseconds ago. */
};

#ifdef CONFIG_EDDY_DETECT

/**
 * @brief Called with each finding. A program may define it; else it prints a line.
 *
 * @param task   The task. EDDY_TASK_OVER_BUDGET: it may have ended, do not look into it.
 * @param where  Where it waits, or where it was resumed.
 *
 * @par Context
 * Interrupt; but with EDDY_TASK_OVER_BUDGET that of the executor.
 */
void eddy_task_report(enum eddy_finding finding, const struct eddy_task *task, const void *where,
		      uint32_t us);

/**
 * @brief How long a task may run between two awaits, what interrupts it included.
 *
 * @param us  0: as CONFIG_EDDY_TASK_BUDGET_US says. UINT32_MAX: as long as it likes.
 *
 * @par Context
 * Any.
 */
static inline void eddy_task_budget_set(struct eddy_task *task, uint32_t us)
{
	task->budget_us = us;
}

/** The longest that a task has run between two awaits since it was set up. Any context. */
static inline uint32_t eddy_task_longest_us(const struct eddy_task *task)
{
	return task->longest_us;
}

/** A watchdog of one task. */
struct eddy_task_watch {
	struct k_timer timer;
	struct eddy_task *task;
	k_ticks_t limit;
	int64_t resumed; /**< Uptime in ticks. eddy_lock. */
};

/**
 * @brief Have it reported when a task, while active, is not resumed for some time; then again each
 *        time that this long has passed.
 *
 * @param watch    Stays in use until eddy_task_unwatch(), or until the task is set up anew.
 * @param limit    Relative.
 *
 * @par Context
 * Any; the task need not be active yet.
 */
void eddy_task_watch(struct eddy_task_watch *watch, struct eddy_task *task, k_timeout_t limit);

/** Stop watching. Any context. */
void eddy_task_unwatch(struct eddy_task_watch *watch);

#else

struct eddy_task_watch {
	struct eddy_task *task;
};

static inline void eddy_task_budget_set(struct eddy_task *task, uint32_t us)
{
	ARG_UNUSED(task);
	ARG_UNUSED(us);
}

static inline uint32_t eddy_task_longest_us(const struct eddy_task *task)
{
	ARG_UNUSED(task);
	return 0U;
}

static inline void eddy_task_watch(struct eddy_task_watch *watch, struct eddy_task *task,
				   k_timeout_t limit)
{
	ARG_UNUSED(limit);
	watch->task = task;
}

static inline void eddy_task_unwatch(struct eddy_task_watch *watch)
{
	ARG_UNUSED(watch);
}

#endif

/**
 * Assert that no task waits for an object, before its memory goes. Any context. O(tasks). With
 * CONFIG_EDDY_DETECT_OBJECTS.
 */
#ifdef CONFIG_EDDY_DETECT_OBJECTS
#define eddy_assert_unawaited(object) eddy_detect_unawaited((object), sizeof(*(object)))
void eddy_detect_unawaited(const void *object, size_t size);
#else
#define eddy_assert_unawaited(object) ((void)(object))
#endif

#endif /* EDDY_DETECT_H_ */
