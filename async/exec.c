/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Executors: the loop that resumes tasks.
 *
 * The run queue is first in, first out. The executor takes all of it at once and then walks it
 * without the lock: nobody else touches the links of tasks that it has taken. What becomes ready
 * meanwhile makes up the next batch, so that every ready task gets its turn.
 *
 * Sleeping: the executor sets `sleeping` under the lock, having found the queue empty under the
 * same lock; whoever pushes next clears it and gives the semaphore, once. No wake is lost.
 */

#include "core.h"

void eddy_executor_init(struct eddy_executor *executor, const char *name)
{
	executor->first = NULL;
	executor->end = &executor->first;
	executor->deadlines = NULL;
	executor->current = NULL;
	executor->prio = (int8_t)k_thread_priority_get(k_current_get());
	executor->sleeping = false;
	executor->stopping = false;
	executor->owed = 0U;
	executor->name = name;
	(void)k_sem_init(&executor->wake, 0, K_SEM_MAX_LIMIT); /* cannot fail */
}

/*
 * The outermost frame has returned. Behind this the task may be gone: a joiner may own its memory.
 */
static void finish(int result, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	task->waiter.state = EDDY_TASK_DONE;
	task->waiter.result = result;
	eddy_monitor_remove(task);
	eddy_wake_all(&task->frame->joiners, 0, key);
}

/* Go on in the callers of a frame that has returned @result. Returns as completed() does. */
static __noinline bool unwind(int result, struct eddy_task *task)
{
	struct eddy_frame *root = eddy_task_root(task);

	while (task->frame != root) {
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
 * The innermost frame has returned. Returns false if the task is done. One with neither a caller
 * nor joiners, which share a field, is the outermost one of a task that nobody waits for: the short
 * way.
 */
static __noinline bool completed(int result, struct eddy_task *task)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT((task->waiter.state & EDDY_TASK_WAITING) == 0U,
		 "task %p returned from a wait that it did not await", (void *)task);
	if (likely(task->frame->caller == NULL)) {
		task->waiter.state = EDDY_TASK_DONE;
		task->waiter.result = result;
		eddy_monitor_remove(task);
		k_spin_unlock(&eddy_lock, key);
		return false;
	}
	k_spin_unlock(&eddy_lock, key);
	return unwind(result, task);
}

/* Run a task until it waits. Returns false if it is done, and perhaps gone. */
static ALWAYS_INLINE bool resume(struct eddy_task *task)
{
	struct eddy_frame *frame = task->frame;
	int result = frame->code(frame, task);

	return likely(result == EDDY_PENDING) || completed(result, task);
}

#ifdef CONFIG_EDDY_TASK_MONITOR
static void resume_and_account(struct eddy_task *task)
{
	uint32_t start = k_cycle_get_32();

	if (resume(task)) {
		task->cycles += k_cycle_get_32() - start;
	}
}
#else
#define resume_and_account(task) ((void)resume(task))
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
		resume_and_account(eddy_task_of(waiter));
		waiter = next;
	} while (waiter != NULL);
}

/* Take all ready tasks. Lock held. */
static ALWAYS_INLINE struct eddy_waiter *take_batch(struct eddy_executor *executor)
{
	struct eddy_waiter *first = executor->first;

	executor->first = NULL;
	executor->end = &executor->first;
	return first;
}

bool eddy_executor_run_batch(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *batch = take_batch(executor);

	k_spin_unlock(&eddy_lock, key);
	if (batch == NULL) {
		return false;
	}
	run_batch(executor, batch);
	return true;
}

bool eddy_executor_poll(struct eddy_executor *executor)
{
	bool ran;

	if (executor->deadlines != NULL) {
		k_spinlock_key_t key = k_spin_lock(&eddy_lock);

		if (executor->deadlines != NULL) { /* still: the look above was without the lock */
			key = eddy_timeq_check(executor, key);
		}
		k_spin_unlock(&eddy_lock, key);
	}
	ran = eddy_executor_run_batch(executor);
	executor->current = NULL;
	return ran;
}

/* Nothing is ready: sleep until somebody makes a task ready, or a deadline comes. */
static k_spinlock_key_t sleep_until_ready(struct eddy_executor *executor, k_spinlock_key_t key)
{
	k_timeout_t timeout = K_FOREVER;
	uint64_t tick = 0;
	bool timed_out;

	if (executor->deadlines != NULL) {
		tick = eddy_timeq_first(executor);
		if ((int64_t)tick < 0) {
			__builtin_unreachable(); /* spares the clamping in what follows */
		}
		timeout = K_TIMEOUT_ABS_TICKS((int64_t)tick);
	}
	executor->current = NULL;
	executor->sleeping = true;
	k_spin_unlock(&eddy_lock, key);

	timed_out = k_sem_take(&executor->wake, timeout) != 0;

	key = k_spin_lock(&eddy_lock);
	/* Whoever clears `sleeping` gives the semaphore once, be it late: keep count of those. */
	if (!timed_out && executor->sleeping) {
		executor->owed--;
	} else if (timed_out && !executor->sleeping) {
		executor->owed++;
	}
	executor->sleeping = false;
	if (timed_out) {
		key = eddy_timeq_expire(executor, key, tick);
	}
	return key;
}

void eddy_executor_run(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	__ASSERT(!k_is_in_isr(), "executor %p: not in an interrupt", (void *)executor);
	executor->prio = (int8_t)k_thread_priority_get(k_current_get());
	for (;;) {
		struct eddy_waiter *batch;

		if (executor->first == NULL) {
			if (unlikely(executor->stopping)) {
				break;
			}
			key = sleep_until_ready(executor, key);
		} else if (executor->deadlines != NULL) {
			key = eddy_timeq_check(executor, key);
		}
		batch = take_batch(executor);
		k_spin_unlock(&eddy_lock, key);
		if (likely(batch != NULL)) {
			run_batch(executor, batch);
		}
		key = k_spin_lock(&eddy_lock);
	}
	executor->stopping = false;
	executor->current = NULL;
	k_spin_unlock(&eddy_lock, key);
	while (executor->owed != 0U) {
		/* It may not come after we are gone. */
		executor->owed--;
		(void)k_sem_take(&executor->wake, K_FOREVER); /* cannot fail */
	}
}

void eddy_executor_stop(struct eddy_executor *executor)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_executor *notify = executor->sleeping ? executor : NULL;

	executor->stopping = true;
	executor->sleeping = false;
	eddy_unlock(key, notify);
}
