/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What every object of the library is made of: waiting, waking, deadlines.
 *
 * One lock, eddy_lock, guards all of it: run queues, wait queues, deadlines, objects, states of
 * tasks. That keeps a wake, a time-out and a cancellation that meet at one task from ever being out
 * of step, and on one core it costs three instructions. Nothing of the kernel that may switch
 * threads is called while it is held: an executor that has to be notified is so behind it. (lend.c
 * changes priorities of threads under it, with the scheduler locked, which keeps them from
 * switching.)
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

#include <eddy/detect.h>
#include <eddy/executor.h>
#include <eddy/op.h>
#include <eddy/time.h>
#include <eddy/zephyr.h>
#include <zephyr/kernel.h>

#include "trace.h"

/*
 * Copy @size bytes, a constant in the hot paths. In a free-standing build, as Zephyr's is, memcpy()
 * is any function; the builtin becomes a load and a store.
 */
#define eddy_copy(to, from, size) ((void)__builtin_memcpy((to), (from), (size)))

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

static inline bool eddy_waitq_has_several(const struct eddy_waitq *queue)
{
	return queue->last != NULL && queue->last->next != queue->last;
}

/* Unlink the first waiter of a queue that is not empty. */
static ALWAYS_INLINE struct eddy_waiter *eddy_waitq_unlink_first(struct eddy_waitq *queue)
{
	struct eddy_waiter *last = queue->last;
	struct eddy_waiter *first = last->next;

	if (likely(first == last)) {
		queue->last = NULL;
	} else {
		struct eddy_waiter *second = first->next;

		last->next = second;
		second->prev = eddy_waitq_mark(queue);
	}
	return first;
}

/*
 * Move all waiters of a queue to an empty one, on the stack of whoever serves them one by one: who
 * comes meanwhile is not among them. There they can still time out or be canceled. Lock held.
 */
