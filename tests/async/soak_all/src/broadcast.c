/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Broadcasts. To one, messages are posted, one poster at a time, so each knows its number: a
 * subscriber must be told exactly how many it has missed. To the other, all wait for room: nobody
 * misses anything, and all see the same messages in the same places.
 */

#include "soak.h"

struct message {
	uint32_t number;
	uint32_t inverse;
};

EDDY_BROADCAST_DEFINE(posted, struct message, 4);
static uint32_t last_number;
static bool is_posting;

EDDY_BROADCAST_DEFINE(published, struct message, 3);
static uint32_t next_number = 1U;
static uint32_t published_count;

#define PLACES 1024U

/* What was at which place of `published`. */
static struct {
	uint32_t place; /* + 1 */
	uint32_t number;
} log[PLACES];

static void note(uint32_t place, uint32_t number)
{
	if (log[place % PLACES].place <= place) {
		log[place % PLACES].place = place + 1U;
		log[place % PLACES].number = number;
	} else if (log[place % PLACES].place == place + 1U) {
		CHECK(&broadcast_family, log[place % PLACES].number == number);
	}
}

/* A subscription: in a play of several messages, or in a deed for one. */
struct subscription {
	struct eddy_subscriber subscriber;
	struct message message;
	uint32_t read;   /* What the subscriber has to have left behind. */
	uint32_t number; /* Of the message before, if it was posted. */
};

BUILD_ASSERT(sizeof(struct subscription) <= ARM_ROOM, "no room");

static void subscribe(struct subscription *my)
{
	eddy_broadcast_subscribe(&my->subscriber, chance(2) == 0U ? &posted : &published);
	my->read = my->subscriber.read;
	my->number = my->read; /* messages are numbered from 1 */
}

static void received(struct subscription *my, int result)
{
	count(&broadcast_family, result);
	if (result < 0) {
		CHECK(&broadcast_family, result == -EAGAIN || result == -ECANCELED);
		CHECK(&broadcast_family, my->subscriber.read == my->read);
		return;
	}
	CHECK(&broadcast_family, my->message.inverse == ~my->message.number);
	my->read += 1U + (uint32_t)result;
	CHECK(&broadcast_family, my->subscriber.read == my->read);
	if (my->subscriber.broadcast == &posted) {
		my->number += 1U + (uint32_t)result;
		CHECK(&broadcast_family, my->message.number == my->number);
	} else {
		CHECK(&broadcast_family, result == 0);
		note(my->read - 1U, my->message.number);
	}
}

struct listener {
	struct eddy_frame frame;
	struct subscription subscription;
	uint32_t rounds;
	int result;
};

async_fn(listener)
{
	async_begin;
	subscribe(&my->subscription);
	for (my->rounds = 1U + chance(10); my->rounds > 0U; my->rounds--) {
		await_into(my->result, eddy_broadcast_recv(self, &my->subscription.subscriber,
							   &my->subscription.message, some_time()));
		received(&my->subscription, my->result);
		if (my->result == -ECANCELED) {
			break;
		}
		if (chance(4) == 0U) {
			await(eddy_sleep(self, K_TICKS(chance(4))));
		}
	}
	eddy_broadcast_unsubscribe(&my->subscription.subscriber);
	async_return(my->result);
	async_end;
}

PLAY(listener)

static void listen_in_thread(void)
{
	struct subscription my;

	subscribe(&my);
	for (uint32_t rounds = 1U + chance(10); rounds > 0U && !quit; rounds--) {
		received(&my,
			 eddy_broadcast_recv_blocking(&my.subscriber, &my.message, some_limit()));
	}
	eddy_broadcast_unsubscribe(&my.subscriber);
}

/* One message, or none. */
static bool once_begin(void *room)
{
	subscribe(room);
	return true;
}

static int once_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct subscription *my = room;

	return eddy_broadcast_recv(self, &my->subscriber, &my->message, timeout);
}

static int once_block(void *room, k_timeout_t timeout)
{
	struct subscription *my = room;

	return eddy_broadcast_recv_blocking(&my->subscriber, &my->message, timeout);
}

static int once_try(void *room)
{
	struct subscription *my = room;

	return eddy_broadcast_try_recv(&my->subscriber, &my->message);
}

static void once_arm(struct eddy_arm *arm, void *room)
{
	struct subscription *my = room;

	eddy_broadcast_recv_arm(arm, &my->subscriber, &my->message);
}

static bool once_end(void *room, int result)
{
	struct subscription *my = room;

	received(my, result);
	eddy_broadcast_unsubscribe(&my->subscriber);
	return false;
}

/* Publishing. */
static bool publish_begin(void *room)
{
	struct message *my = room;

	my->number = next_number++;
	my->inverse = ~my->number;
	return true;
}

static int publish_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	return eddy_broadcast_publish(self, &published, room, timeout);
}

static int publish_block(void *room, k_timeout_t timeout)
{
	return eddy_broadcast_publish_blocking(&published, room, timeout);
}

static int publish_try(void *room)
{
	return eddy_broadcast_try_publish(&published, room);
}

static void publish_arm(struct eddy_arm *arm, void *room)
{
	eddy_broadcast_publish_arm(arm, &published, room);
}

static bool publish_end(void *room, int result)
{
	ARG_UNUSED(room);
	CHECK(&broadcast_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	published_count += result == 0 ? 1U : 0U;
	return false;
}

static void post(void)
{
	struct message message;

	if (is_posting) {
		return;
	}
	is_posting = true;
	last_number++;
	message.number = last_number;
	message.inverse = ~last_number;
	if (chance(2) == 0U) {
		eddy_broadcast_post(&posted, &message);
	} else if (eddy_broadcast_try_publish(&posted, &message) != 0) {
		last_number--;
	}
	count(&broadcast_family, 0);
	is_posting = false;
}

static void check(void)
{
	CHECK(&broadcast_family, posted.published == last_number);
	CHECK(&broadcast_family, published.published == published_count);
	CHECK(&broadcast_family, posted.subscribers == 0U && published.subscribers == 0U);
	CHECK(&broadcast_family, posted.receivers.last == NULL && posted.publishers.last == NULL);
	CHECK(&broadcast_family, published.receivers.last == NULL);
	CHECK(&broadcast_family, published.publishers.last == NULL);
}

static struct deed deeds[] = {
	{.name = "listen", .play = play_listener, .thread = listen_in_thread, .weight = 2},
	{
		.name = "recv",
		.begin = once_begin,
		.wait = once_wait,
		.block = once_block,
		.try = once_try,
		.arm = once_arm,
		.end = once_end,
	},
	{
		.name = "publish",
		.begin = publish_begin,
		.wait = publish_wait,
		.block = publish_block,
		.try = publish_try,
		.arm = publish_arm,
		.end = publish_end,
		.weight = 2,
	},
	{.name = "post", .now = post, .weight = 2},
};

struct family broadcast_family = FAMILY("broadcast", deeds, NULL, check);
