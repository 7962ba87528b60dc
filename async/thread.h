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

#else

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