static inline void eddy_waitq_move(struct eddy_waitq *to, struct eddy_waitq *from)
{
	*to = *from;
	from->last = NULL;
	if (!eddy_waitq_is_empty(to)) {
		to->last->next->prev = eddy_waitq_mark(to);
	}
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
 * Wake the executor's tasks whose deadlines are not behind @now; there is one. Called by the
 * executor, lock held; lets interrupts in between, and returns the new key.
 */
k_spinlock_key_t eddy_timeq_expire(struct eddy_executor *executor, k_spinlock_key_t key,
				   uint64_t now);

/* The same, if there are any at all. */
static ALWAYS_INLINE k_spinlock_key_t eddy_timeq_expire_any(struct eddy_executor *executor,
							    k_spinlock_key_t key, uint64_t now)
{
	if (executor->deadlines != NULL && eddy_timeq_first(executor) <= now) {
		return eddy_timeq_expire(executor, key, now);
	}
	return key;
}

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
 * Data that others access while a task waits must not lie on the stack that the task has just left.
 * Caught in debug builds: every frame below the executor's own is gone by then.
 */
#if __ASSERT_ON
void eddy_assert_survives(const struct eddy_task *self, const void *data);

/* The frame, innermost or one of its callers, in which @guest lies; NULL: none. */
struct eddy_frame *eddy_host_of(struct eddy_task *self, const void *guest);
#else
#define eddy_assert_survives(self, data) ((void)(self), (void)(data))
#endif

/* Whether a waiter is an arm of a select: the only ones that are not active. */
static inline bool eddy_is_arm(const struct eddy_waiter *waiter)
{
	return (waiter->state & (EDDY_TASK_ACTIVE | EDDY_TASK_SELECTS)) == EDDY_TASK_SELECTS;
}

/* State of a task that waits in a queue, with nothing unusual about it. */
#define EDDY_TASK_PLAIN_WAIT (EDDY_TASK_ACTIVE | EDDY_TASK_WAITING | EDDY_TASK_QUEUED)

/*
 * What eddy_take() does about @first, just unlinked from @queue, which is no plain waiter. An arm
 * of a select whose operation serves_one may go back there: the queue is its object's own then.
 */
struct eddy_waiter *eddy_take_slow(struct eddy_waitq *queue, struct eddy_waiter *first);

/*
 * Take whoever is to be served first out of a queue, or NULL if nobody waits. It is a task's own
 * node, also where an arm of its select waited; its data is the operation's. The caller serves it
 * and passes it to eddy_wake(), all with the lock held.
 */
static ALWAYS_INLINE struct eddy_waiter *eddy_take(struct eddy_waitq *queue)
{
	struct eddy_waiter *first;

	if (eddy_waitq_is_empty(queue)) {
		return NULL;
	}
	first = eddy_waitq_unlink_first(queue);
	if (unlikely(first->state != EDDY_TASK_PLAIN_WAIT)) {
		return eddy_take_slow(queue, first);
	}
	first->state = EDDY_TASK_ACTIVE;
	return first;
}

/*
 * The same in two steps, for those who leave what is unusual to a function that they call last: is
 * the first waiter of a queue that is not empty a plain one? If so, take it.
 */
static ALWAYS_INLINE bool eddy_first_is_plain(const struct eddy_waitq *queue)
{
	return queue->last->next->state == EDDY_TASK_PLAIN_WAIT;
}

static ALWAYS_INLINE struct eddy_waiter *eddy_take_plain(struct eddy_waitq *queue)
{
	struct eddy_waiter *first = eddy_waitq_unlink_first(queue);

	first->state = EDDY_TASK_ACTIVE;
	return first;
}

/* If it is not. */
static ALWAYS_INLINE struct eddy_waiter *eddy_take_unusual(struct eddy_waitq *queue)
{
	return eddy_take_slow(queue, eddy_waitq_unlink_first(queue));
}

/*
 * The same for a waiter anywhere in @queue. Returns NULL for an arm of a select that does not wait
 * at the time; it is out of the queue then too.
 */
struct eddy_waiter *eddy_take_this(struct eddy_waiter *waiter);

/* The waiter behind @waiter in a queue, or NULL; and the first, or NULL. Arms included. */
static inline struct eddy_waiter *eddy_waitq_first(const struct eddy_waitq *queue)
{
	return eddy_waitq_is_empty(queue) ? NULL : queue->last->next;
}

static inline struct eddy_waiter *eddy_waitq_after(const struct eddy_waitq *queue,
						   const struct eddy_waiter *waiter)
{
	return waiter == queue->last ? NULL : waiter->next;
}

/*
 * Whether anyone waits who can be served now. An arm of a select that does not wait at the time
 * leaves the queue, if it is the first.
 */
bool eddy_is_awaited(struct eddy_waitq *queue);

/*
 * Make a task ready that eddy_take() has returned; its await yields @result. Returns the executor
 * to be notified once the lock is released, or NULL.
 */
static ALWAYS_INLINE struct eddy_executor *eddy_wake(struct eddy_waiter *waiter, int result)
{
	struct eddy_executor *executor = waiter->executor;

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
		executor->notify(executor); /* may switch threads */
	}
}

/* Notify an executor. Returns 0: a last call that needs no stack. */
int eddy_notify(struct eddy_executor *executor);

/* As eddy_unlock(), for operations that end there, with result 0. */
static ALWAYS_INLINE int eddy_unlock_done(k_spinlock_key_t key, struct eddy_executor *executor)
{
	k_spin_unlock(&eddy_lock, key);
	return likely(executor == NULL) ? 0 : eddy_notify(executor);
}

/* Wake all waiters of a queue with @result, release the lock, notify their executors. */
void eddy_wake_all(struct eddy_waitq *queue, int result, k_spinlock_key_t key);

/*
 * Wake a task that waits, without having served it: it was canceled. Takes it out of whatever it
 * waits in.
 */
struct eddy_executor *eddy_wake_unserved(struct eddy_task *task, int result);

/* As eddy_spawn_owned(), with the lock held, which it releases. */
int eddy_spawn_locked(struct eddy_executor *executor, struct eddy_task *task,
		      struct eddy_owner *owner, k_spinlock_key_t key);

