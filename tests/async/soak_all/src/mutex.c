/* SPDX-License-Identifier: Apache-2.0 */

/* Mutexes: one owner at a time, alone or one inside another. */

#include "soak.h"

#define MUTEXES 3U

static struct {
	struct eddy_mutex mutex;
	const void *owner;
} mutexes[MUTEXES];

struct lock {
	uint32_t index;
};

static bool lock_begin(void *room)
{
	struct lock *my = room;

	my->index = chance(MUTEXES);
	return true;
}

static int lock_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_mutex_lock(self, &mutexes[my->index].mutex, timeout);
}

static int lock_block(void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_mutex_lock_blocking(&mutexes[my->index].mutex, timeout);
}

static void own(uint32_t index, const void *owner)
{
	CHECK(&mutex_family, mutexes[index].owner == NULL);
	CHECK(&mutex_family, eddy_mutex_is_locked(&mutexes[index].mutex));
	mutexes[index].owner = owner;
}

static void disown(uint32_t index, const void *owner)
{
	CHECK(&mutex_family, mutexes[index].owner == owner);
	mutexes[index].owner = NULL;
}

static bool lock_end(void *room, int result)
{
	struct lock *my = room;

	CHECK(&mutex_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result == 0) {
		own(my->index, my);
	}
	return result == 0;
}

static void unlock(struct eddy_task *self, uint32_t index)
{
	struct eddy_mutex *mutex = &mutexes[index].mutex;
	int result =
		self != NULL ? eddy_mutex_unlock(self, mutex) : eddy_mutex_unlock_blocking(mutex);

	CHECK(&mutex_family, result == 0);
	count(&mutex_family, result);
}

static void lock_give_back(void *room, struct eddy_task *self)
{
	struct lock *my = room;

	disown(my->index, my);
	unlock(self, my->index);
}

/* One inside another, in their order. */
struct nest {
	struct eddy_frame frame;
	uint32_t locked;
	int result;
};

async_fn(nest)
{
	async_begin;
	for (my->locked = 0U; my->locked < MUTEXES; my->locked++) {
		await_into(my->result,
			   eddy_mutex_lock(self, &mutexes[my->locked].mutex, some_time()));
		count(&mutex_family, my->result);
		if (my->result != 0) {
			break;
		}
		own(my->locked, my);
		CHECK(&mutex_family,
		      eddy_mutex_try_lock(self, &mutexes[my->locked].mutex) == -EDEADLK);
		if (chance(3) == 0U) {
			await(eddy_sleep(self, K_TICKS(chance(3))));
		}
	}
	while (my->locked > 0U) {
		my->locked--;
		disown(my->locked, my);
		unlock(self, my->locked);
	}
	async_return(my->result);
	async_end;
}

PLAY(nest)

static void nest_in_thread(void)
{
	uint32_t locked = 0U;

	while (locked < MUTEXES &&
	       eddy_mutex_lock_blocking(&mutexes[locked].mutex, some_limit()) == 0) {
		own(locked, &locked);
		locked++;
	}
	count(&mutex_family, 0);
	while (locked > 0U) {
		locked--;
		disown(locked, &locked);
		unlock(NULL, locked);
	}
}

static void check(void)
{
	for (uint32_t i = 0U; i < MUTEXES; i++) {
		CHECK(&mutex_family, mutexes[i].owner == NULL);
		CHECK(&mutex_family, !eddy_mutex_is_locked(&mutexes[i].mutex));
		CHECK(&mutex_family, mutexes[i].mutex.waiters.last == NULL);
		CHECK(&mutex_family, !mutexes[i].mutex.lends);
	}
}

static struct deed deeds[] = {
	{
		.name = "lock",
		.begin = lock_begin,
		.wait = lock_wait,
		.block = lock_block,
		.end = lock_end,
		.give_back = lock_give_back,
		.weight = 5,
	},
	{.name = "nest", .play = play_nest, .thread = nest_in_thread},
};

struct family mutex_family = FAMILY("mutex", deeds, NULL, check);
