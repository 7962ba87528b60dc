/* SPDX-License-Identifier: Apache-2.0 */

/* Groups: whatever happens, the children have ended when the parent goes on. */

#include "soak.h"

#define CHILDREN 3U

struct trip {
	struct eddy_frame frame;
	struct eddy_group group;
	EDDY_CHILD(errand) children[CHILDREN];
	EDDY_SELECT(1) select;
	uint32_t kind;
	int result;
};

static struct eddy_child *child(struct trip *my, uint32_t index)
{
	return eddy_child(&my->children[index], errand, .rounds = 1U + chance(3), .may_fail = true);
}

static void check_children(struct trip *my)
{
	count(&group_family, my->result);
	CHECK(&group_family, my->result == 0 || my->result == -EIO || my->result == -ECANCELED ||
				     my->group.policy == EDDY_GROUP_FIRST_END);
	CHECK(&group_family, my->result < (int)CHILDREN);
	CHECK(&group_family, eddy_group_count(&my->group) == 0U);
	for (uint32_t i = 0U; i < CHILDREN; i++) {
		CHECK(&group_family, !eddy_task_is_active(&my->children[i].task));
	}
}

/* The first who has ended, of those who run on one executor. */
static void check_first(struct trip *my)
{
	for (uint32_t i = 0U; i < CHILDREN && my->result >= 0; i++) {
		CHECK(&group_family,
		      my->children[my->result].frame.ending <= my->children[i].frame.ending);
	}
}

/* Spawn all of them, on any executors. */
static void spawn_all(struct trip *my, struct eddy_task *self)
{
	eddy_group_init(&my->group, (enum eddy_group_policy)chance(3));
	for (uint32_t i = 0U; i < CHILDREN; i++) {
		int result =
			eddy_group_spawn_on(self, &my->group, some_executor(), &my->children[i],
					    errand, .rounds = 1U + chance(3), .may_fail = true);

		CHECK(&group_family, result == 0 || result == -ECANCELED);
		count(&group_family, result);
	}
	if (chance(8) == 0U) {
		(void)eddy_cancel(&my->children[chance(CHILDREN)].task); /* it may have ended */
	}
}

async_fn(trip)
{
	async_begin;
	my->kind = chance(4);
	if (my->kind == 0U) {
		await_into(my->result,
			   eddy_join(self, &my->group, child(my, 0), child(my, 1), child(my, 2)));
	} else if (my->kind == 1U) {
		await_into(my->result,
			   eddy_race(self, &my->group, child(my, 0), child(my, 1), child(my, 2)));
		check_first(my);
	} else {
		spawn_all(my, self);
		if (chance(4) == 0U) {
			await(eddy_sleep(self, K_TICKS(chance(10))));
		}
		if (my->kind == 2U) {
			eddy_select_init(&my->select);
			eddy_group_wait_arm(&my->select.arm[0], &my->group);
			await_into(my->result, eddy_select(self, &my->select, some_time()));
			count(&group_family, my->result);
		} else {
			await_into(my->result, eddy_group_wait(self, &my->group, some_time()));
			count(&group_family, my->result);
		}
		if (eddy_group_count(&my->group) > 0U || my->result == -EAGAIN) {
			if (chance(2) == 0U) {
				eddy_group_cancel(&my->group);
			}
			await_into(my->result, eddy_group_wait(self, &my->group, K_FOREVER));
		}
	}
	check_children(my);
	async_return(my->result);
	async_end;
}

PLAY(trip)

/* With a time limit. */
struct outing {
	struct eddy_frame frame;
	EDDY_WITH_TIMEOUT(errand) limited;
	int result;
};

async_fn(outing)
{
	async_begin;
	await_into(my->result, eddy_with_timeout(self, &my->limited, some_time(), errand,
						 .rounds = 1U + chance(5), .may_fail = true));
	CHECK(&group_family, !eddy_task_is_active(&my->limited.child.task));
	CHECK(&group_family, my->result == 0 || my->result == -EIO || my->result == -EAGAIN ||
				     my->result == -ECANCELED);
	count(&group_family, my->result);
	async_return(my->result);
	async_end;
}

PLAY(outing)

static struct deed deeds[] = {
	{.name = "group", .play = play_trip, .weight = 4},
	{.name = "with_timeout", .play = play_outing, .weight = 2},
};

struct family group_family = FAMILY("group", deeds, NULL, NULL);
