/* SPDX-License-Identifier: Apache-2.0 */

/* Events: flags that are taken and put back, each held by one at a time; and lamps to look at. */

#include "soak.h"

#define FLAGS BIT_MASK(8)

EDDY_EVENT_DEFINE(keys);
static uint32_t held;

EDDY_EVENT_DEFINE(lamps);

struct request {
	struct eddy_event *event;
	uint32_t flags;
	uint32_t options;
};

static bool request_begin(void *room)
{
	struct request *my = room;

	my->event = chance(2) == 0U ? &keys : &lamps;
	my->options = my->event == &keys ? EDDY_EVENT_TAKE : 0U;
	if (chance(2) == 0U) {
		my->options |= EDDY_EVENT_ALL;
	}
	my->flags = BIT(chance(8)) | BIT(chance(8));
	return true;
}

static int request_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct request *my = room;

	return eddy_event_wait(self, my->event, my->flags, my->options, timeout);
}

static int request_block(void *room, k_timeout_t timeout)
{
	struct request *my = room;

	return eddy_event_wait_blocking(my->event, my->flags, my->options, timeout);
}

static int request_try(void *room)
{
	struct request *my = room;

	return eddy_event_try_wait(my->event, my->flags, my->options);
}

static void request_arm(struct eddy_arm *arm, void *room)
{
	struct request *my = room;

	eddy_event_wait_arm(arm, my->event, my->flags, my->options);
}

static bool request_end(void *room, int result)
{
	struct request *my = room;
	uint32_t found = (uint32_t)result;

	if (result < 0) {
		return false;
	}
	CHECK(&event_family, found != 0U && (found & ~my->flags) == 0U);
	if ((my->options & EDDY_EVENT_ALL) != 0U) {
		CHECK(&event_family, found == my->flags);
	}
	if (my->event == &lamps) {
		return false;
	}
	CHECK(&event_family, (held & found) == 0U); /* each is held by one */
	held |= found;
	my->flags = found;
	return true;
}

static void request_give_back(void *room, struct eddy_task *self)
{
	struct request *my = room;

	ARG_UNUSED(self);
	CHECK(&event_family, (held & my->flags) == my->flags);
	held &= ~my->flags;
	eddy_event_post(&keys, my->flags);
	count(&event_family, 0);
}

static void switch_lamps(void)
{
	uint32_t flags = BIT(chance(8)) | BIT(chance(8));

	switch (chance(4)) {
	case 0:
		eddy_event_set(&lamps, flags);
		break;
	case 1:
		eddy_event_clear(&lamps, flags | BIT(chance(8)));
		break;
	default:
		eddy_event_post(&lamps, flags);
		break;
	}
	count(&event_family, 0);
}

static void set_up(void)
{
	eddy_event_post(&keys, FLAGS);
}

static void check(void)
{
	CHECK(&event_family, held == 0U);
	CHECK(&event_family, eddy_event_get(&keys) == FLAGS);
	CHECK(&event_family, keys.waiters.last == NULL && keys.due.last == NULL);
	CHECK(&event_family, lamps.waiters.last == NULL && lamps.due.last == NULL);
}

static struct deed deeds[] = {
	{
		.name = "wait",
		.begin = request_begin,
		.wait = request_wait,
		.block = request_block,
		.try = request_try,
		.arm = request_arm,
		.end = request_end,
		.give_back = request_give_back,
		.weight = 4,
	},
	{.name = "switch", .now = switch_lamps},
};

struct family event_family = FAMILY("event", deeds, set_up, check);
