/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Tasks: what can wait.
 *
 * A task runs one async function, on the executor that it was spawned on. It waits for one thing at
 * a time, so the links for that lie in the task itself.
 *
 *	idle --eddy_spawn--> ready --eddy_executor_poll--> running --an await--> waiting
 *	waiting --object, time-out, eddy_cancel--> ready        running --return--> done
 *	done --eddy_spawn--> ready
 */

#ifndef EDDY_TASK_H_
#define EDDY_TASK_H_

#include <eddy/async.h>
#include <zephyr/kernel.h>

struct eddy_executor;

/* Bits of eddy_waiter.state. */
#define EDDY_TASK_ACTIVE   BIT(0) /**< Spawned and not done. */
#define EDDY_TASK_WAITING  BIT(1) /**< Not to run until it is woken. */
#define EDDY_TASK_QUEUED   BIT(2) /**< In a wait queue. */
#define EDDY_TASK_CANCELED BIT(3) /**< Its waits return -ECANCELED. */
#define EDDY_TASK_DONE     BIT(4) /**< Has ended; its result is valid. */

/** Node of a run queue or of a wait queue, never of both. eddy_lock guards it. */
struct eddy_waiter {
	struct eddy_waiter *next;
	union {
		struct eddy_waiter *prev; /**< While in a wait queue. */
		int result;               /**< Otherwise: of the last await, or of the task. */
	};
	void *data;                     /**< What the waker needs, e.g. where to copy to. */
	struct eddy_executor *executor; /**< Who resumes it. */
	uint16_t order;                 /**< Among equal deadlines. */
	uint8_t state;                  /**< EDDY_TASK_* bits. */
	uint8_t root;                   /**< Offset of the outermost frame, in words. */
};

/** Node of its executor's queue of deadlines. timeq.c explains it. */
struct eddy_deadline {
	uint32_t tick[2]; /**< Uptime in ticks; low, high. See eddy_limit(). */
	struct eddy_deadline *child[2];
	struct eddy_deadline **link; /**< What points here; NULL: not queued. */
};

/** A task. Its outermost frame follows it in memory: see EDDY_TASK_DEFINE(). */
struct eddy_task {
	struct eddy_waiter waiter;
	struct eddy_frame *frame; /**< Innermost frame: the one to resume. */
	struct eddy_deadline deadline;
#ifdef CONFIG_EDDY_TASK_MONITOR
	struct eddy_task *next_task; /**< List of all active tasks. */
	struct eddy_task *prev_task;
	const char *name;
	uint32_t cycles; /**< Spent running; wraps. */
#endif
};

/** A task together with its frame, for arrays and structs of tasks. */
#define EDDY_TASK_STORAGE(fn)                                                                      \
	struct {                                                                                   \
		struct eddy_task task;                                                             \
		struct fn frame;                                                                   \
	}

#ifdef CONFIG_EDDY_TASK_MONITOR
#define EDDY_TASK_NAME_(text) .name = (text),
#else
#define EDDY_TASK_NAME_(text)
#endif

