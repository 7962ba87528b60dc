/* SPDX-License-Identifier: Apache-2.0 */

/** @file The ways to dine. Each returns when all philosophers have left the table. Thread. */

#ifndef WAYS_H_
#define WAYS_H_

/** Threads; a fork is a semaphore of one unit. */
void dine_with_semaphores(void);

/** Threads; a fork is a mutex. */
void dine_with_mutexes(void);

/** Threads; forks are flags under one mutex, and one condition variable says that some are free. */
void dine_with_condvar(void);

/** Threads; forks belong to a waiter, a thread that is asked for them by message. */
void dine_with_server(void);

/** Tasks; a thread runs them all. */
void dine_on_thread(void);

/** The same tasks; a work queue runs them all. */
void dine_on_work_queue(void);

#endif /* WAYS_H_ */
