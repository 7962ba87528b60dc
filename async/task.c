/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tasks: beginning, end, cancellation, join.
 *
 * Whoever joins a task waits in the outermost frame's `joiners`: they are what goes on when that
 * frame is done, as a caller does for an inner one.
 */

#include "core.h"

/* Make a task ready for the first time. One that is not active has no joiners, no deadline. */
static ALWAYS_INLINE int start(struct eddy_executor *executor, struct eddy_task *task,
			       struct eddy_owner *owner, k_spinlock_key_t key)
{
	struct eddy_frame *root = eddy_task_root(task);
	struct eddy_executor *notify = NULL;

	__ASSERT(task->waiter.root != 0U, "task %p was not set up", (void *)task);
	__ASSERT(executor->end != NULL, "executor %p was not set up", (void *)executor);
	if ((task->waiter.state & EDDY_TASK_ACTIVE) != 0U) {
		k_spin_unlock(&eddy_lock, key);
		return -EBUSY;
	}
	root->pc = NULL;
	if (owner != NULL) {
		root->joiners.last = eddy_owner_mark(owner);
	}
	task->frame = root;
	task->waiter.executor = executor;
	task->waiter.state = EDDY_TASK_ACTIVE;
	eddy_monitor_add(task);
	eddy_trace_spawn(task);
	eddy_runq_push(executor, &task->waiter);
	if (executor->sleeping) {
		executor->sleeping = false;
		notify = executor;
	}
	eddy_unlock(key, notify);
	return 0;
}

int eddy_spawn(struct eddy_executor *executor, struct eddy_task *task)
{
	return start(executor, task, NULL, k_spin_lock(&eddy_lock));
}

int eddy_spawn_owned(struct eddy_executor *executor, struct eddy_task *task,
		     struct eddy_owner *owner)
{
	return start(executor, task, owner, k_spin_lock(&eddy_lock));
}

int eddy_spawn_locked(struct eddy_executor *executor, struct eddy_task *task,
		      struct eddy_owner *owner, k_spinlock_key_t key)
{
	return start(executor, task, owner, key);
}

struct eddy_executor *eddy_cancel_locked(struct eddy_task *task)
{
	uint8_t state = task->waiter.state;

	eddy_trace_cancel(task);
	if ((state & EDDY_TASK_SHIELDED) != 0U) {
		task->waiter.state = state | EDDY_TASK_ASKED;
		return NULL;
	}
	task->waiter.state = state | EDDY_TASK_CANCELED;
	return (state & EDDY_TASK_WAITING) != 0U ? eddy_wake_unserved(task, -ECANCELED) : NULL;
}

int eddy_cancel(struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (!eddy_task_is_active(task)) {
		k_spin_unlock(&eddy_lock, key);
		return -ESRCH;
	}
	eddy_unlock(key, eddy_cancel_locked(task));
	return 0;
}

bool eddy_shield(struct eddy_task *self)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	uint8_t state = self->waiter.state;

	if (eddy_is_canceled(self)) {
		self->waiter.state ^=
			EDDY_TASK_CANCELED | EDDY_TASK_ASKED; /* the one to the other */
	}
	self->waiter.state |= EDDY_TASK_SHIELDED;
	k_spin_unlock(&eddy_lock, key);
	return (state & EDDY_TASK_SHIELDED) == 0U;
}

void eddy_unshield(struct eddy_task *self)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if ((self->waiter.state & EDDY_TASK_ASKED) != 0U) {
		self->waiter.state ^= EDDY_TASK_CANCELED | EDDY_TASK_ASKED;
	}
	self->waiter.state &= (uint8_t)~EDDY_TASK_SHIELDED;
	k_spin_unlock(&eddy_lock, key);
}

/* To join: the object is the outermost frame, in which the joiners wait, the data is the task. */
static ALWAYS_INLINE int join_attempt(void *object, void *data, k_spinlock_key_t key)
{
	const struct eddy_task *task = data;
	int result;

	ARG_UNUSED(object);
	if (!eddy_task_is_active(task)) {
		result = task->frame != NULL ? 0 : -EINVAL; /* never spawned */
	} else if (eddy_is_owned(task)) {
		result = -EBUSY;
	} else {
		return EDDY_PENDING;
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}

const struct eddy_op eddy_task_join_op = {
	.attempt = join_attempt,
	.queue = offsetof(struct eddy_frame, joiners),
};

int eddy_task_join_limited(struct eddy_task *self, struct eddy_task *task)
{
	if (self == task) {
		return -EDEADLK;
	}
	return eddy_await_limited(self, &eddy_task_join_op, eddy_task_root(task), task);
}

int eddy_task_join_blocking(struct eddy_task *task, k_timeout_t timeout)
{
	return eddy_block(&eddy_task_join_op, eddy_task_root(task), task, timeout);
}

int eddy_task_try_join(struct eddy_task *task)
{
	return eddy_try(&eddy_task_join_op, eddy_task_root(task), task);
}

void *eddy_task_where(const struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	void *where = eddy_frame_where(task->frame);

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

void eddy_assert_vacant(const struct eddy_frame *frame)
{
	__ASSERT(frame->guests == 0U, "%p returns while its children run or a select is not ended",
		 (void *)(uintptr_t)frame->code);
}

struct eddy_frame *eddy_host_of(struct eddy_task *self, const void *guest)
{
	struct eddy_frame *root = eddy_task_root(self);
	struct eddy_frame *frame = self->frame;

	/* A frame that has no size yet is not an async function's. */
	while ((uintptr_t)guest - (uintptr_t)frame >= frame->size) {
		if (frame == root) {
			return NULL;
		}
		frame = frame->caller;
	}
	return frame;
}
#endif
