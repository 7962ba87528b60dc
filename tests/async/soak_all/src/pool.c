/* SPDX-License-Identifier: Apache-2.0 */

/* Pools, and tasks in memory of a heap: when all is over, all memory is back. */

#include "soak.h"

#define PLACES 5U

EDDY_TASK_POOL_DEFINE(pool, errand, PLACES);
static K_HEAP_DEFINE(heap, 3U * sizeof(EDDY_HEAP_TASK_(errand)));

/* Spawn, then join, cancel, or forget. */
struct hire {
	struct eddy_frame frame;
	struct eddy_pool_handle handle;
	int result;
};

async_fn(hire)
{
	async_begin;
	my->result = eddy_pool_spawn(some_executor(), &pool, &my->handle, errand,
				     .rounds = 1U + chance(5), .limited = true);
	count(&pool_family, my->result);
	if (my->result != 0) {
		CHECK(&pool_family, my->result == -ENOMEM);
		async_return(0);
	}
	await_into(my->result, eddy_pool_join(self, &my->handle, some_time()));
	count(&pool_family, my->result);
	if (my->result == -EAGAIN && chance(2) == 0U) {
		(void)eddy_pool_cancel(&my->handle); /* it may have ended */
		await_into(my->result, eddy_pool_join(self, &my->handle, K_FOREVER));
	}
	if (my->result == 0) {
		CHECK(&pool_family, !eddy_pool_is_active(&my->handle));
		CHECK(&pool_family, my->handle.result == 0 || my->handle.result == -ECANCELED);
	} else {
		CHECK(&pool_family,
		      my->result == -ESRCH || my->result == -EAGAIN || my->result == -ECANCELED);
	}
	async_return(my->result);
	async_end;
}

PLAY(hire)

static void spawn_some(void)
{
	struct eddy_pool_handle handle;
	int result;

	if (quit) {
		return;
	}
	result = eddy_pool_spawn(some_executor(), &pool, &handle, errand, .rounds = 1U + chance(5),
				 .limited = true);
	count(&pool_family, result);
	if (result == 0 && chance(4) == 0U) {
		(void)eddy_pool_cancel(&handle); /* it may have ended */
	}
}

static void spawn_on_heap(void)
{
	if (!quit) {
		count(&pool_family, eddy_spawn_alloc(some_executor(), &heap, errand,
						     .rounds = 1U + chance(5), .limited = true));
	}
}

static void hire_in_thread(void)
{
	struct eddy_pool_handle handle;
	int result = eddy_pool_spawn(some_executor(), &pool, &handle, errand,
				     .rounds = 1U + chance(5), .limited = true);

	count(&pool_family, result);
	if (result == 0) {
		result = eddy_pool_join_blocking(&handle, some_limit());
		CHECK(&pool_family, result == 0 || result == -EAGAIN || result == -ESRCH);
		count(&pool_family, result);
	}
}

static void check(void)
{
	void *block;

	for (uint32_t i = 0U; i < PLACES; i++) {
		CHECK(&pool_family, !eddy_task_is_active(&pool.slots[i].task));
		CHECK(&pool_family, pool.slots[i].slot.joiners.last == NULL);
	}
	block = k_heap_alloc(&heap, 2U * sizeof(EDDY_HEAP_TASK_(errand)), K_NO_WAIT);
	CHECK(&pool_family, block != NULL);
	k_heap_free(&heap, block);
}

static struct deed deeds[] = {
	{.name = "hire", .play = play_hire, .thread = hire_in_thread, .weight = 3},
	{.name = "spawn", .now = spawn_some},
	{.name = "spawn_alloc", .now = spawn_on_heap},
};

struct family pool_family = FAMILY("pool", deeds, NULL, check);
