/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Condition variables: a store for a few values, guarded by a mutex. As many waits end by a signal
 * as signals found somebody waiting.
 */

#include "soak.h"

#define ROOM 3U

static EDDY_MUTEX_DEFINE(mutex);
static EDDY_CONDVAR_DEFINE(not_empty);
static EDDY_CONDVAR_DEFINE(not_full);

static uint32_t store[ROOM];
static uint32_t stored;
static const void *owner;

static uint32_t signaled; /* Waits that signals have ended. */
static uint32_t woken;    /* Waits that were ended by signals. */

static void own(const void *who)
{
	CHECK(&condvar_family, owner == NULL);
	owner = who;
}

static void disown(const void *who)
{
	CHECK(&condvar_family, owner == who);
	owner = NULL;
}

static bool is_possible(bool puts)
{
	return puts ? stored < ROOM : stored > 0U;
}

/* Put or take a value, with the mutex locked. */
static void put_or_take(bool puts)
{
	if (puts) {
		uint32_t value = value_new(&condvar_family);

		store[stored++] = value;
		value_sent(&condvar_family, value, true);
		signaled += (uint32_t)eddy_condvar_signal(&not_empty);
	} else {
		uint32_t value = store[--stored];

		value_received(&condvar_family, value);
		signaled += (uint32_t)eddy_condvar_signal(&not_full);
	}
	count(&condvar_family, 0);
}

static void note_wait(const void *who, int result)
{
	own(who);
	woken += result == 0 ? 1U : 0U;
	CHECK(&condvar_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	count(&condvar_family, result);
}

struct visit {
	struct eddy_frame frame;
	struct eddy_condvar_wait wait;
	bool puts;
	int result;
};

async_fn(visit)
{
	async_begin;
	my->puts = chance(2) == 0U;
	await_into(my->result, eddy_mutex_lock(self, &mutex, some_time()));
	if (my->result != 0) {
		async_return(my->result);
	}
	own(my);
	while (!is_possible(my->puts) && my->result == 0) {
		disown(my);
		await_into(my->result,
			   eddy_condvar_wait(self, &my->wait, my->puts ? &not_full : &not_empty,
					     &mutex, some_time()));
		note_wait(my, my->result);
	}
	if (is_possible(my->puts)) {
		put_or_take(my->puts);
	}
	if (chance(3) == 0U) {
		await(eddy_sleep(self, K_TICKS(chance(3))));
	}
	disown(my);
	CHECK(&condvar_family, eddy_mutex_unlock(self, &mutex) == 0);
	async_return(my->result);
	async_end;
}

PLAY(visit)

static void visit_in_thread(void)
{
	bool puts = chance(2) == 0U;
	int result = eddy_mutex_lock_blocking(&mutex, some_limit());

	if (result != 0) {
		return;
	}
	own(&puts);
	while (!is_possible(puts) && result == 0) {
		disown(&puts);
		result = eddy_condvar_wait_blocking(puts ? &not_full : &not_empty, &mutex,
						    some_limit());
		note_wait(&puts, result);
	}
	if (is_possible(puts)) {
		put_or_take(puts);
	}
	disown(&puts);
	CHECK(&condvar_family, eddy_mutex_unlock_blocking(&mutex) == 0);
}

/* A signal out of the blue, without the mutex. */
static void nudge(void)
{
	struct eddy_condvar *condvar = chance(2) == 0U ? &not_full : &not_empty;

	if (chance(4) == 0U) {
		signaled += (uint32_t)eddy_condvar_broadcast(condvar);
	} else {
		signaled += (uint32_t)eddy_condvar_signal(condvar);
	}
	count(&condvar_family, 0);
}

static void check(void)
{
	CHECK(&condvar_family, signaled == woken);
	CHECK(&condvar_family, owner == NULL && !eddy_mutex_is_locked(&mutex));
	CHECK(&condvar_family, not_empty.waiters.last == NULL && not_full.waiters.last == NULL);
	while (stored > 0U) {
		value_received(&condvar_family, store[--stored]);
	}
}

static struct deed deeds[] = {
	{.name = "visit", .play = play_visit, .thread = visit_in_thread, .weight = 6},
	{.name = "nudge", .now = nudge},
};

struct family condvar_family = FAMILY("condvar", deeds, NULL, check);
