/* SPDX-License-Identifier: Apache-2.0 */

/* Channels: of one item, of three, of many that are larger. They are closed now and then. */

#include "soak.h"

struct item {
	uint32_t value;
	uint32_t inverse;
	uint32_t triple;
};

EDDY_CHAN_DEFINE(narrow, uint32_t, 1);
EDDY_CHAN_DEFINE(medium, uint32_t, 3);
EDDY_CHAN_DEFINE(wide, struct item, 16);

static void received(struct item *item, size_t size)
{
	if (size > sizeof(uint32_t)) {
		CHECK(&chan_family, item->inverse == ~item->value);
		CHECK(&chan_family, item->triple == 3U * item->value);
	}
	value_received(&chan_family, item->value);
}

static void drain(void *object)
{
	struct eddy_chan *chan = object;
	struct item item;

	while (eddy_chan_try_recv(chan, &item) == 0) {
		received(&item, chan->item_size);
	}
	CHECK(&chan_family, eddy_chan_count(chan) == 0U);
	CHECK(&chan_family, chan->receivers.last == NULL && chan->senders.last == NULL);
}

static void set_up(void *object)
{
	struct eddy_chan *chan = object;
	uint16_t capacity = (uint16_t)((chan->buffer_end - chan->buffer) / chan->item_size);

	CHECK(&chan_family, eddy_chan_init(chan, chan->buffer, chan->item_size, capacity) == 0);
}

static struct venue venues[] = {
	{.object = &narrow, .drain = drain, .set_up = set_up},
	{.object = &medium, .drain = drain, .set_up = set_up},
	{.object = &wide, .drain = drain, .set_up = set_up},
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
	my->item.value = value_new(&chan_family);
	my->item.inverse = ~my->item.value;
	my->item.triple = 3U * my->item.value;
	return true;
}

static int send_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return eddy_chan_send(self, my->venue->object, &my->item, K_FOREVER);
	}
	return eddy_chan_send(self, my->venue->object, &my->item, timeout);
}

static int send_block(void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_chan_send_blocking(my->venue->object, &my->item, timeout);
}

static int send_try(void *room)
{
	struct parcel *my = room;

	return eddy_chan_try_send(my->venue->object, &my->item);
}

static void send_arm(struct eddy_arm *arm, void *room)
{
	struct parcel *my = room;

	eddy_chan_send_arm(arm, my->venue->object, &my->item);
}

static bool send_end(void *room, int result)
{
	struct parcel *my = room;

	CHECK(&chan_family, result != -EPIPE || my->venue->closed);
	value_sent(&chan_family, my->item.value, result == 0);
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

	if (K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		return eddy_chan_recv(self, my->venue->object, &my->item, K_FOREVER);
	}
	return eddy_chan_recv(self, my->venue->object, &my->item, timeout);
}

static int recv_block(void *room, k_timeout_t timeout)
{
	struct parcel *my = room;

	return eddy_chan_recv_blocking(my->venue->object, &my->item, timeout);
}

static int recv_try(void *room)
{
	struct parcel *my = room;

	return eddy_chan_try_recv(my->venue->object, &my->item);
}

static void recv_arm(struct eddy_arm *arm, void *room)
{
	struct parcel *my = room;

	eddy_chan_recv_arm(arm, my->venue->object, &my->item);
}

static bool recv_end(void *room, int result)
{
	struct parcel *my = room;

	CHECK(&chan_family, result != -EPIPE || my->venue->closed);
	if (result == 0) {
		received(&my->item, ((struct eddy_chan *)my->venue->object)->item_size);
	}
	venue_leave(my->venue);
	return false;
}

static void close_some(void)
{
	struct venue *venue = &venues[chance(ARRAY_SIZE(venues))];

	if (venue_enter(venue)) {
		if (venue_may_close(venue)) {
			eddy_chan_close(venue->object);
			count(&chan_family, 0);
		}
		venue_leave(venue);
	}
}

static void check(void)
{
	for (uint32_t i = 0U; i < ARRAY_SIZE(venues); i++) {
		CHECK(&chan_family, venues[i].users == 0U);
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
		.weight = 4,
	},
	{
		.name = "recv",
		.begin = recv_begin,
		.wait = recv_wait,
		.block = recv_block,
		.try = recv_try,
		.arm = recv_arm,
		.end = recv_end,
		.weight = 4,
	},
	{.name = "close", .now = close_some},
};

struct family chan_family = FAMILY("chan", deeds, NULL, check);
