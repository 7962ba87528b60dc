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

#include <string.h>

#include <eddy/async.h>
#include <zephyr/kernel.h>

struct eddy_executor;

/* Bits of eddy_waiter.state. */
#define EDDY_TASK_ACTIVE   BIT(0) /**< Spawned and not done. */
#define EDDY_TASK_WAITING  BIT(1) /**< Not to run until it is woken. */
#define EDDY_TASK_QUEUED   BIT(2) /**< In a wait queue. */
#define EDDY_TASK_CANCELED BIT(3) /**< Its awaits return -ECANCELED. */
#define EDDY_TASK_TIMED    BIT(4) /**< Its deadline is queued. */
#define EDDY_TASK_SHIELDED BIT(5) /**< Cancellation is put off: see eddy_shield(). */
#define EDDY_TASK_ASKED    BIT(6) /**< It was canceled while shielded. */
#define EDDY_TASK_SELECTS  BIT(7) /**< Of a task: it waits in a select. Of an arm: always set. */

/**
 * Node of a run queue or of a wait queue, never of both: part of a task, or an arm of a select.
 * eddy_lock guards it.
 */
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
	uint8_t root; /**< Offset of the outermost frame, in words; index of an arm. */
};

/** Node of its executor's queue of deadlines. timeq.c explains it. */
struct eddy_deadline {
	uint32_t tick[2]; /**< Uptime in ticks; low, high. See eddy_limit(). */
	struct eddy_deadline *child[2];
	struct eddy_deadline **link; /**< What points here, while queued. */
};

/** Which of the ready tasks runs first, with CONFIG_EDDY_TASK_RANK. See runq_ranked.c. */
struct eddy_rank {
	struct eddy_waiter *child[2]; /**< While in the run queue. */
	struct eddy_waiter **link;    /**< What points here; NULL: not in the run queue. */
	uint32_t arrival;             /**< Among equals. */
	uint32_t due[2];              /**< Uptime in ticks + 1; low, high; 0: none. */
	int8_t prio;                  /**< See eddy_task_priority_set(). */
};

/** A task. Its outermost frame follows it in memory: see EDDY_TASK_DEFINE(). */
struct eddy_task {
	struct eddy_waiter waiter;
	struct eddy_frame *frame; /**< Innermost frame: the one to resume. */
	struct eddy_deadline deadline;
#ifdef CONFIG_EDDY_TASK_NAME
	const char *name;
#endif
#ifdef CONFIG_EDDY_TASK_RANK
	struct eddy_rank rank;
#endif
#ifdef CONFIG_EDDY_TASK_MONITOR
	struct eddy_task *next_task; /**< List of all active tasks. */
	struct eddy_task *prev_task;
	uint32_t cycles; /**< Spent running; wraps, into the next one. */
	uint32_t cycles_high;
#endif
#ifdef CONFIG_EDDY_DETECT
	uint32_t budget_us;  /**< See eddy_task_budget_set(). */
	uint32_t longest_us; /**< Between two awaits. */
	struct eddy_task_watch *watch;
#endif
};

/** A task together with its frame, for arrays and structs of tasks. */
#define EDDY_TASK_STORAGE(fn)                                                                      \
	struct {                                                                                   \
		struct eddy_task task;                                                             \
		struct fn frame;                                                                   \
	}

#ifdef CONFIG_EDDY_TASK_NAME
#define EDDY_TASK_NAME_(text) .name = (text),

/** Name a task, for lists and assertions; NULL: no name. It is not copied. Any context. */
static inline void eddy_task_name_set(struct eddy_task *task, const char *name)
{
	task->name = name;
}

/** The task's name, or NULL: by default that of its variable or of its function. Any context. */
static inline const char *eddy_task_name_get(const struct eddy_task *task)
{
	return task->name;
}
#else
#define EDDY_TASK_NAME_(text)

static inline void eddy_task_name_set(struct eddy_task *task, const char *name)
{
	ARG_UNUSED(task);
	ARG_UNUSED(name);
}

static inline const char *eddy_task_name_get(const struct eddy_task *task)
{
	ARG_UNUSED(task);
	return NULL;
}
#endif

/* Where the frame is, behind the task; in words. */
#define EDDY_TASK_ROOT_(storage)                                                                   \
	((offsetof(__typeof__(storage), frame) - offsetof(__typeof__(storage), task)) / 4U)

