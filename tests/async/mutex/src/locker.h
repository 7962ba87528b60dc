/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks and threads that lock the mutex. */

#ifndef TESTS_ASYNC_MUTEX_LOCKER_H_
#define TESTS_ASYNC_MUTEX_LOCKER_H_

#include "async_test.h"

extern struct eddy_mutex mutex;

/* Locks; records its letter; yields a number of times; unlocks and records the capital. */
struct locker {
	struct eddy_frame frame;
	char letter;
	k_timeout_t timeout;
	int turns;
};

async_decl(locker);

/* Four of them, 'a' to 'd', not active; and spawning one on an executor. */
extern EDDY_TASK_STORAGE(locker) lockers[4];

void start_locker(int index, struct eddy_executor *where, k_timeout_t timeout, int turns);

/* The same as a thread, without turns. */
struct thread_locker {
	char letter;
	k_timeout_t timeout;
	int result; /* of the lock; UNSET until then */
};

void lock_in_thread(void *thread_locker, void *p2, void *p3);

/* For ZTEST_SUITE(). */
void locker_before(void *fixture);

#endif /* TESTS_ASYNC_MUTEX_LOCKER_H_ */