/* Cancel a task that is active. Returns as eddy_wake() does. */
struct eddy_executor *eddy_cancel_locked(struct eddy_task *task);

/*
 * Have @self wait in @queue until it is served there, and release the lock. @data is for the waker.
 * Returns what the await returns: EDDY_PENDING, or at once -EAGAIN (K_NO_WAIT).
 */
int eddy_wait(struct eddy_waitq *queue, struct eddy_task *self, void *data, k_spinlock_key_t key);

static ALWAYS_INLINE struct eddy_waitq *eddy_op_queue(const struct eddy_op *op, void *object)
{
	return (struct eddy_waitq *)(void *)((char *)object + op->queue);
}

/* Wait in a queue that is empty, for a task with nothing unusual about it, without limit. */
static ALWAYS_INLINE int eddy_wait_alone(struct eddy_waitq *queue, struct eddy_waiter *waiter,
					 void *data, k_spinlock_key_t key)
{
	waiter->data = data;
	waiter->state = EDDY_TASK_PLAIN_WAIT;
	waiter->next = waiter;
	waiter->prev = eddy_waitq_mark(queue);
	queue->last = waiter;
	k_spin_unlock(&eddy_lock, key);
	return EDDY_PENDING;
}

/*
 * Await an operation, for those that are worth a copy of this code. Without @limited the wait has
 * no limit. What is unusual is left to functions that are called last, so that the usual needs no
 * stack.
 */
static ALWAYS_INLINE int eddy_await_inline(struct eddy_task *self, const struct eddy_op *op,
					   void *object, void *data, bool limited)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waitq *queue = eddy_op_queue(op, object);
	struct eddy_waiter *waiter = &self->waiter;
	int result;

	eddy_detect_await(self);
	if (unlikely(waiter->state != EDDY_TASK_ACTIVE)) {
		k_spin_unlock(&eddy_lock, key);
		if (!limited) {
			eddy_limit(self, K_FOREVER);
		}
		return eddy_await_limited(self, op, object, data);
	}
	result = op->attempt(object, data, key);
	if (result != EDDY_PENDING) {
		return result;
	}
	if (op->data_is_pointer) {
		eddy_assert_survives(self, data);
	}
	if (limited) {
		return eddy_wait(queue, self, data, key);
	}
	if (!eddy_waitq_is_empty(queue)) {
		eddy_limit(self, K_FOREVER);
		return eddy_wait(queue, self, data, key);
	}
	return eddy_wait_alone(queue, waiter, data, key);
}

/* Try an operation. Lock held; releases it. */
int eddy_try_locked(const struct eddy_op *op, void *object, void *data, k_spinlock_key_t key);

/* Where a task waits whose innermost frame is @frame; NULL: none. */
static inline void *eddy_frame_where(const struct eddy_frame *frame)
{
	if (frame == NULL) {
		return NULL;
	}
	return frame->pc != NULL ? frame->pc : (void *)(uintptr_t)frame->code;
}

/* Whether a task was canceled and not shielded. Lock held. */
static ALWAYS_INLINE bool eddy_is_canceled(const struct eddy_task *self)
{
	return unlikely((self->waiter.state & EDDY_TASK_CANCELED) != 0U);
}

/*
 * A task's owner stands where its joiners would, marked by the lowest bit. Such a frame is the
 * task's outermost one.
 */
static inline struct eddy_waiter *eddy_owner_mark(struct eddy_owner *owner)
{
	return (struct eddy_waiter *)((uintptr_t)owner | 1U);
}

static inline uintptr_t eddy_owner_bits(const struct eddy_task *task)
{
	return (uintptr_t)eddy_task_root((struct eddy_task *)(uintptr_t)task)->joiners.last;
}

static inline bool eddy_is_owned(const struct eddy_task *task)
{
	return (eddy_owner_bits(task) & 1U) != 0U;
}