#define EDDY_TASK_INITIALIZER_(storage, fn, text, ...)                                             \
	{                                                                                          \
		.task = {.waiter = {.root = EDDY_TASK_ROOT_(storage)}, EDDY_TASK_NAME_(text)},     \
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

/** Set up a task in EDDY_TASK_STORAGE(fn) that is not active. Any context; not atomic. */
#define EDDY_TASK_INIT(storage, fn, ...)                                                           \
	({                                                                                         \
		__typeof__(storage) eddy_inited_ = (storage);                                      \
		eddy_task_setup(&eddy_inited_->task, EDDY_TASK_ROOT_(*eddy_inited_), #fn);         \
		eddy_inited_->frame =                                                              \
			(struct fn){.frame = {.code = EDDY_CODE(fn)}, ##__VA_ARGS__};              \
	})

/* A task's fields; those of its deadline are valid only while that is queued. */
static inline void eddy_task_setup(struct eddy_task *task, uint8_t root, const char *name)
{
	const size_t options = offsetof(struct eddy_task, deadline) + sizeof(struct eddy_deadline);

	task->waiter = (struct eddy_waiter){.root = root};
	task->frame = NULL;
	__builtin_memset((char *)task + options, 0, sizeof(*task) - options);
	eddy_task_name_set(task, name);
}

/**
 * Whoever has to know when a task has ended, before anyone else: a group, a pool, a heap. Nobody
 * can join such a task.
 */
struct eddy_owner {
	/** The task has ended; its result is valid. Called with eddy_lock held; releases it. */
	void (*ended)(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key);
};

/* Nothing that others refer to may lie in a frame that returns: debug builds look. */
#if __ASSERT_ON
void eddy_assert_vacant(const struct eddy_frame *frame);
#else
#define eddy_assert_vacant(frame) ((void)(frame))
#endif

/** The outermost frame of a task. Any context. */
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

/** The same, with an owner. */
int eddy_spawn_owned(struct eddy_executor *executor, struct eddy_task *task,
		     struct eddy_owner *owner);

/**
 * @brief Ask a task to end: its pending await, and all later ones, return -ECANCELED.
 *
 * The task decides when it ends; eddy_cancel_wait() waits for that. Later awaits do nothing but
 * return -ECANCELED, even where they need not wait. A wait that has been served already but not
 * resumed yet keeps its result, so no value is lost: the next await is canceled then. A task that
 * is shielded notices behind its shield.
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
 * @retval -EBUSY      The task has an owner, e.g. a group, which waits for it.
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

/** What the task's function returned; valid from its end to its next spawn. Any context. */
static inline int eddy_task_result(const struct eddy_task *task)
{
	return task->waiter.result;
}

/** Result of the await that the task is resumed from. For await_into(). Task. */
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

/* See <eddy/detect.h>: is @self the task that runs here? Is @frame free for a call? */
#ifdef CONFIG_EDDY_DETECT
void eddy_detect_await(const struct eddy_task *self);
void eddy_detect_call(const struct eddy_task *self, const struct eddy_frame *frame);
#define EDDY_FRAME_IN_USE_(frame) ((uintptr_t)(frame) ^ 0x65646479U)
#define eddy_detect_frame(frame, is_used)                                                          \
	((frame)->in_use = (is_used) ? EDDY_FRAME_IN_USE_(frame) : 0U)
#else
#define eddy_detect_await(self)           ((void)(self))
#define eddy_detect_call(self, frame)     ((void)(self))
#define eddy_detect_frame(frame, is_used) ((void)(frame))
#endif

/* Run a frame that was just set up; for eddy_call(). */
EDDY_AWAITABLE static inline int eddy_frame_enter(struct eddy_task *self, struct eddy_frame *frame)
{
	int result;

	frame->caller = self->frame;
	self->frame = frame;
	eddy_detect_frame(frame, true);
	result = frame->code(frame, self);
	if (result != EDDY_PENDING) {
		eddy_detect_frame(frame, false);
		eddy_assert_vacant(frame);
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
 *
 * @par Context
 * Task.
 */
#define eddy_call(self, fn, frame_, ...)                                                           \
	({                                                                                         \
		struct fn *eddy_callee_ = (frame_);                                                \
		eddy_detect_call((self), &eddy_callee_->frame);                                    \
		*eddy_callee_ = (struct fn){.frame = {.code = EDDY_CODE(fn)}, ##__VA_ARGS__};      \
		eddy_frame_enter((self), &eddy_callee_->frame);                                    \
	})

/**
 * @brief Cancel a task and wait until it has cleaned up and ended. Several may wait for one.
 *
 * @retval 0           It is done, now or since before.
 * @retval -EAGAIN     The wait timed out. The task stays canceled.
 * @retval -EDEADLK    @p task is the caller; it is not canceled.
 * @retval -EBUSY      The task has an owner, e.g. a group: it is canceled; the owner waits for it.
 * @retval -EINVAL     The task was never spawned.
 * @retval -ECANCELED  The caller was canceled. @p task stays canceled.
 *
 * @par Context
 * Task. Cost: O(1); O(log n) deadlines if the canceled wait had one.
 */
EDDY_AWAITABLE static inline int eddy_cancel_wait(struct eddy_task *self, struct eddy_task *task,
						  k_timeout_t timeout)
{
	if (self == task) {
		return -EDEADLK;
	}
	(void)eddy_cancel(task); /* one that is not active is done, or else the join says so */
	return eddy_task_join(self, task, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_cancel_wait_blocking(struct eddy_task *task, k_timeout_t timeout)
{
	(void)eddy_cancel(task); /* as above */
	return eddy_task_join_blocking(task, timeout);
}

/** Whether a task was canceled, shielded or not. Any context. */
static inline bool eddy_task_is_canceled(const struct eddy_task *task)
{
	return (task->waiter.state & (EDDY_TASK_CANCELED | EDDY_TASK_ASKED)) != 0U;
}

/**
 * @brief Put off cancellation of the running task: for clean-up that has to wait for something.
 *
 *	await_into(rc, eddy_chan_recv(self, my->chan, &my->item, K_FOREVER));
 *	if (rc == -ECANCELED) {
 *		eddy_shield(self);
 *		await(eddy_call(self, motor_stop, &my->call.stop));
 *		eddy_unshield(self);
 *	}
 *
 * Awaits behind it work as if the task was not canceled, until eddy_unshield(). Time-outs do too.
 *
 * @return Whether the task was not shielded before. A function that may be called in a shield keeps
 *         this in its frame, and ends the shield only if it is true.
 *
 * @par Context
 * Task. Cost: O(1).
 */
bool eddy_shield(struct eddy_task *self);

/** End a shield: a task that was canceled, before or meanwhile, is so again. Task. */
void eddy_unshield(struct eddy_task *self);

#ifdef CONFIG_EDDY_TASK_MONITOR
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
