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

/** eddy_lock guards every field but current, which is the executor's own. */
struct eddy_executor {
	struct eddy_waiter *first;       /**< Ready tasks, in the order in which they will run. */
	struct eddy_waiter **end;        /**< The link that the next one is hung on. */
	struct eddy_deadline *deadlines; /**< Of its tasks; the earliest. */
	struct eddy_task *current;       /**< Task that runs, or NULL. */
	int8_t prio;                     /**< Of the thread that runs it; orders waiters. */
	bool sleeping; /**< Nobody runs it: whoever makes a task ready notifies it. */
	bool stopping;
	uint8_t owed; /**< Gives of `wake` that are on their way for a sleep that is over. */
	struct k_sem wake;
	const char *name;
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
 * Have eddy_executor_run() return once no task is ready. Its tasks wait until it runs again. Any
 * context.
 */
void eddy_executor_stop(struct eddy_executor *executor);

/** An executor for programs without other threads: it sleeps the CPU itself. */
struct eddy_bare_executor {
	struct eddy_executor executor; /**< For eddy_spawn(), eddy_executor_stop(). */
	struct k_timer alarm;          /**< Expires at the earliest deadline. */
	uint64_t armed_tick;           /**< Uptime at which it does. */
	volatile bool is_due;          /**< It has. */
};

/** Set up a bare executor. @p name is not copied. Thread, while nobody uses it. */
void eddy_bare_executor_init(struct eddy_bare_executor *bare, const char *name);

/**
 * @brief Run tasks on the calling thread; while none is ready, sleep the CPU until an interrupt.
 *
 * Threads of the same or a lower priority do not run meanwhile, the idle thread neither.
 *
 * @par Context
 * Thread. Returns after eddy_executor_stop(), before the next batch.
 */
void eddy_bare_executor_run(struct eddy_bare_executor *bare);

/* Append a task that is in no queue. eddy_lock held. */
static ALWAYS_INLINE void eddy_runq_push(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	waiter->next = NULL;
	*executor->end = waiter;
	executor->end = &waiter->next;
}

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
	k_spinlock_key_t key;

	if (unlikely((self->waiter.state & EDDY_TASK_CANCELED) != 0U)) {
		return -ECANCELED;
	}
	key = k_spin_lock(&eddy_lock);
	self->waiter.result = 0;
	eddy_runq_push(self->waiter.executor, &self->waiter);
	k_spin_unlock(&eddy_lock, key);
	return EDDY_PENDING;
}

#endif /* EDDY_EXECUTOR_H_ */
