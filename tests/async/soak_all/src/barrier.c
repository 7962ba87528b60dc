/* SPDX-License-Identifier: Apache-2.0 */

/* Barriers: in each round all parties but the leader are let through, no more, no fewer. */

#include "soak.h"

#define PARTIES 3U

EDDY_BARRIER_DEFINE(barrier, PARTIES);
static uint32_t leaders;
static uint32_t followers;

static bool meet_begin(void *room)
{
	ARG_UNUSED(room);
	return true;
}

static int meet_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	ARG_UNUSED(room);
	return eddy_barrier_wait(self, &barrier, timeout);
}

static int meet_block(void *room, k_timeout_t timeout)
{
	ARG_UNUSED(room);
	return eddy_barrier_wait_blocking(&barrier, timeout);
}

static int meet_try(void *room)
{
	ARG_UNUSED(room);
	return eddy_barrier_try_wait(&barrier);
}

static bool meet_end(void *room, int result)
{
	ARG_UNUSED(room);
	CHECK(&barrier_family, result <= 1);
	if (result == 1) {
		leaders++;
	} else if (result == 0) {
		followers++;
	} else {
		CHECK(&barrier_family, result == -EAGAIN || result == -ECANCELED);
	}
	return false;
}

static void check(void)
{
	CHECK(&barrier_family, followers == (PARTIES - 1U) * leaders);
	CHECK(&barrier_family, barrier.waiters.last == NULL);
}

static struct deed deeds[] = {
	{
		.name = "meet",
		.begin = meet_begin,
		.wait = meet_wait,
		.block = meet_block,
		.try = meet_try,
		.end = meet_end,
		.weight = 3,
	},
};

struct family barrier_family = FAMILY("barrier", deeds, NULL, check);
