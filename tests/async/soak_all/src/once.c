/* SPDX-License-Identifier: Apache-2.0 */

/* Once: one at a time is at it, and nobody once it is done. Then it is to be done again. */

#include "soak.h"

EDDY_ONCE_DEFINE(job);
static bool is_under_way;
static bool is_done;

static void drain(void *object)
{
	struct eddy_once *once = object;

	CHECK(&once_family, once->waiters.last == NULL && !is_under_way);
}

static void set_up(void *object)
{
	is_done = false;
	eddy_once_init(object);
}

static struct venue venue = {.object = &job, .drain = drain, .set_up = set_up};

static bool once_begin(void *room)
{
	ARG_UNUSED(room);
	return venue_enter(&venue);
}

static int once_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	ARG_UNUSED(room);
	return eddy_once_begin(self, &job, timeout);
}

static int once_block(void *room, k_timeout_t timeout)
{
	ARG_UNUSED(room);
	return eddy_once_begin_blocking(&job, timeout);
}

static int once_try(void *room)
{
	ARG_UNUSED(room);
	return eddy_once_try_begin(&job);
}

static void once_arm(struct eddy_arm *arm, void *room)
{
	ARG_UNUSED(room);
	eddy_once_begin_arm(arm, &job);
}

static bool once_end(void *room, int result)
{
	ARG_UNUSED(room);
	if (result == 1) {
		CHECK(&once_family, !is_under_way && !is_done);
		is_under_way = true;
		return true;
	}
	if (result == 0) {
		CHECK(&once_family, is_done && eddy_once_is_done(&job));
	} else {
		CHECK(&once_family, result == -EAGAIN || result == -ECANCELED);
	}
	venue_leave(&venue);
	return false;
}

static void once_give_back(void *room, struct eddy_task *self)
{
	bool fails = chance(4) != 0U;

	ARG_UNUSED(room);
	ARG_UNUSED(self);
	CHECK(&once_family, is_under_way && !is_done);
	is_under_way = false;
	is_done = !fails;
	venue.closed = is_done;
	CHECK(&once_family, eddy_once_end(&job, fails ? -EIO : 0) == 0);
	count(&once_family, 0);
	venue_leave(&venue);
}

static void check(void)
{
	CHECK(&once_family, venue.users == 0U);
	drain(&job);
}

static struct deed deeds[] = {
	{
		.name = "begin",
		.begin = once_begin,
		.wait = once_wait,
		.block = once_block,
		.try = once_try,
		.arm = once_arm,
		.end = once_end,
		.give_back = once_give_back,
		.weight = 3,
	},
};

struct family once_family = FAMILY("once", deeds, NULL, check);
