/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Executors: the loop that resumes tasks.
 *
 * The run queue is first in, first out. The executor takes all of it at once and then walks it without
 * the lock: nobody else touches the links of tasks that it has taken. What becomes ready meanwhile
 * makes up the next batch, so that every ready task gets its turn.
 *
 * Sleeping: the executor sets `sleeping` under the lock, having found the queue empty under the same
 * lock; whoever pushes next clears it and gives the semaphore, once. No wake is lost, and none is
 * given in vain.
 */

#include "core.h"

void eddy_executor_init(struct eddy_executor *executor, const char *name)
{
	executor->first = NULL;
	executor->end = &executor->first;
	executor->next = NULL;
	executor->current = NULL;
	executor->prio = 0;
	executor->sleeping = false;
	executor->stopping = false;
	executor->name = name;
	(void)k_sem_init(&executor->wake, 0, 1); /* cannot fail */
}

/* A frame has returned: go on in its caller, and so on, until one waits or the task is done. */
static __noinline void unwind(struct eddy_task *task, int result)
{
	struct eddy_frame *root = eddy_task_root(task);

	do {
		if (task->frame == root) {
			eddy_task_finish(task, result);
			return;
		}
		task->frame = task->frame->caller;
		task->waiter.result = result;
		result = task->frame->code(task->frame, task);
	} while (result != EDDY_PENDING);
}

static ALWAYS_INLINE void resume(struct eddy_task *task)
{
	struct eddy_frame *frame = task->frame;
	int result = frame->code(frame, task);

	if (result != EDDY_PENDING) {
		unwind(task, result);
	}
}

#ifdef CONFIG_EDDY_TASK_MONITOR
static void resume_and_account(struct eddy_executor *executor, struct eddy_task *task)
{
	uint32_t start = k_cycle_get_32();

	resume(task);
	/* A task that has ended may be gone; nobody asks for its share any more. */
	if (executor->current == task) {
		task->cycles += k_cycle_get_32() - start;
	}
}
#else
#define resume_and_account(executor, task) resume(task)
#endif

#if __ASSERT_ON
#define note_stack(executor) ((executor)->stack = __builtin_frame_address(0))
#else
#define note_stack(executor) ((void)(executor))
#endif

/* Resume the tasks of a batch. */
static ALWAYS_INLINE void run_batch(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	note_stack(executor);
	do {
		struct eddy_waiter *next = waiter->next; /* it may be queued anew when it returns */

		executor->current = eddy_task_of(waiter);
		resume_and_account(executor, eddy_task_of(waiter));
		waiter = next;
	} while (waiter != NULL);
	executor->current = NULL;
}

/* Take all ready tasks. Lock held. */
static ALWAYS_INLINE struct eddy_waiter *take_batch(struct eddy_executor *executor)
{
	struct eddy_waiter *first = executor->first;

	executor->first = NULL;
	executor->end = &executor->first;
	return first;
}

bool eddy_executor_poll(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *batch = take_batch(executor);

	executor->prio = (int8_t)k_thread_priority_get(k_current_get());
	k_spin_unlock(&eddy_lock, key);
	if (batch == NULL) {
		return false;
	}
	run_batch(executor, batch);
	return true;
}

void eddy_executor_run(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT(!k_is_in_isr(), "executor %p: not in an interrupt", (void *)executor);
	executor->prio = (int8_t)k_thread_priority_get(k_current_get());
	for (;;) {
		struct eddy_waiter *batch = executor->first;

		if (likely(batch != NULL)) {
			(void)take_batch(executor);
			k_spin_unlock(&eddy_lock, key);
			run_batch(executor, batch);
		} else if (unlikely(executor->stopping)) {
			break;
		} else {
			executor->sleeping = true;
			k_spin_unlock(&eddy_lock, key);
			(void)k_sem_take(&executor->wake, K_FOREVER); /* cannot fail */
		}
		key = k_spin_lock(&eddy_lock);
	}
	executor->stopping = false;
	k_spin_unlock(&eddy_lock, key);
}

void eddy_executor_stop(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_executor *notify = executor->sleeping ? executor : NULL;

	executor->stopping = true;
	executor->sleeping = false;
	eddy_unlock(key, notify);
}
