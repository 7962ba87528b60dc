/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks and threads that lock the mutex. */

#include "locker.h"

struct eddy_mutex mutex;
__typeof__(lockers) lockers; /* the type has no name */

static char capital(char letter)
{
	return (char)(letter - 'a' + 'A');
}

async_fn(locker)
{
	int result;

	async_begin;
	await_into(result, eddy_mutex_lock(self, &mutex, my->timeout));
	if (result != 0) {
		async_return(result);
	}
	record(my->letter);
	for (; my->turns > 0; my->turns--) {
		await(eddy_yield(self));
	}
	record(capital(my->letter));
	zassert_equal(eddy_mutex_unlock(self, &mutex), 0);
	async_end;
}

void start_locker(int index, struct eddy_executor *where, k_timeout_t timeout, int turns)
{
	EDDY_TASK_INIT(&lockers[index], locker, .letter = (char)('a' + index), .timeout = timeout,
		       .turns = turns);
	zassert_equal(eddy_spawn(where, &lockers[index].task), 0);
}

void lock_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_locker *my = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	my->result = UNSET;
	my->result = eddy_mutex_lock_blocking(&mutex, my->timeout);
	if (my->result == 0) {
		record(my->letter);
		record(capital(my->letter));
		zassert_equal(eddy_mutex_unlock_blocking(&mutex), 0);
	}
}

void locker_before(void *fixture)
{
	async_before(fixture);
	eddy_mutex_init(&mutex);
}
