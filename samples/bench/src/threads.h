/* SPDX-License-Identifier: Apache-2.0 */

/** @file The tests as threads, over the kernel's semaphores and message queues. */

#ifndef THREADS_H_
#define THREADS_H_

#include "seed.h"

/** The caller of threads_run() is more urgent than any of its threads. */
#define THREADS_CALLER_PRIORITY 3

/** Start the eight threads, once. They wait for commands. Thread. */
void threads_start(void);

/** Bring semaphores and the giver's priority into the state that a test starts from. Thread. */
void threads_prepare(enum seed_test test);

/**
 * @brief Perform a prepared test to its end.
 *
 * @param count  How many operations each worker performs.
 *
 * @return Operations performed, of all workers together.
 *
 * @par Context
 * Thread of priority THREADS_CALLER_PRIORITY.
 */
unsigned int threads_run(enum seed_test test, unsigned int count);

#endif /* THREADS_H_ */
