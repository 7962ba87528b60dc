/* SPDX-License-Identifier: Apache-2.0 */

/* Priority channels: of one item, and of nine. They are closed now and then. */

#include "soak.h"

struct item {
	uint32_t value;
	int32_t prio;
	uint32_t inverse;
};

EDDY_PRIO_CHAN_DEFINE(single, struct item, prio, 1);
EDDY_PRIO_CHAN_DEFINE(several, struct item, prio, 9);

static int32_t prio_of(uint32_t value)
{
	return (int32_t)(value % 7U) - 3;
}

static void received(struct item *item)
{
	CHECK(&prio_chan_family, item->inverse == ~item->value);
	CHECK(&prio_chan_family, item->prio == prio_of(item->value));
	value_received(&prio_chan_family, item->value);
}

static void drain(void *object)
{
	struct eddy_prio_chan *chan = object;
	int32_t prio = INT32_MIN;
	struct item item;

	while (eddy_prio_chan_try_recv(chan, &item) == 0) {
		CHECK(&prio_chan_family, item.prio >= prio);
		prio = item.prio;
		received(&item);
	}
	CHECK(&prio_chan_family, eddy_prio_chan_count(chan) == 0U);
	CHECK(&prio_chan_family, chan->receivers.last == NULL && chan->senders.last == NULL);
}

static void set_up(void *object)
{
	struct eddy_prio_chan *chan = object;

	CHECK(&prio_chan_family,
	      eddy_prio_chan_init(chan, chan->buffer, chan->heap, chan->item_size,
				  chan->prio_offset, chan->capacity) == 0);
}

static struct venue venues[] = {
	{.object = &single, .drain = drain, .set_up = set_up},
	{.object = &several, .drain = drain, .set_up = set_up},
};

struct parcel {
	struct venue *venue;
	struct item item;
};

BUILD_ASSERT(sizeof(struct parcel) <= ARM_ROOM, "no room");

static bool send_begin(void *room)
{
	struct parcel *my = room;

	my->venue = &venues[chance(ARRAY_SIZE(venues))];
	if (!venue_enter(my->venue)) {
		return false;
	}
	my->item.value = value_new(&prio_chan_family);
	my->item.inverse = ~my->item.value;
	my->item.prio = prio_of(my->item.value);
	return true;
}

static int send_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_prio_chan_send(self, my->venue->object, &my->item, timeout);
}

static int send_block(void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_prio_chan_send_blocking(my->venue->object, &my->item, timeout);
}

static int send_try(void *room)
{
	struct parcel *my = room;

	return eddy_prio_chan_try_send(my->venue->object, &my->item);
}

static void send_arm(struct eddy_arm *arm, void *room)
{
	struct parcel *my = room;

	eddy_prio_chan_send_arm(arm, my->venue->object, &my->item);
}

static bool send_end(void *room, int result)
{
	struct parcel *my = room;

	CHECK(&prio_chan_family, result != -EPIPE || my->venue->closed);
	value_sent(&prio_chan_family, my->item.value, result == 0);
	venue_leave(my->venue);
	return false;
}

static bool recv_begin(void *room)
{
	struct parcel *my = room;

	my->venue = &venues[chance(ARRAY_SIZE(venues))];
	memset(&my->item, 0xa5, sizeof(my->item));
	return venue_enter(my->venue);
}

static int recv_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_prio_chan_recv(self, my->venue->object, &my->item, timeout);
}

static int recv_block(void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_prio_chan_recv_blocking(my->venue->object, &my->item, timeout);
}

static int recv_try(void *room)
{
	struct parcel *my = room;

	return eddy_prio_chan_try_recv(my->venue->object, &my->item);
}

static void recv_arm(struct eddy_arm *arm, void *room)
{
	struct parcel *my = room;

	eddy_prio_chan_recv_arm(arm, my->venue->object, &my->item);
}

static bool recv_end(void *room, int result)
{
	struct parcel *my = room;

	CHECK(&prio_chan_family, result != -EPIPE || my->venue->closed);
	if (result == 0) {
		received(&my->item);
	}
	venue_leave(my->venue);
	return false;
}

static void close_some(void)
{
	struct venue *venue = &venues[chance(ARRAY_SIZE(venues))];

	if (venue_enter(venue)) {
		if (venue_may_close(venue)) {
			eddy_prio_chan_close(venue->object);
			count(&prio_chan_family, 0);
		}
		venue_leave(venue);
	}
}

static void check(void)
{
	for (uint32_t i = 0U; i < ARRAY_SIZE(venues); i++) {
		CHECK(&prio_chan_family, venues[i].users == 0U);
		drain(venues[i].object);
	}
}

static struct deed deeds[] = {
	{
		.name = "send",
		.begin = send_begin,
		.wait = send_wait,
		.block = send_block,
		.try = send_try,
		.arm = send_arm,
		.end = send_end,
		.weight = 3,
	},
	{
		.name = "recv",
		.begin = recv_begin,
		.wait = recv_wait,
		.block = recv_block,
		.try = recv_try,
		.arm = recv_arm,
		.end = recv_end,
		.weight = 3,
	},
	{.name = "close", .now = close_some},
};

struct family prio_chan_family = FAMILY("prio_chan", deeds, NULL, check);