#define EDDY_TASK_INITIALIZER_(storage, fn, text, ...)                                             \
	{                                                                                          \
		.task = {.waiter = {.root = offsetof(__typeof__(storage), frame) / 4U},            \
			 EDDY_TASK_NAME_(text)},                                                   \
		.frame = {.frame = {.code = EDDY_CODE(fn)}, ##__VA_ARGS__},                        \
	}

/**
 * @brief Define a task: all memory that it will ever need.
 *
 * The storage is called @p name_ by the linker, so that the task, its first member, is too.
 *
 * @param name_  Variable of type struct eddy_task, visible in other files.
 * @param fn     Async function that it runs, declared before.
 * @param ...    Initializers of the frame: `.led = &red`.
 */
#define EDDY_TASK_DEFINE(name_, fn, ...)                                                           \
	extern struct eddy_task name_;                                                             \
	EDDY_TASK_STORAGE(fn)                                                                      \
	name_##_storage __asm__(#name_) =                                                          \
		EDDY_TASK_INITIALIZER_(name_##_storage, fn, #name_, ##__VA_ARGS__)

/** Set up a task in EDDY_TASK_STORAGE(fn) at run time; it is not active. Not atomic. */
#define EDDY_TASK_INIT(storage, fn, ...)                                                           \
	(*(storage) = (__typeof__(*(storage)))EDDY_TASK_INITIALIZER_(*(storage), fn, #fn,          \
								     ##__VA_ARGS__))

/** The outermost frame of a task. */
static inline struct eddy_frame *eddy_task_root(struct eddy_task *task)
{
	return (struct eddy_frame *)(void *)((uint32_t *)(void *)task + task->waiter.root);
}

/**
 * @brief Start a task on an executor. It runs when the executor gets to it.
 *
 * The frame keeps the values that it has: give arguments before.
 *
 * @retval 0       Spawned.
 * @retval -EBUSY  The task is active already; nothing has changed.
 *
 * @par Context
 * Any. Cost: O(1).
 */
int eddy_spawn(struct eddy_executor *executor, struct eddy_task *task);

/**
 * @brief Ask a task to end: its pending await, and all later ones, return -ECANCELED.
 *
 * The task decides when it ends; eddy_task_join() waits for that. Later awaits do nothing but
 * return -ECANCELED, even where they need not wait. A wait that has been served already but not
 * resumed yet keeps its result, so no value is lost: the next await is canceled then.
 *
 * @retval 0       Canceled, now or before.
 * @retval -ESRCH  The task is not active.
 *
 * @par Context
 * Any. Cost: O(1); O(log n) deadlines if its wait had one.
 */
int eddy_cancel(struct eddy_task *task);

/**
 * @brief Wait until a task is done. Several may wait for one.
 *
 * @retval 0           It is done: eddy_task_result() is valid.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and it is not done. (As everywhere: the wait
 *                     can still succeed until the task's executor gets to look at the clock.)
 * @retval -EDEADLK    @p task is the caller.
 * @retval -EINVAL     It was never spawned.
 * @retval -ECANCELED  The caller was canceled. The task that it waited for goes on.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int eddy_task_join(struct eddy_task *self, struct eddy_task *task,
						k_timeout_t timeout);

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_task_join_blocking(struct eddy_task *task, k_timeout_t timeout);

/** Whether a task is done, without waiting: 0, -EAGAIN or -EINVAL. Any context. */
int eddy_task_try_join(struct eddy_task *task);

/** What the task's function returned. Valid once it is done, until it is spawned again. */
static inline int eddy_task_result(const struct eddy_task *task)
{
	return task->waiter.result;
}

/** Result of the await that the task is resumed from. For await_into(). */
static inline int eddy_task_resumed(const struct eddy_task *self)
{
	return self->waiter.result;
}

/** Whether the task was spawned and is not done. Any context. */
static inline bool eddy_task_is_active(const struct eddy_task *task)
{
	return (task->waiter.state & EDDY_TASK_ACTIVE) != 0U;
}

/** Where a task waits: address of code, for addr2line. Any context; exact while the task waits. */
void *eddy_task_where(const struct eddy_task *task);

/*
 * Set the limit of the wait that comes next, before it is known whether there will be one. Travels
 * in the task rather than as an argument: 64 bits of arguments cost more on each call than two
 * stores.
 */
static ALWAYS_INLINE void eddy_limit(struct eddy_task *self, k_timeout_t timeout)
{
	self->deadline.tick[0] = (uint32_t)timeout.ticks;
	self->deadline.tick[1] = (uint32_t)((uint64_t)timeout.ticks >> 32);
}

/* The functions named ..._limited take the limit that eddy_limit() has set. */
int eddy_task_join_limited(struct eddy_task *self, struct eddy_task *task);

static inline int eddy_task_join(struct eddy_task *self, struct eddy_task *task,
				 k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_task_join_limited(self, task);
}

/* Run a frame that was just set up; for eddy_call(). */
EDDY_AWAITABLE static inline int eddy_frame_enter(struct eddy_task *self, struct eddy_frame *frame)
{
	int result;

	frame->caller = self->frame;
	self->frame = frame;
	result = frame->code(frame, self);
	if (result != EDDY_PENDING) {
		self->frame = frame->caller;
	}
	return result;
}

/**
 * @brief Call an async function from another: `await_into(rc, eddy_call(self, read, &my->read))`.
 *
 * @param fn      Async function.
 * @param frame_  Its frame, inside the caller's own. Calls after one another may share a union.
 * @param ...     Initializers of the frame; all else in it becomes 0.
 */
#define eddy_call(self, fn, frame_, ...)                                                           \
	({                                                                                         \
		struct fn *eddy_callee_ = (frame_);                                                \
		*eddy_callee_ = (struct fn){.frame = {.code = EDDY_CODE(fn)}, ##__VA_ARGS__};      \
		eddy_frame_enter((self), &eddy_callee_->frame);                                    \
	})

#ifdef CONFIG_EDDY_TASK_MONITOR
/** Give a task a name for lists. The text is not copied. */
static inline void eddy_task_name_set(struct eddy_task *task, const char *name)
{
	task->name = name;
}

/**
 * @brief The active task after @p task, or the first for NULL; NULL after the last.
 *
 * The list changes when tasks are spawned and end; NULL too if @p task has ended meanwhile.
 *
 * @par Context
 * Any. Cost: O(1).
 */
struct eddy_task *eddy_task_iterate(struct eddy_task *task);
#endif

#endif /* EDDY_TASK_H_ */
