/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks join, cancel and spawn one another; so do threads and interrupts. */

#include "soak.h"

struct join {
	struct eddy_task *other;
	bool cancels;
};

static bool join_begin(void *room)
{
	struct join *my = room;

	my->other = some_actor();
	my->cancels = chance(4) == 0U;
	return true;
}

static int join_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct join *my = room;

	if (my->cancels) {
		return eddy_cancel_wait(self, my->other, timeout);
	}
	return eddy_task_join(self, my->other, timeout);
}

static int join_block(void *room, k_timeout_t timeout)
{
	struct join *my = room;

	if (my->cancels) {
		return eddy_cancel_wait_blocking(my->other, timeout);
	}
	return eddy_task_join_blocking(my->other, timeout);
}

static int join_try(void *room)
{
	struct join *my = room;

	return eddy_task_try_join(my->other);
}

static bool join_end(void *room, int result)
{
	ARG_UNUSED(room);
	CHECK(&task_family,
	      result == 0 || result == -EAGAIN || result == -ECANCELED || result == -EDEADLK);
	return false;
}

static void cancel_some(void)
{
	struct eddy_task *actor = some_actor();
	uint32_t endings = endings_of(actor);
	int result;

	if (chance(2) == 0U) {
		return;
	}
	result = eddy_cancel(actor);
	count(&task_family, result);
	if (result == 0 && eddy_task_is_active(actor) && endings_of(actor) == endings) {
		CHECK(&task_family, eddy_task_is_canceled(actor));
	}
}

static void spawn_some(void)
{
	respawn_some_actor();
	count(&task_family, 0);
}

static struct deed deeds[] = {
	{
		.name = "join",
		.begin = join_begin,
		.wait = join_wait,
		.block = join_block,
		.try = join_try,
		.end = join_end,
	},
	{.name = "cancel", .now = cancel_some, .weight = 2},
	{.name = "spawn", .now = spawn_some, .weight = 2},
};

struct family task_family = FAMILY("task", deeds, NULL, NULL);