static inline struct eddy_owner *eddy_owner_of(const struct eddy_task *task)
{
	return (struct eddy_owner *)(eddy_owner_bits(task) & ~(uintptr_t)1U);
}

/* An arm of a select, unlinked: the task that waits in it, or NULL if none does at the time. */
struct eddy_waiter *eddy_select_take(struct eddy_waiter *arm);

/* States of an arm in a queue, and of a task that waits in a select, with nothing unusual. */
#define EDDY_ARM_QUEUED        (EDDY_TASK_SELECTS | EDDY_TASK_QUEUED)
#define EDDY_TASK_PLAIN_SELECT (EDDY_TASK_ACTIVE | EDDY_TASK_WAITING | EDDY_TASK_SELECTS)

/* Whether a task waits in the arm's select. */
bool eddy_select_is_waiting(const struct eddy_waiter *arm);

#ifdef CONFIG_MULTITHREADING
/* A thread that blocks, as those see it who serve it. It lies on the thread's stack. */
struct eddy_blocker {
	struct eddy_executor executor;
	struct eddy_task task;
};

/* Have the calling thread wait in @queue. Lock held. eddy_blocker_sleep() comes next. */
void eddy_blocker_queue(struct eddy_blocker *blocker, struct eddy_waitq *queue, void *data);

/*
 * Sleep until served. Returns the waker's result, or -EAGAIN; whoever serves it in two steps marks
 * it EDDY_TASK_SHIELDED in between: no time-out from then on. Lock not held.
 */
int eddy_blocker_sleep(struct eddy_blocker *blocker, k_timeout_t timeout);
#endif

/* Set up what all kinds of executors share. */
void eddy_executor_setup(struct eddy_executor *executor, const char *name, int8_t prio,
			 void (*notify)(struct eddy_executor *executor));

/*
 * Run each task that is ready now once; deadlines are the caller's concern. Returns if there was
 * any.
 */
bool eddy_executor_run_batch(struct eddy_executor *executor);

/* Whether nothing is ready. Lock held, the executor calls it. */
static ALWAYS_INLINE bool eddy_runq_is_empty(const struct eddy_executor *executor)
{
	return executor->first == NULL && executor->again == NULL;
}

/* Take the tasks that yielded, if there are any; without the lock. The executor calls it. */
static ALWAYS_INLINE struct eddy_waiter *eddy_take_again(struct eddy_executor *executor)
{
	struct eddy_waiter *first = executor->again;

	executor->again = NULL;
	executor->again_end = &executor->again;
	return first;
}

/*
 * Take all ready tasks: those that were woken, then those that yielded; by rank, only the most
 * urgent. Lock held.
 */
static ALWAYS_INLINE struct eddy_waiter *eddy_take_batch(struct eddy_executor *executor)
{
	if (unlikely(executor->again != NULL)) {
		*executor->end = eddy_take_again(executor);
	}
	return eddy_runq_take(executor);
}

/* See <eddy/detect.h>: may the calling thread block? An executor is set up. */
#ifdef CONFIG_EDDY_DETECT
void eddy_detect_block(void);
void eddy_detect_setup(struct eddy_executor *executor);
#else
#define eddy_detect_block()         ((void)0)
#define eddy_detect_setup(executor) ((void)(executor))
#endif

/* The list of active tasks, for <eddy/monitor.h>. Lock held. */
#ifdef CONFIG_EDDY_TASK_MONITOR
struct eddy_task *eddy_monitor_first(void);
void eddy_monitor_add(struct eddy_task *task);
void eddy_monitor_remove(struct eddy_task *task);

/* The executor has run a task for so long; NULL: one that has ended. Lock not held. */
void eddy_monitor_account(struct eddy_executor *executor, struct eddy_task *task, uint32_t cycles);
#else
#define eddy_monitor_add(task)    ((void)(task))
#define eddy_monitor_remove(task) ((void)(task))
#define eddy_monitor_account(executor, task, cycles)                                               \
	((void)(executor), (void)(task), (void)(cycles))
#endif

#endif /* ASYNC_CORE_H_ */
