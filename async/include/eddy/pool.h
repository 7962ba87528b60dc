/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Pool: a fixed number of tasks that run one function, spawned as they are needed.
 *
 *	EDDY_TASK_POOL_DEFINE(sessions, session, 4);
 *
 *	if (eddy_pool_spawn(&executor, &sessions, NULL, session, .socket = fd) != 0) {
 *		close(fd); // four are busy
 *	}
 *
 * A task's memory goes back to the pool when the task ends. Whoever wants to cancel or join it has
 * a handle, which knows when its task has ended, even if another one is in its place by then.
 */

#ifndef EDDY_POOL_H_
#define EDDY_POOL_H_

#include <eddy/op.h>

/** A place in a pool; its task and frame follow in memory. eddy_lock guards it. */
struct eddy_pool_slot {
	struct eddy_waitq joiners;
	uint32_t generation; /**< Grows when it is claimed (odd then) and when its task ends. */
};

/** A pool. eddy_lock guards it. */
struct eddy_pool {
	struct eddy_owner owner;    /**< Of its tasks. */
	struct eddy_waiter *vacant; /**< Nodes of tasks that have ended: a stack. */
	char *fresh;                /**< The first slot that was never used. */
	char *end;                  /**< Behind the last slot. */
	uint32_t slot_size;         /**< Bytes. */
};

/** Names one run of a task of a pool. The owner's alone. */
struct eddy_pool_handle {
	struct eddy_pool_slot *slot;
	uint32_t generation;
	int result; /**< What the task has returned, once eddy_pool_join() has returned 0. */
};

/** Room for one task of a pool. */
#define EDDY_POOL_SLOT_(fn)                                                                        \
	struct {                                                                                   \
		struct eddy_pool_slot slot;                                                        \
		struct eddy_task task;                                                             \
		struct fn frame;                                                                   \
	}

/** Define a pool of @p n tasks that run @p fn, an async function declared before. */
#define EDDY_TASK_POOL_DEFINE(name, fn, n)                                                         \
	struct {                                                                                   \
		struct eddy_pool pool;                                                             \
		EDDY_POOL_SLOT_(fn) slots[n];                                                      \
	} name = {                                                                                 \
		.pool = {.owner = {.ended = eddy_pool_ended},                                      \
			 .fresh = (char *)&name.slots[0],                                          \
			 .end = (char *)&name.slots[n],                                            \
			 .slot_size = sizeof(name.slots[0])},                                      \
	}

void eddy_pool_ended(struct eddy_owner *owner, struct eddy_task *task, k_spinlock_key_t key);
struct eddy_pool_slot *eddy_pool_claim(struct eddy_pool *pool);
int eddy_pool_start(struct eddy_executor *executor, struct eddy_pool *pool,
		    struct eddy_pool_slot *slot, struct eddy_pool_handle *handle);

/**
 * @brief Spawn a task of a pool.
 *
 * @param pool_    Pointer to what EDDY_TASK_POOL_DEFINE() has defined.
 * @param handle   Handle to set, or NULL. It may lie anywhere.
 * @param fn       The pool's function.
 * @param ...      Initializers of its frame; all else in it becomes 0.
 *
 * @retval 0        Spawned.
 * @retval -ENOMEM  All tasks of the pool are active.
 *
 * @par Context
 * Any. Cost: O(1), and setting up the frame, with interrupts enabled.
 */
#define eddy_pool_spawn(executor, pool_, handle, fn, ...)                                          \
	({                                                                                         \
		__typeof__(&(pool_)->slots[0]) eddy_claimed_ =                                     \
			(void *)eddy_pool_claim(&(pool_)->pool);                                   \
		int eddy_spawned_ = -ENOMEM;                                                       \
		if (eddy_claimed_ != NULL) {                                                       \
			EDDY_TASK_INIT(eddy_claimed_, fn, ##__VA_ARGS__);                          \
			eddy_spawned_ = eddy_pool_start((executor), &(pool_)->pool,                \
							&eddy_claimed_->slot, (handle));           \
		}                                                                                  \
		eddy_spawned_;                                                                     \
	})

/**
 * Ask the task to end. @retval 0 canceled, now or before. @retval -ESRCH it has ended. Any context;
 * cost as eddy_cancel().
 */
int eddy_pool_cancel(const struct eddy_pool_handle *handle);

/** Whether the task has not ended. Any context. */
bool eddy_pool_is_active(const struct eddy_pool_handle *handle);

extern const struct eddy_op eddy_pool_join_op;

/**
 * @brief Wait until the task has ended. Several may wait for one, each with a handle of its own (a
 *        copy will do).
 *
 * @param handle  Lies in the caller's frame, as it is written while the task waits.
 *
 * @retval 0           It has ended: handle->result is what it returned.
 * @retval -ESRCH      It ended before, and its place has been given to another one: its result is
 *                     gone.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and it has not ended.
 * @retval -ECANCELED  The caller was canceled. The task goes on.
 *
 * @par Context
 * Task. Cost: O(1).
 */
EDDY_AWAITABLE static inline int
eddy_pool_join(struct eddy_task *self, struct eddy_pool_handle *handle, k_timeout_t timeout)
{
	return eddy_await(self, &eddy_pool_join_op, handle->slot, handle, timeout);
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
static inline int eddy_pool_join_blocking(struct eddy_pool_handle *handle, k_timeout_t timeout)
{
	return eddy_block(&eddy_pool_join_op, handle->slot, handle, timeout);
}

/** The same without waiting: 0, -ESRCH or -EAGAIN. Any context. */
static inline int eddy_pool_try_join(struct eddy_pool_handle *handle)
{
	return eddy_try(&eddy_pool_join_op, handle->slot, handle);
}

#endif /* EDDY_POOL_H_ */
