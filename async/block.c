/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The blocking face of every operation, for threads.
 *
 * A thread that blocks is an executor of its own with a single task on it, which is never run:
 * pushing it to the run queue notifies the executor, and that is what the thread sleeps for.
 */

#include "core.h"

static void notify(struct eddy_executor *executor)
{
	k_sem_give(&executor->wake);
}

void eddy_blocker_queue(struct eddy_blocker *blocker, struct eddy_waitq *queue, void *data)
{
	struct eddy_executor *executor = &blocker->executor;
	struct eddy_task *task = &blocker->task;
	k_tid_t thread = k_current_get();

	eddy_detect_block();
	eddy_executor_setup(executor, NULL, (int8_t)k_thread_priority_get(thread), notify);
	(void)k_sem_init(&executor->wake, 0, 1); /* cannot fail */
	executor->thread = thread;
	executor->sleeping = true;
	task->waiter.state = EDDY_TASK_PLAIN_WAIT;
	task->waiter.executor = executor;
	task->waiter.data = data;
	task->deadline.link = NULL;
	eddy_rank_thread(task);
	eddy_waitq_add(queue, &task->waiter);
}

int eddy_blocker_sleep(struct eddy_blocker *blocker, k_timeout_t timeout)
{
	struct eddy_waiter *waiter = &blocker->task.waiter;

	if (k_sem_take(&blocker->executor.wake, timeout) != 0) {
		k_spinlock_key_t key = k_spin_lock(&eddy_lock);

		if ((waiter->state & (EDDY_TASK_QUEUED | EDDY_TASK_SHIELDED)) == EDDY_TASK_QUEUED) {
			eddy_waitq_remove(waiter);
			waiter->state = EDDY_TASK_ACTIVE;
			k_spin_unlock(&eddy_lock, key);
			return -EAGAIN;
		}
		/* Served in the same instant: a notification that refers to us is certain. */
		k_spin_unlock(&eddy_lock, key);
		(void)k_sem_take(&blocker->executor.wake, K_FOREVER); /* cannot fail */
	}
	return waiter->result;
}

int eddy_block(const struct eddy_op *op, void *object, void *data, k_timeout_t timeout)
{
	struct eddy_blocker blocker;
	k_spinlock_key_t key;
	int result;

	if (!K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		eddy_detect_block();
	}
	key = k_spin_lock(&eddy_lock);
	result = op->attempt(object, data, key);
	if (result != EDDY_PENDING) {
		return result;
	}
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		k_spin_unlock(&eddy_lock, key);
		return -EAGAIN;
	}
	__ASSERT(!k_is_in_isr(), "an interrupt must not block");
	eddy_blocker_queue(&blocker, eddy_op_queue(op, object), data);
	k_spin_unlock(&eddy_lock, key);
	return eddy_blocker_sleep(&blocker, timeout);
}
