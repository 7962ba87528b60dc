/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What tasks and executors do at the moment, for those who show it: with CONFIG_EDDY_TASK_MONITOR.
 *
 *	struct eddy_task_walk walk;
 *	struct eddy_task_info info;
 *
 *	eddy_task_walk_begin(&walk);
 *	while (eddy_task_walk_next(&walk, &info)) {
 *		printk("%s: %s\n", info.name, eddy_task_state_str(&info));
 *	}
 *	eddy_task_walk_end(&walk);
 *
 * What is told about a task is a copy, so there is all the time in the world to print it, while
 * tasks end and others are spawned.
 */

#ifndef EDDY_MONITOR_H_
#define EDDY_MONITOR_H_

#include <eddy/executor.h>

#ifdef CONFIG_EDDY_TASK_MONITOR

/** What an executor was about. The pointers to it and its task tell which: they may be gone. */
struct eddy_executor_info {
	const struct eddy_executor *executor;
	const char *name;
	const void *thread;  /**< Who runs it, a k_tid_t; NULL: an interrupt, or a bare one. */
	uint64_t cycles;     /**< Spent running tasks, those that have ended included. */
	const char *running; /**< Name of the task that it runs; NULL: none. */
	unsigned int tasks;  /**< Active ones. */
	unsigned int ready;  /**< Of these: to run when it gets to them. */
	int8_t prio;         /**< Of the thread; INT8_MIN: an interrupt's. */
};

/** What a task was about. */
struct eddy_task_info {
	const struct eddy_task *task;       /**< Which: it may have ended. */
	const char *name;                   /**< Never NULL. */
	struct eddy_executor_info executor; /**< Less what it takes all tasks to know. */
	const void *where;                  /**< As eddy_task_where(). */
	uint64_t cycles;                    /**< Spent running, since it was spawned. */
	k_ticks_t deadline;                 /**< Uptime that its wait is limited to, or -1. */
	size_t size;     /**< Of task and outermost frame; 0: not known. Known with assertions. */
	int8_t priority; /**< Within its executor: eddy_task_priority_set(). Else 0. */
	uint8_t state;   /**< EDDY_TASK_* bits. */
	bool is_running;
};

/** A walk over the active tasks. eddy_lock guards it. */
struct eddy_task_walk {
	struct eddy_task *next;       /**< NULL: none is left. */
	struct eddy_task *last;       /**< The last that was active when it began. */
	struct eddy_task_walk *other; /**< List of the walks that are under way. */
};

/**
 * @brief Begin to walk over all active tasks, in the order in which they were spawned.
 *
 * Told are those that are active now and still are when it is their turn: each once, whoever ends
 * meanwhile, and none that is spawned later.
 *
 * @param walk  Stays in use until eddy_task_walk_end(): a thread must not be aborted in between.
 *
 * @par Context
 * Any. Cost: O(1); each task that ends before the walk does pays a few instructions.
 */
void eddy_task_walk_begin(struct eddy_task_walk *walk);

/**
 * @brief Tell about the next task.
 *
 * @return Whether there was one.
 *
 * @par Context
 * Any. Cost: O(1), some twenty words are copied with interrupts locked.
 */
bool eddy_task_walk_next(struct eddy_task_walk *walk, struct eddy_task_info *info);

/** End a walk, at its end or before. Any context. Cost: O(1); O(n) walks under way. */
void eddy_task_walk_end(struct eddy_task_walk *walk);

/** What a task was doing: ready, running, sleeping, waiting or selecting. Any context. */
const char *eddy_task_state_str(const struct eddy_task_info *info);

/**
 * @brief List the executors that have tasks, in the order of their oldest ones.
 *
 * There is no list of executors, so none has to be taken out of it before its memory goes: active
 * tasks lead to theirs.
 *
 * @param list  Room for so many; what does not fit is left out.
 *
 * @return How many are listed.
 *
 * @par Context
 * Any. Cost: O(n) tasks * executors; interrupts are locked for one task at a time.
 */
size_t eddy_executor_list(struct eddy_executor_info *list, size_t room);

#endif

#endif /* EDDY_MONITOR_H_ */
