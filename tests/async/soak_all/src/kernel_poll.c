/* SPDX-License-Identifier: Apache-2.0 */

/* The kernel's objects that are awaited by polling: semaphores, queues. */

#include <eddy/kernel.h>

#include "soak.h"

/* Semaphore: units that are given back. */
#define UNITS 2U

static K_SEM_DEFINE(sem, UNITS, UNITS);
static uint32_t held;

struct take {
	struct eddy_k_wait wait;
};

BUILD_ASSERT(sizeof(struct take) <= DEED_ROOM, "no room");

static bool begin(void *room)
{
	ARG_UNUSED(room);
	return true;
}

static int take_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct take *my = room;

	return eddy_k_sem_take(self, &my->wait, &sem, timeout);
}

static int take_block(void *room, k_timeout_t timeout)
{
	ARG_UNUSED(room);
	return k_sem_take(&sem, timeout);
}

static int take_try(void *room)
{
	ARG_UNUSED(room);
	return k_sem_take(&sem, K_NO_WAIT);
}

static bool take_end(void *room, int result)
{
	ARG_UNUSED(room);
	if (result == 0) {
		held++;
		CHECK(&k_sem_family, held <= UNITS);
	}
	return result == 0;
}

static void take_give_back(void *room, struct eddy_task *self)
{
	ARG_UNUSED(room);
	ARG_UNUSED(self);
	held--;
	k_sem_give(&sem);
	count(&k_sem_family, 0);
}

static void check_sem(void)
{
	CHECK(&k_sem_family, held == 0U && k_sem_count_get(&sem) == UNITS);
}

static struct deed sem_deeds[] = {
	{
		.name = "k_sem_take",
		.begin = begin,
		.wait = take_wait,
		.block = take_block,
		.try = take_try,
		.end = take_end,
		.give_back = take_give_back,
		.weight = 2,
	},
};

struct family k_sem_family = FAMILY("k_sem", sem_deeds, NULL, check_sem);

/* Queues of all kinds: nodes that are out or in. */
#define NODES 8U

static K_FIFO_DEFINE(fifo);
static K_LIFO_DEFINE(lifo);
static K_QUEUE_DEFINE(queue);

static struct node {
	void *reserved;
	uint32_t value;
	bool is_in;
} nodes[NODES];

struct get {
	struct eddy_k_wait wait;
	void *node;
	uint32_t kind;
};

BUILD_ASSERT(sizeof(struct get) <= DEED_ROOM, "no room");

static bool get_begin(void *room)
{
	struct get *my = room;

	my->kind = chance(3);
	return true;
}

static int get_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct get *my = room;

	switch (my->kind) {
	case 0:
		return eddy_k_fifo_get(self, &my->wait, &fifo, &my->node, timeout);
	case 1:
		return eddy_k_lifo_get(self, &my->wait, &lifo, &my->node, timeout);
	default:
		return eddy_k_queue_get(self, &my->wait, &queue, &my->node, timeout);
	}
}

static int get_block(void *room, k_timeout_t timeout)
{
	struct get *my = room;

	switch (my->kind) {
	case 0:
		my->node = k_fifo_get(&fifo, timeout);
		break;
	case 1:
		my->node = k_lifo_get(&lifo, timeout);
		break;
	default:
		my->node = k_queue_get(&queue, timeout);
		break;
	}
	return my->node != NULL ? 0 : -ENOMSG;
}

static int get_try(void *room)
{
	return get_block(room, K_NO_WAIT);
}

static bool get_end(void *room, int result)
{
	struct get *my = room;
	struct node *node = my->node;

	if (result == 0) {
		CHECK(&k_queue_family, node >= nodes && node < &nodes[NODES] && node->is_in);
		value_received(&k_queue_family, node->value);
		node->is_in = false;
	}
	return false;
}

/* Look whether there is a unit or a node; take neither. */
struct poll {
	struct eddy_k_wait wait;
	struct k_poll_event events[2];
};

BUILD_ASSERT(sizeof(struct poll) <= DEED_ROOM, "no room");

static bool poll_begin(void *room)
{
	struct poll *my = room;

	k_poll_event_init(&my->events[0], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);
	k_poll_event_init(&my->events[1], K_POLL_TYPE_FIFO_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &fifo);
	return true;
}

static int poll_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct poll *my = room;

	return eddy_k_poll(self, &my->wait, my->events, ARRAY_SIZE(my->events), timeout);
}

static bool poll_end(void *room, int result)
{
	struct poll *my = room;

	CHECK(&k_queue_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result == 0) {
		CHECK(&k_queue_family, my->events[0].state != K_POLL_STATE_NOT_READY ||
					       my->events[1].state != K_POLL_STATE_NOT_READY);
	}
	return false;
}

static void put(void)
{
	struct node *node = &nodes[chance(NODES)];

	if (!node->is_in && !quit) {
		node->is_in = true;
		node->value = value_new(&k_queue_family);
		value_sent(&k_queue_family, node->value, true);
		switch (chance(3)) {
		case 0:
			k_fifo_put(&fifo, node);
			break;
		case 1:
			k_lifo_put(&lifo, node);
			break;
		default:
			k_queue_append(&queue, node);
			break;
		}
		count(&k_queue_family, 0);
	}
}

static void check_fifo(void)
{
	struct get my;

	for (my.kind = 0U; my.kind < 3U; my.kind++) {
		while (get_try(&my) == 0) {
			(void)get_end(&my, 0);
		}
	}
	for (uint32_t i = 0U; i < NODES; i++) {
		CHECK(&k_queue_family, !nodes[i].is_in);
	}
}

static struct deed fifo_deeds[] = {
	{
		.name = "k_queue_get",
		.begin = get_begin,
		.wait = get_wait,
		.block = get_block,
		.try = get_try,
		.end = get_end,
		.weight = 2,
	},
	{.name = "k_poll", .begin = poll_begin, .wait = poll_wait, .end = poll_end},
	{.name = "k_queue_put", .now = put, .weight = 2},
};

struct family k_queue_family = FAMILY("k_queue", fifo_deeds, NULL, check_fifo);
