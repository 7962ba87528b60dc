/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Executors: what runs tasks. The thread executor runs them on a thread of the user's.
 *
 * With no task ready it sleeps in the kernel, so that threads of lower priority and the idle thread
 * run. Being woken costs one k_sem_give() per batch of tasks, whatever their number.
 */

#ifndef EDDY_EXECUTOR_H_
#define EDDY_EXECUTOR_H_

#include <eddy/task.h>

/** What detect.c knows of an executor. irq_lock() guards it. */
struct eddy_executor_detect {
	struct eddy_executor *next; /**< List of those in the midst of a task. */
	const void *runner;         /**< Thread that runs it; NULL: none. */
	uint32_t resumes;           /**< Of tasks; wraps. */
	uint32_t seen;              /**< That number at the last look. */
	bool is_running;
	bool in_isr;
	bool was_blocked; /**< At the last look. */
	bool is_reported;
};

/**
 * What all kinds of executors share, and a thread executor.
 *
 * eddy_lock guards every field but again, again_end and current, which are the executor's own.
 */
struct eddy_executor {
	struct eddy_waiter *first;       /**< Ready tasks, in the order in which they will run. */
	struct eddy_waiter **end;        /**< The link that the next one is hung on. */
	struct eddy_waiter *again;       /**< Tasks that yielded, to run behind those. */
	struct eddy_waiter **again_end;  /**< The link that the next one is hung on. */
	struct eddy_deadline *deadlines; /**< Of its tasks; the earliest. */
	struct eddy_task *current;       /**< Task that runs, or NULL. */
	void (*notify)(struct eddy_executor *executor); /**< Have it run. Lock not held. */
	int8_t prio;   /**< Of the thread that runs it; orders waiters. */
	bool sleeping; /**< Nobody runs it: whoever makes a task ready notifies it. */
	bool stopping;
	uint8_t owed; /**< Gives of `wake` that are on their way for a sleep that is over. */
#ifdef CONFIG_MULTITHREADING
	struct k_sem wake; /**< What a thread executor sleeps for. */
	k_tid_t thread;    /**< Who runs it; NULL: no thread, or none yet. */
#endif
	const char *name;
#ifdef CONFIG_EDDY_TASK_MONITOR
	uint32_t cycles; /**< Spent running tasks; wraps, into the next one. */
	uint32_t cycles_high;
#endif
#ifdef CONFIG_EDDY_DETECT
	struct eddy_executor_detect detect;
#endif
#if __ASSERT_ON
	const void *stack; /**< Where the stacks of its tasks' functions begin. */
#endif
};

/** The lock of the whole library: a few dozen instructions at a time. */
extern struct k_spinlock eddy_lock;

/** Set up an executor. @p name is not copied. Any context, while nobody uses it. */
void eddy_executor_init(struct eddy_executor *executor, const char *name);

/**
 * @brief Run tasks on the calling thread, and sleep in the kernel while none is ready.
 *
 * @par Context
 * Thread. One at a time per executor. Returns after eddy_executor_stop().
 */
void eddy_executor_run(struct eddy_executor *executor);

/**
 * @brief Run each task that is ready now once; do not wait.
 *
 * @return Whether there was any.
 *
 * @par Context
 * Thread. One at a time per executor.
 */
bool eddy_executor_poll(struct eddy_executor *executor);

/**
 * Have eddy_executor_run() return once no task is ready, or eddy_bare_executor_run(). Its tasks
 * wait until it runs again. No effect on executors that a work queue or an interrupt runs. Any
 * context.
 */
void eddy_executor_stop(struct eddy_executor *executor);

#ifdef CONFIG_EDDY_TASK_RANK
#include <eddy/runq_ranked.h>
#else
#include <eddy/runq_fifo.h>
#endif

/**
 * @brief Let the other ready tasks of the executor run first.
 *
 * @retval 0           Everyone else had a turn.
 * @retval -ECANCELED  The task was canceled; it did not yield.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_yield(struct eddy_task *self)
{
	eddy_detect_await(self);
	if (unlikely((self->waiter.state & EDDY_TASK_CANCELED) != 0U)) {
		return -ECANCELED;
	}
	self->waiter.result = 0;
	eddy_runq_push_again(self->waiter.executor, &self->waiter);
	return EDDY_PENDING;
}

#endif /* EDDY_EXECUTOR_H_ */
