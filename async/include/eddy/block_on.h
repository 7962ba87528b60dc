/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Async functions called by threads.
 */

#ifndef EDDY_BLOCK_ON_H_
#define EDDY_BLOCK_ON_H_

#include <eddy/executor.h>

/**
 * @brief Run a task on the calling thread until it ends; the thread is its executor so long.
 *
 * For async functions that leave more than a result: EDDY_TASK_INIT() it, run it, look into its
 * frame.
 *
 * @param task  Task that is set up and not active. While it runs others may cancel it.
 *
 * @return What its function returned.
 *
 * @par Context
 * Thread; not in a task. Tasks that it spawns on its own executor, children for example, must have
 * ended before it ends.
 */
int eddy_block_on_task(struct eddy_task *task);

/**
 * @brief Run an async function from a thread until it ends: `rc = eddy_block_on(connect, .to = a)`.
 *
 * The task, its frame and an executor lie on the thread's stack.
 *
 * @param fn   Async function.
 * @param ...  Initializers of its frame; all else in it becomes 0.
 *
 * @return What it returned.
 *
 * @par Context
 * Thread; as eddy_block_on_task().
 */
#define eddy_block_on(fn, ...)                                                                     \
	({                                                                                         \
		EDDY_TASK_STORAGE(fn) eddy_blocking_;                                              \
		EDDY_TASK_INIT(&eddy_blocking_, fn, ##__VA_ARGS__);                                \
		eddy_block_on_task(&eddy_blocking_.task);                                          \
	})

#endif /* EDDY_BLOCK_ON_H_ */
