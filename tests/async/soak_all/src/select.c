/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Selects: some deeds at once, of which one is done and the others are not. A single choice, or a
 * loop whose arms stay.
 */

#include "soak.h"

#define ARMS 4U

struct choice {
	struct eddy_frame frame;
	EDDY_SELECT(ARMS) select;
	const struct deed *deeds[ARMS]; /* NULL: such an arm is not set up. */
	char rooms[ARMS][ARM_ROOM] __aligned(16);
	uint32_t turns;
	uint32_t which;
	bool loops;
	bool was_canceled;
	int64_t limit;
	int result;
};

/* Written so that the library sees when there is no limit. */
static int next(struct choice *my, struct eddy_task *self, k_timeout_t timeout)
{
	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return eddy_select_next(self, &my->select, K_FOREVER);
	}
	return eddy_select_next(self, &my->select, timeout);
}

static k_timeout_t choose_limit(struct choice *my, struct eddy_task *self)
{
	k_timeout_t timeout = some_time();

	my->limit = limit_of(timeout);
	my->was_canceled = eddy_task_is_canceled(self);
	return timeout;
}

static bool set_up_arm(struct choice *my, uint32_t index)
{
	const struct deed *deed = some_deed(FACE_ARM);

	my->deeds[index] = NULL;
	if (!deed->begin(my->rooms[index])) {
		return false;
	}
	my->deeds[index] = deed;
	deed->arm(&my->select.arm[index], my->rooms[index]);
	return true;
}

static void set_up_arms(struct choice *my)
{
	my->loops = chance(2) == 0U;
	my->turns = my->loops ? 1U + chance(8) : 1U;
	eddy_select_init(&my->select);
	do {
		my->which = 0U;
		for (uint32_t i = 0U; i < ARMS; i++) {
			my->which += set_up_arm(my, i) ? 1U : 0U;
		}
	} while (my->which == 0U);
}

/* Whether an operation was performed; the result is the operation's. */
static bool is_served(struct choice *my)
{
	return my->result != -EAGAIN && my->result != -ECANCELED;
}

static bool end_turn(struct choice *my, struct eddy_task *self)
{
	count(&select_family, my->result);
	if (my->result == -EAGAIN) {
		CHECK(&select_family, k_uptime_ticks() >= my->limit);
	}
	if (my->result == -ECANCELED) {
		CHECK(&select_family, eddy_task_is_canceled(self));
	}
	if (my->was_canceled) {
		CHECK(&select_family, my->result == -ECANCELED);
	}
	if (!is_served(my)) {
		return false;
	}
	my->which = eddy_select_which(&my->select);
	CHECK(&select_family, my->which < ARMS && my->deeds[my->which] != NULL);
	count(my->deeds[my->which]->family, my->result);
	return my->deeds[my->which]->end(my->rooms[my->which], my->result);
}

/* The arms that were not served. */
static void end_arms(struct choice *my)
{
	for (uint32_t i = 0U; i < ARMS; i++) {
		if (my->deeds[i] != NULL) {
			(void)my->deeds[i]->end(my->rooms[i], -EAGAIN);
		}
	}
}

async_fn(choice)
{
	async_begin;
	set_up_arms(my);
	for (; my->turns > 0U; my->turns--) {
		if (my->loops) {
			await_into(my->result, next(my, self, choose_limit(my, self)));
		} else {
			await_into(my->result,
				   eddy_select(self, &my->select, choose_limit(my, self)));
		}
		if (end_turn(my, self)) {
			if (chance(3) == 0U) {
				await(eddy_sleep(self, K_TICKS(chance(3))));
			}
			my->deeds[my->which]->give_back(my->rooms[my->which], self);
		}
		if (my->result == -ECANCELED) {
			break;
		}
		if (is_served(my) && !(my->turns > 1U && set_up_arm(my, my->which))) {
			my->deeds[my->which] = NULL;
			break;
		}
	}
	if (my->loops) {
		eddy_select_end(&my->select);
	}
	end_arms(my);
	async_return(my->result);
	async_end;
}

PLAY(choice)

static struct deed deeds[] = {
	{.name = "choice", .play = play_choice, .weight = 12},
};

struct family select_family = FAMILY("select", deeds, NULL, NULL);
