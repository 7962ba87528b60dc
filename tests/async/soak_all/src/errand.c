/* SPDX-License-Identifier: Apache-2.0 */

/* A task's way of doing operations: wait, see what came of it, give back. */

#include "soak.h"

/* Such a wait, behind which nothing may have timed out too early. */
static k_timeout_t choose_limit(struct errand *my)
{
	k_timeout_t timeout = my->limited || my->shields ? some_limit() : some_time();

	my->limit = limit_of(timeout);
	return timeout;
}

/* Begin a deed, perhaps shielded. */
static bool begin_some(struct errand *my, struct eddy_task *self)
{
	my->deed = some_deed(FACE_TASK);
	if (!my->deed->begin(my->room)) {
		return false;
	}
	my->was_canceled = eddy_task_is_canceled(self);
	my->shields = chance(32) == 0U && eddy_shield(self);
	return true;
}

/* Account for it. Returns whether something is held. */
static bool end_deed(struct errand *my, struct eddy_task *self)
{
	struct family *family = my->deed->family;

	if (my->result == -EAGAIN) {
		CHECK(family, k_uptime_ticks() >= my->limit);
		check_late(family, my->limit);
	}
	if (my->result == -ECANCELED) {
		CHECK(family, eddy_task_is_canceled(self) && !my->shields);
	} else {
		CHECK(family, !my->was_canceled || my->shields || my->result == -EDEADLK);
	}
	if (my->shields) {
		eddy_unshield(self);
	}
	count(family, my->result);
	return my->deed->end(my->room, my->result);
}

static uint32_t endings;

async_fn(errand)
{
	async_begin;
	for (; my->rounds > 0U && !quit; my->rounds--) {
		if (chance(3) == 0U) {
			some_deed(FACE_NOW)->now();
		}
		if (!begin_some(my, self)) {
			await(eddy_yield(self));
			continue;
		}
		await_into(my->result, my->deed->wait(self, my->room, choose_limit(my)));
		if (end_deed(my, self)) {
			if (chance(2) == 0U) {
				await(eddy_sleep(self, K_TICKS(chance(4))));
			}
			my->deed->give_back(my->room, self);
		}
		if (eddy_task_is_canceled(self) && chance(2) == 0U) {
			my->ending = ++endings;
			async_return(-ECANCELED);
		}
	}
	my->ending = ++endings;
	async_return(my->may_fail && chance(3) == 0U ? -EIO : 0);
	async_end;
}
