/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What every object of the library is made of: waiting, waking, deadlines.
 *
 * One lock, eddy_lock, guards all of it: run queues, wait queues, deadlines, objects, states of
 * tasks. That keeps a wake, a time-out and a cancellation that meet at one task from ever being out
 * of step, and on one core it costs three instructions. Nothing of the kernel that may switch
 * threads is called while it is held: an executor that has to be notified is so behind it.
 *
 * Contexts that touch it: tasks and their executors, in the threads that run them; other threads
 * (blocking faces); interrupts (try faces, wakes, spawns, cancellations).
 *
 * Invariants: a waiter is in at most one of: a run queue; a wait queue (EDDY_TASK_QUEUED).
 *             EDDY_TASK_WAITING is set exactly while neither running nor in a run queue.
 *             Whoever clears EDDY_TASK_WAITING also pushes the task, so it is resumed exactly once.
 */

#ifndef ASYNC_CORE_H_
#define ASYNC_CORE_H_

#include <eddy/eddy.h>
#include <zephyr/kernel.h>

/*
 * Wait queue: by priority, then by arrival, in one word.
 *
 * The queue points at its last waiter, whose next is the first; the first's prev leads back to the
 * queue, marked by its lowest bit. So any waiter can be removed without knowing its queue, in O(1).
 */

/* Add a waiter. Walks past those of lower priority only. */
void eddy_waitq_add(struct eddy_waitq *queue, struct eddy_waiter *waiter);

/* Remove a waiter from whatever queue it is in. */
void eddy_waitq_remove(struct eddy_waiter *waiter);

/* Whether the links are sound. For assertions and tests; O(waiters). */
bool eddy_waitq_is_valid(const struct eddy_waitq *queue);

static inline struct eddy_waiter *eddy_waitq_mark(struct eddy_waitq *queue)
{
	return (struct eddy_waiter *)((uintptr_t)queue | 1U);
}

static inline bool eddy_waitq_is_empty(const struct eddy_waitq *queue)
{
	return queue->last == NULL;
}

/* Remove and return the first waiter of a queue that is not empty. */
static inline struct eddy_waiter *eddy_waitq_take_first(struct eddy_waitq *queue)
{
	struct eddy_waiter *last = queue->last;
	struct eddy_waiter *first = last->next;

	if (first == last) {
		queue->last = NULL;
	} else {
		struct eddy_waiter *second = first->next;

		last->next = second;
		second->prev = eddy_waitq_mark(queue);
	}
	return first;
}

/* Deadlines: timeq.c. */

static ALWAYS_INLINE uint64_t eddy_deadline_tick(const struct eddy_deadline *node)
{
	return ((uint64_t)node->tick[1] << 32) | node->tick[0];
}

/* The limit of the wait that @task is about to begin; see eddy_limit(). */
static ALWAYS_INLINE int64_t eddy_limit_ticks(const struct eddy_task *task)
{
	return (int64_t)eddy_deadline_tick(&task->deadline);
}

static ALWAYS_INLINE bool eddy_is_unlimited(const struct eddy_task *task)
{
	return (task->deadline.tick[0] & task->deadline.tick[1]) == UINT32_MAX;
}

/* Queue @task's limit, which is neither K_NO_WAIT nor K_FOREVER, as a deadline of its executor. */
void eddy_timeq_add(struct eddy_task *task);

/* Remove @task's deadline, which is queued. */
void eddy_timeq_remove(struct eddy_task *task);

/* Uptime, in ticks, of the executor's earliest deadline. It has one. */
static ALWAYS_INLINE uint64_t eddy_timeq_first(const struct eddy_executor *executor)
{
	return eddy_deadline_tick(executor->deadlines);
}

/*
 * Wake the executor's tasks whose deadlines are not behind @now. Called by the executor, lock held;
 * lets interrupts in between, and returns the new key.
 */
k_spinlock_key_t eddy_timeq_expire(struct eddy_executor *executor, k_spinlock_key_t key,
				   uint64_t now);

/* The same for the present time. The executor has deadlines. */
static ALWAYS_INLINE k_spinlock_key_t eddy_timeq_check(struct eddy_executor *executor,
						       k_spinlock_key_t key)
{
	uint64_t now = (uint64_t)k_uptime_ticks();

	return eddy_timeq_first(executor) <= now ? eddy_timeq_expire(executor, key, now) : key;
}

