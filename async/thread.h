/* SPDX-License-Identifier: Apache-2.0 */

/* What executors want to know of the thread that runs them, if there are threads. */

#ifndef ASYNC_THREAD_H_
#define ASYNC_THREAD_H_

#include <eddy/executor.h>

#ifdef CONFIG_MULTITHREADING

/* The calling thread; NULL: none, it is an interrupt. */
static inline const void *eddy_thread_here(void)
{
	return k_is_in_isr() ? NULL : k_current_get();
}

static inline int8_t eddy_thread_prio(void)
{
	return (int8_t)k_thread_priority_get(k_current_get());
}

/* The calling thread begins to run @executor. */
static inline void eddy_thread_enter(struct eddy_executor *executor)
{
	executor->thread = k_current_get();
	executor->prio = eddy_thread_prio();
}

/*
 * Whoever wakes several waiters releases the lock in between. Lest the first that is woken run on
 * while the others, as urgent perhaps, are still to be woken, threads lock the scheduler meanwhile:
 * before they wake the first. Returns whether eddy_sched_unlock() has to follow, once eddy_lock is
 * released for good. Any context.
 */
static inline bool eddy_sched_lock(void)
{
	if (k_is_in_isr()) {
		return false; /* no thread runs before it returns */
	}
	k_sched_lock();
	return true;
}

static inline void eddy_sched_unlock(bool is_locked)
{
	if (is_locked) {
		k_sched_unlock(); /* may switch threads */
	}
}

#else

static inline bool eddy_sched_lock(void)
{
	return false;
}

static inline void eddy_sched_unlock(bool is_locked)
{
	ARG_UNUSED(is_locked);
}

static inline const void *eddy_thread_here(void)
{
	return NULL;
}

static inline int8_t eddy_thread_prio(void)
{
	return 0;
}

static inline void eddy_thread_enter(struct eddy_executor *executor)
{
	ARG_UNUSED(executor);
}

#endif

#endif /* ASYNC_THREAD_H_ */
