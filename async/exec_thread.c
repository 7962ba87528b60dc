/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Thread executor: runs tasks on a thread of the user's and sleeps in the kernel, so that threads
 * of lower priority and the idle thread run.
 *
 * Its earliest deadline is the time-out of the very k_sem_take() that it sleeps in. A give that was
 * under way for a sleep that timed out in the same instant is counted as owed.
 */

#include "exec.h"
#include "thread.h"

static void notify(struct eddy_executor *executor)
{
	k_sem_give(&executor->wake); /* may switch threads */
}

void eddy_executor_init(struct eddy_executor *executor, const char *name)
{
	eddy_executor_setup(executor, name, eddy_thread_prio(), notify);
	executor->thread = k_current_get(); /* which may poll it; eddy_executor_run() says anew */
	(void)k_sem_init(&executor->wake, 0, K_SEM_MAX_LIMIT); /* cannot fail */
}

/*
 * Nothing is ready: sleep until somebody makes a task ready, or a deadline comes; *@expired tells
 * that one did, and that due ones have been dealt with. Inline, as it is on the way of each wake.
 */
static ALWAYS_INLINE k_spinlock_key_t sleep_until_ready(struct eddy_executor *executor,
							k_spinlock_key_t key, bool *expired)
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

	eddy_trace(EDDY_TRACE_EXECUTOR_SLEEPS, executor, NULL);
	timed_out = k_sem_take(&executor->wake, timeout) != 0;
	eddy_trace(EDDY_TRACE_EXECUTOR_WAKES, executor, NULL);

	key = k_spin_lock(&eddy_lock);
	/* Whoever clears `sleeping` gives the semaphore once, be it late: keep count of those. */
	if (!timed_out && executor->sleeping) {
		executor->owed--;
	} else if (timed_out && !executor->sleeping) {
		executor->owed++;
	}
	executor->sleeping = false;
	*expired = timed_out;
	if (timed_out) {
		key = eddy_timeq_expire_any(executor, key, tick);
	}
	return key;
}

/*
 * Find something to run, whatever that takes, and release the lock. NULL: the executor is to stop,
 * and nothing is ready.
 */
static __noinline struct eddy_waiter *find_batch(struct eddy_executor *executor,
						 k_spinlock_key_t key)
{
	struct eddy_waiter *batch;

	do {
		if (!eddy_runq_is_empty(executor)) {
			if (executor->deadlines != NULL) {
				key = eddy_timeq_check(executor, key);
			}
		} else if (executor->stopping) {
			break;
		} else {
			bool expired;

			key = sleep_until_ready(executor, key, &expired);
		}
	} while (eddy_runq_is_empty(executor));
	batch = eddy_take_batch(executor);
	k_spin_unlock(&eddy_lock, key);
	return batch;
}

/* Whether @executor has no deadlines and nobody was woken; both looked at without the lock. */
static ALWAYS_INLINE bool is_undisturbed(const struct eddy_executor *executor)
{
	return *(struct eddy_waiter *const volatile *)&executor->first == NULL &&
	       executor->deadlines == NULL;
}

/* Take the tasks that were woken, and release the lock. */
static ALWAYS_INLINE struct eddy_waiter *take_woken(struct eddy_executor *executor,
						    k_spinlock_key_t key)
{
	struct eddy_waiter *batch = eddy_runq_take(executor);

	k_spin_unlock(&eddy_lock, key);
	return batch;
}

/* The usual cases, tasks that were woken and tasks that yielded, without a call. */
static ALWAYS_INLINE struct eddy_waiter *next_batch(struct eddy_executor *executor)
{
	k_spinlock_key_t key;

	if (likely(executor->again == NULL)) {
		struct eddy_waiter *batch;

		key = k_spin_lock(&eddy_lock);
		batch = executor->first;
		if (unlikely(batch == NULL) && !executor->stopping) {
			bool expired;

			key = sleep_until_ready(executor, key, &expired);
			batch = executor->first;
			if (likely(batch != NULL) && expired) {
				return take_woken(executor, key);
			}
		}
		if (likely(batch != NULL && executor->deadlines == NULL)) {
			return take_woken(executor, key);
		}
	} else if (likely(is_undisturbed(executor))) {
		return eddy_take_again(executor);
	} else {
		key = k_spin_lock(&eddy_lock);
	}
	return find_batch(executor, key);
}

void eddy_executor_run(struct eddy_executor *executor)
{
	struct eddy_waiter *batch;

	__ASSERT(!k_is_in_isr(), "executor %p: not in an interrupt", (void *)executor);
	eddy_thread_enter(executor);
	while (likely((batch = next_batch(executor)) != NULL)) {
		eddy_run_batch(executor, batch);
	}
	executor->stopping = false;
	executor->current = NULL;
	while (executor->owed != 0U) {
		/* It may not come after we are gone. */
		executor->owed--;
		(void)k_sem_take(&executor->wake, K_FOREVER); /* cannot fail */
	}
}
