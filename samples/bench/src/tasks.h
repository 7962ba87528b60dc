/* SPDX-License-Identifier: Apache-2.0 */

/** @file The tests as tasks, over eddy's semaphores and channels. */

#ifndef TASKS_H_
#define TASKS_H_

#include "seed.h"

#include <eddy/eddy.h>

/** Perform a prepared test to its end. Runs on tasks_executor. */
struct seed_command {
	struct eddy_frame frame;
	enum seed_test test; /**< in */
	unsigned int count;  /**< in: how many operations each worker performs */
	unsigned int total;  /**< out: operations performed, of all workers together */
	unsigned int answers;
	uint32_t done;
};

async_decl(seed_command);

/** The executor of the workers; one each for "low" and "high" is beside it. */
extern struct eddy_executor tasks_executor;

/** Start the threads of the three executors, once. They are less urgent than the caller. Thread. */
void tasks_start(void);

/** Bring every semaphore into the state that a test starts from. Thread. */
void tasks_prepare(void);

#endif /* TASKS_H_ */
