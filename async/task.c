/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tasks: beginning, end, cancellation, join.
 *
 * Whoever joins a task waits in the outermost frame's `joiners`: they are what goes on when that
 * frame is done, as a caller does for an inner one.
 */

#include "core.h"

int eddy_spawn(struct eddy_executor *executor, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_frame *root = eddy_task_root(task);
	struct eddy_executor *notify = NULL;

	__ASSERT(task->waiter.root != 0U, "task %p was not set up", (void *)task);
	__ASSERT(executor->end != NULL, "executor %p was not set up", (void *)executor);
	if ((task->waiter.state & EDDY_TASK_ACTIVE) != 0U) {
		k_spin_unlock(&eddy_lock, key);
		return -EBUSY;
	}

	/* A task that is not active has no joiners and no deadline. */
	root->pc = NULL;
	task->frame = root;
	task->waiter.executor = executor;
	task->waiter.state = EDDY_TASK_ACTIVE;
	eddy_monitor_add(task);
	eddy_runq_push(executor, &task->waiter);
	if (executor->sleeping) {
		executor->sleeping = false;
		notify = executor;
	}
	eddy_unlock(key, notify);
	return 0;
}

int eddy_cancel(struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_executor *notify = NULL;

	if ((task->waiter.state & EDDY_TASK_ACTIVE) == 0U) {
		k_spin_unlock(&eddy_lock, key);
		return -ESRCH;
	}
	task->waiter.state |= EDDY_TASK_CANCELED;
	if ((task->waiter.state & EDDY_TASK_WAITING) != 0U) {
		if ((task->waiter.state & EDDY_TASK_QUEUED) != 0U) {
			eddy_waitq_remove(&task->waiter);
		}
		notify = eddy_wake(&task->waiter, -ECANCELED);
	}
	eddy_unlock(key, notify);
	return 0;
}

/* What joining @task comes to at once; EDDY_PENDING: it is still to end. Lock held. */
static int join_state(const struct eddy_task *task)
{
	if ((task->waiter.state & EDDY_TASK_ACTIVE) != 0U) {
		return EDDY_PENDING;
	}
	return (task->waiter.state & EDDY_TASK_DONE) != 0U ? 0 : -EINVAL;
}

int eddy_task_join_limited(struct eddy_task *self, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = self == task ? -EDEADLK : join_state(task);

	if (eddy_is_canceled(self)) {
		result = -ECANCELED;
	}
	if (result == EDDY_PENDING) {
		return eddy_wait(&eddy_task_root(task)->joiners, self, NULL, key);
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_task_join_blocking(struct eddy_task *task, k_timeout_t timeout)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = join_state(task);

	if (result == EDDY_PENDING) {
		return eddy_wait_blocking(&eddy_task_root(task)->joiners, NULL, timeout, key);
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

int eddy_task_try_join(struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int result = join_state(task);

	k_spin_unlock(&eddy_lock, key);
	return result == EDDY_PENDING ? -EAGAIN : result;
}

void *eddy_task_where(const struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	const struct eddy_frame *frame = task->frame;
	void *where = NULL;

	if (frame != NULL) {
		where = frame->pc != NULL ? frame->pc : (void *)(uintptr_t)frame->code;
	}
	k_spin_unlock(&eddy_lock, key);
	return where;
}

#if __ASSERT_ON
void eddy_assert_survives(const struct eddy_task *self, const void *data)
{
	/* Stacks grow downwards: what the task has on it lies between here and the executor. */
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	uintptr_t executor = (uintptr_t)self->waiter.executor->stack;

	__ASSERT((uintptr_t)data < here || (uintptr_t)data >= executor,
		 "task %p waits with data at %p, on the stack that it leaves", (const void *)self,
		 data);
}
#endif
