/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What all executors share: the loop that resumes tasks.
 *
 * The run queue is first in, first out. The executor takes all of it at once and then walks it
 * without the lock: nobody else touches the links of tasks that it has taken. What becomes ready
 * meanwhile makes up the next batch, so that every ready task gets its turn. Tasks that yield are
 * put into a list of the executor's own, which needs no lock, and come last in the next batch.
 *
 * Sleeping: an executor sets `sleeping` under the lock, having found the queue empty under the same
 * lock; whoever pushes next clears it and notifies the executor, once. No wake is lost.
 */

#include "exec.h"

void eddy_executor_setup(struct eddy_executor *executor, const char *name, int8_t prio,
			 void (*notify)(struct eddy_executor *executor))
{
	eddy_detect_setup(executor);
	*executor = (struct eddy_executor){
		.end = &executor->first,
		.again_end = &executor->again,
		.notify = notify,
		.prio = prio,
		.name = name,
	};
}

/*
 * The outermost frame has returned. Behind this the task may be gone: a joiner may own its memory.
 */
static void finish(int result, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waitq *joiners = &task->frame->joiners;

	eddy_assert_vacant(task->frame);
	eddy_trace_done(task);
	task->waiter.state = 0U;
	task->waiter.result = result;
	eddy_monitor_remove(task);
	if (eddy_is_owned(task)) {
		struct eddy_owner *owner = eddy_owner_of(task);

		joiners->last = NULL; /* it may be spawned without an owner next time */
		owner->ended(owner, task, key);
	} else {
		eddy_wake_all(joiners, 0, key);
	}
}

/* Go on in the callers of a frame that returned @result. Returns as eddy_task_completed() does. */
static __noinline bool unwind(int result, struct eddy_task *task)
{
	struct eddy_frame *root = eddy_task_root(task);

	while (task->frame != root) {
		eddy_assert_vacant(task->frame);
		eddy_detect_frame(task->frame, false);
		task->frame = task->frame->caller;
		task->waiter.result = result;
		result = task->frame->code(task->frame, task);
		if (result == EDDY_PENDING) {
			return true;
		}
	}
	finish(result, task);
	return false;
}

/*
 * A frame with neither a caller nor joiners, which share a field, is the outermost one of a task
 * that nobody waits for: the short way.
 */
__noinline bool eddy_task_completed(int result, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT((task->waiter.state & EDDY_TASK_WAITING) == 0U,
		 "task %p returned from a wait that it did not await", (void *)task);
	if (likely(task->frame->caller == NULL)) {
		eddy_assert_vacant(task->frame);
		eddy_trace_done(task);
		task->waiter.state = 0U;
		task->waiter.result = result;
		eddy_monitor_remove(task);
		k_spin_unlock(&eddy_lock, key);
		return false;
	}
	k_spin_unlock(&eddy_lock, key);
	return unwind(result, task);
}

/* Take all ready tasks, release the lock, run them. */
static ALWAYS_INLINE bool run_ready(struct eddy_executor *executor, k_spinlock_key_t key)
{
	struct eddy_waiter *batch = eddy_take_batch(executor);

	k_spin_unlock(&eddy_lock, key);
	if (batch == NULL) {
		return false;
	}
	eddy_run_batch(executor, batch);
	return true;
}

bool eddy_executor_run_batch(struct eddy_executor *executor)
{
	return run_ready(executor, k_spin_lock(&eddy_lock));
}

bool eddy_executor_poll(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	bool ran;

	if (executor->deadlines != NULL) {
		key = eddy_timeq_check(executor, key);
	}
	ran = run_ready(executor, key);
	executor->current = NULL;
	return ran;
}

void eddy_executor_stop(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_executor *notify = executor->sleeping ? executor : NULL;

	executor->stopping = true;
	executor->sleeping = false;
	eddy_unlock(key, notify);
}
