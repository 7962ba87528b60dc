/* SPDX-License-Identifier: Apache-2.0 */

/* Semaphores: some of a number of units that are given back, one that anyone gives to. */

#include "soak.h"

static struct {
	struct eddy_sem sem;
	uint32_t units;
	uint32_t held;
} pools[] = {
	{EDDY_SEM_INITIALIZER(1, 1), 1U, 0U},
	{EDDY_SEM_INITIALIZER(2, 2), 2U, 0U},
	{EDDY_SEM_INITIALIZER(4, 4), 4U, 0U},
};

EDDY_SEM_DEFINE(flow, 0, EDDY_SEM_LIMIT_MAX);
static uint32_t given;
static uint32_t taken;

struct take {
	uint32_t index; /* Of the pool; behind the last: flow. */
};

static struct eddy_sem *sem_of(struct take *my)
{
	return my->index < ARRAY_SIZE(pools) ? &pools[my->index].sem : &flow;
}

static bool take_begin(void *room)
{
	struct take *my = room;

	my->index = chance(ARRAY_SIZE(pools) + 1U);
	return true;
}

static int take_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return eddy_sem_take(self, sem_of(room), K_FOREVER);
	}
	return eddy_sem_take(self, sem_of(room), timeout);
}

static int take_block(void *room, k_timeout_t timeout)
{
	return eddy_sem_take_blocking(sem_of(room), timeout);
}

static int take_try(void *room)
{
	return eddy_sem_try_take(sem_of(room));
}

static void take_arm(struct eddy_arm *arm, void *room)
{
	eddy_sem_take_arm(arm, sem_of(room));
}

static bool take_end(void *room, int result)
{
	struct take *my = room;

	CHECK(&sem_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result != 0) {
		return false;
	}
	if (my->index == ARRAY_SIZE(pools)) {
		taken++;
		CHECK(&sem_family, taken <= given);
		return false;
	}
	pools[my->index].held++;
	CHECK(&sem_family, pools[my->index].held <= pools[my->index].units);
	return true;
}

static void take_give_back(void *room, struct eddy_task *self)
{
	struct take *my = room;

	ARG_UNUSED(self);
	pools[my->index].held--;
	eddy_sem_give(&pools[my->index].sem);
	count(&sem_family, 0);
}

static void give(void)
{
	given++;
	eddy_sem_give(&flow);
	count(&sem_family, 0);
}

static void check(void)
{
	for (uint32_t i = 0U; i < ARRAY_SIZE(pools); i++) {
		CHECK(&sem_family, pools[i].held == 0U);
		CHECK(&sem_family, eddy_sem_count(&pools[i].sem) == pools[i].units);
		CHECK(&sem_family, pools[i].sem.waiters.last == NULL);
	}
	CHECK(&sem_family, eddy_sem_count(&flow) == given - taken);
	CHECK(&sem_family, flow.waiters.last == NULL);
}

static struct deed deeds[] = {
	{
		.name = "take",
		.begin = take_begin,
		.wait = take_wait,
		.block = take_block,
		.try = take_try,
		.arm = take_arm,
		.end = take_end,
		.give_back = take_give_back,
		.weight = 4,
	},
	{.name = "give", .now = give},
};

struct family sem_family = FAMILY("sem", deeds, NULL, check);
