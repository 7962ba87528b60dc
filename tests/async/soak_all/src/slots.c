/* SPDX-License-Identifier: Apache-2.0 */

/* Slots, of which each has one holder at a time. They are closed now and then. */

#include "soak.h"

struct block {
	uint32_t value;
	uint32_t inverse;
	const void *holder; /* Whose it is; NULL: the slots'. */
};

EDDY_SLOTS_DEFINE(two, struct block, 2);
EDDY_SLOTS_DEFINE(five, struct block, 5);

static void received(struct block *block)
{
	CHECK(&slots_family, block->holder == NULL);
	CHECK(&slots_family, block->inverse == ~block->value);
	value_received(&slots_family, block->value);
}

static void drain(void *object)
{
	struct eddy_slots *slots = object;
	void *block;

	while (eddy_slots_try_borrow(slots, &block) == 0) {
		received(block);
		eddy_slots_release(slots, block);
	}
	CHECK(&slots_family, eddy_slots_count(slots) == 0U);
	CHECK(&slots_family, slots->reservers.last == NULL && slots->borrowers.last == NULL);
}

static void set_up(void *object)
{
	struct eddy_slots *slots = object;

	CHECK(&slots_family, eddy_slots_init(slots, slots->blocks, slots->link, slots->block_size,
					     slots->capacity) == 0);
}

static struct venue venues[] = {
	{.object = &two, .drain = drain, .set_up = set_up},
	{.object = &five, .drain = drain, .set_up = set_up},
};

struct hold {
	struct venue *venue;
	void *block;
};

static bool hold_begin(void *room)
{
	struct hold *my = room;

	my->venue = &venues[chance(ARRAY_SIZE(venues))];
	my->block = NULL;
	return venue_enter(my->venue);
}

/* Whether the slot is ours now. */
static bool is_served(struct hold *my, int result)
{
	CHECK(&slots_family, result != -EPIPE || my->venue->closed);
	if (result != 0) {
		venue_leave(my->venue);
		return false;
	}
	return true;
}

static int reserve_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct hold *my = room;

	return eddy_slots_reserve(self, my->venue->object, &my->block, timeout);
}

static int reserve_block(void *room, k_timeout_t timeout)
{
	struct hold *my = room;

	return eddy_slots_reserve_blocking(my->venue->object, &my->block, timeout);
}

static int reserve_try(void *room)
{
	struct hold *my = room;

	return eddy_slots_try_reserve(my->venue->object, &my->block);
}

static void reserve_arm(struct eddy_arm *arm, void *room)
{
	struct hold *my = room;

	eddy_slots_reserve_arm(arm, my->venue->object, &my->block);
}

static bool reserve_end(void *room, int result)
{
	struct hold *my = room;
	struct block *block = my->block;

	if (!is_served(my, result)) {
		return false;
	}
	CHECK(&slots_family, block->holder == NULL);
	block->holder = block;
	block->value = 0U;
	return true;
}

static void commit(struct hold *my, struct block *block)
{
	uint32_t value = value_new(&slots_family);
	int result;

	block->value = value;
	block->inverse = ~value;
	block->holder = NULL;
	result = eddy_slots_commit(my->venue->object, block);
	CHECK(&slots_family, result == 0 || (result == -EPIPE && my->venue->closed));
	value_sent(&slots_family, value, result == 0);
	count(&slots_family, result);
}

static void reserve_give_back(void *room, struct eddy_task *self)
{
	struct hold *my = room;
	struct block *block = my->block;

	ARG_UNUSED(self);
	CHECK(&slots_family, block->holder == block && block->value == 0U);
	if (chance(4) == 0U) {
		block->holder = NULL;
		eddy_slots_abandon(my->venue->object, block);
	} else {
		commit(my, block);
	}
	venue_leave(my->venue);
}

static int borrow_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct hold *my = room;

	return eddy_slots_borrow(self, my->venue->object, &my->block, timeout);
}

static int borrow_block(void *room, k_timeout_t timeout)
{
	struct hold *my = room;

	return eddy_slots_borrow_blocking(my->venue->object, &my->block, timeout);
}

static int borrow_try(void *room)
{
	struct hold *my = room;

	return eddy_slots_try_borrow(my->venue->object, &my->block);
}

static void borrow_arm(struct eddy_arm *arm, void *room)
{
	struct hold *my = room;

	eddy_slots_borrow_arm(arm, my->venue->object, &my->block);
}

static bool borrow_end(void *room, int result)
{
	struct hold *my = room;

	if (!is_served(my, result)) {
		return false;
	}
	received(my->block);
	((struct block *)my->block)->holder = my->block;
	return true;
}

static void borrow_give_back(void *room, struct eddy_task *self)
{
	struct hold *my = room;
	struct block *block = my->block;

	ARG_UNUSED(self);
	CHECK(&slots_family, block->holder == block);
	CHECK(&slots_family, block->inverse == ~block->value);
	block->holder = NULL;
	eddy_slots_release(my->venue->object, block);
	count(&slots_family, 0);
	venue_leave(my->venue);
}

static void close_some(void)
{
	struct venue *venue = &venues[chance(ARRAY_SIZE(venues))];

	if (venue_enter(venue)) {
		if (venue_may_close(venue)) {
			eddy_slots_close(venue->object);
			count(&slots_family, 0);
		}
		venue_leave(venue);
	}
}

static void check(void)
{
	for (uint32_t i = 0U; i < ARRAY_SIZE(venues); i++) {
		CHECK(&slots_family, venues[i].users == 0U);
		drain(venues[i].object);
	}
}

static struct deed deeds[] = {
	{
		.name = "reserve",
		.begin = hold_begin,
		.wait = reserve_wait,
		.block = reserve_block,
		.try = reserve_try,
		.arm = reserve_arm,
		.end = reserve_end,
		.give_back = reserve_give_back,
		.weight = 3,
	},
	{
		.name = "borrow",
		.begin = hold_begin,
		.wait = borrow_wait,
		.block = borrow_block,
		.try = borrow_try,
		.arm = borrow_arm,
		.end = borrow_end,
		.give_back = borrow_give_back,
		.weight = 3,
	},
	{.name = "close", .now = close_some},
};

struct family slots_family = FAMILY("slots", deeds, NULL, check);
