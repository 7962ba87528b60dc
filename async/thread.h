/* SPDX-License-Identifier: Apache-2.0 */

/* What executors want to know of the thread that runs them, if there are threads. */

#ifndef ASYNC_THREAD_H_
#define ASYNC_THREAD_H_

#include <eddy/executor.h>

#ifdef CONFIG_MULTITHREADING

/* Name of the executors of eddy_block_on(). */
extern const char eddy_block_on_name[];

/* The calling thread; NULL: none, it is an interrupt. */
static inline const void *eddy_thread_here(void)
{
	return k_is_in_isr() ? NULL : k_current_get();
}

static inline int8_t eddy_thread_prio(void)
{
	return (int8_t)k_thread_priority_get(k_current_get());
}

/* The thread that runs @executor, or NULL. */
static inline const void *eddy_thread_of(const struct eddy_executor *executor)
{
	return executor->thread;
}

/* A thread that has no name gets that of its executor, unless it is its own for one call only. */
static inline void eddy_thread_name(const struct eddy_executor *executor)
{
	if (k_thread_name_get(executor->thread)[0] == '\0' && executor->name != NULL &&
	    executor->name != eddy_block_on_name) {
		(void)k_thread_name_set(executor->thread, executor->name); /* cut, if too long */
	}
}

/* The calling thread begins to run @executor. */
static inline void eddy_thread_enter(struct eddy_executor *executor)
{
	executor->thread = k_current_get();
	executor->prio = eddy_thread_prio();
	if (IS_ENABLED(CONFIG_THREAD_NAME)) {
		eddy_thread_name(executor);
	}
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

static inline const void *eddy_thread_of(const struct eddy_executor *executor)
{
	ARG_UNUSED(executor);
	return NULL;
}

static inline void eddy_thread_enter(struct eddy_executor *executor)
{
	ARG_UNUSED(executor);
}

#endif

#endif /* ASYNC_THREAD_H_ */