static inline struct eddy_task *eddy_task_of(struct eddy_waiter *waiter)
{
	return CONTAINER_OF(waiter, struct eddy_task, waiter);
}

/*
 * Wake a task that is in no wait queue any more; its await yields @result. Returns the executor to
 * be notified once the lock is released, or NULL.
 */
static ALWAYS_INLINE struct eddy_executor *eddy_wake(struct eddy_waiter *waiter, int result)
{
	struct eddy_executor *executor = waiter->executor;

	if (eddy_task_of(waiter)->deadline.link != NULL) {
		eddy_timeq_remove(eddy_task_of(waiter));
	}
	waiter->state &= (uint8_t) ~(EDDY_TASK_WAITING | EDDY_TASK_QUEUED);
	waiter->result = result;
	eddy_runq_push(executor, waiter);
	if (executor->sleeping) {
		executor->sleeping = false;
		return executor;
	}
	return NULL;
}

/* Release the lock and notify an executor that eddy_wake() returned. */
static ALWAYS_INLINE void eddy_unlock(k_spinlock_key_t key, struct eddy_executor *executor)
{
	k_spin_unlock(&eddy_lock, key);
	if (executor != NULL) {
		k_sem_give(&executor->wake); /* may switch threads */
	}
}

/* Wake all waiters of a queue with @result, release the lock, notify their executors. */
void eddy_wake_all(struct eddy_waitq *queue, int result, k_spinlock_key_t key);

/* Whether a task was canceled: then no await does anything. Asked first, by every one of them. */
static ALWAYS_INLINE bool eddy_is_canceled(const struct eddy_task *self)
{
	return unlikely((self->waiter.state & EDDY_TASK_CANCELED) != 0U);
}

/* What eddy_wait() does if anything is unusual: limits, others that wait, a check to be made. */
int eddy_wait_slow(struct eddy_waitq *queue, struct eddy_task *self, void *data,
		   k_spinlock_key_t key);

/*
 * Have @self, which is not canceled, wait in @queue, and release the lock. @data is for the waker.
 * Returns what the await returns: EDDY_PENDING, or at once -EAGAIN (K_NO_WAIT).
 */
static ALWAYS_INLINE int eddy_wait(struct eddy_waitq *queue, struct eddy_task *self, void *data,
				   k_spinlock_key_t key)
{
	struct eddy_waiter *waiter = &self->waiter;

	if (likely(eddy_waitq_is_empty(queue) && eddy_is_unlimited(self) &&
		   !IS_ENABLED(CONFIG_ASSERT))) {
		waiter->data = data;
		waiter->state = EDDY_TASK_ACTIVE | EDDY_TASK_WAITING | EDDY_TASK_QUEUED;
		waiter->next = waiter;
		waiter->prev = eddy_waitq_mark(queue);
		queue->last = waiter;
		k_spin_unlock(&eddy_lock, key);
		return EDDY_PENDING;
	}
	return eddy_wait_slow(queue, self, data, key);
}

/* The same for the calling thread. Returns when it is over: the waker's result, or -EAGAIN. */
int eddy_wait_blocking(struct eddy_waitq *queue, void *data, k_timeout_t timeout,
		       k_spinlock_key_t key);

/*
 * Run each task that is ready now once; deadlines are the caller's concern. Returns if there was
 * any.
 */
bool eddy_executor_run_batch(struct eddy_executor *executor);

/* The list of active tasks, for eddy_task_iterate(). Lock held. */
#ifdef CONFIG_EDDY_TASK_MONITOR
void eddy_monitor_add(struct eddy_task *task);
void eddy_monitor_remove(struct eddy_task *task);
#else
#define eddy_monitor_add(task)    ((void)(task))
#define eddy_monitor_remove(task) ((void)(task))
#endif

/*
 * Data that others access while a task waits must not lie on the stack that the task has just left.
 * Caught in debug builds: every frame below the executor's own is gone by then.
 */
#if __ASSERT_ON
void eddy_assert_survives(const struct eddy_task *self, const void *data);
#else
#define eddy_assert_survives(self, data) ((void)(self), (void)(data))
#endif

#endif /* ASYNC_CORE_H_ */
