/* SPDX-License-Identifier: Apache-2.0 */

/* The kernel's queues whose one end is polled, and whose other is served by helpers. */

#include <eddy/kernel.h>
#include <eddy/zephyr.h>

#include "soak.h"

/* Message queue. */
K_MSGQ_DEFINE(msgq, sizeof(uint32_t), 3, 4);

struct message {
	struct eddy_k_wait wait;
	struct eddy_k_call call;
	uint32_t value;
};

BUILD_ASSERT(sizeof(struct message) <= DEED_ROOM, "no room");

static bool put_begin(void *room)
{
	struct message *my = room;

	my->value = value_new(&k_msgq_family);
	return true;
}

static int put_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct message *my = room;

	return eddy_k_msgq_put(self, &my->call, &msgq, &my->value, timeout);
}

static int put_block(void *room, k_timeout_t timeout)
{
	struct message *my = room;

	return k_msgq_put(&msgq, &my->value, timeout);
}

static int put_try(void *room)
{
	return put_block(room, K_NO_WAIT);
}

static bool put_end(void *room, int result)
{
	struct message *my = room;

	value_sent(&k_msgq_family, my->value, result == 0);
	return false;
}

static bool get_begin(void *room)
{
	struct message *my = room;

	my->value = 0xa5a5a5a5U;
	return true;
}

static int get_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct message *my = room;

	return eddy_k_msgq_get(self, &my->wait, &msgq, &my->value, timeout);
}

static int get_block(void *room, k_timeout_t timeout)
{
	struct message *my = room;

	return k_msgq_get(&msgq, &my->value, timeout);
}

static int get_try(void *room)
{
	return get_block(room, K_NO_WAIT);
}

static bool get_end(void *room, int result)
{
	struct message *my = room;

	if (result == 0) {
		value_received(&k_msgq_family, my->value);
	}
	return false;
}

static void check_msgq(void)
{
	struct message my;

	while (get_try(&my) == 0) {
		(void)get_end(&my, 0);
	}
}

static struct deed msgq_deeds[] = {
	{
		.name = "k_msgq_put",
		.begin = put_begin,
		.wait = put_wait,
		.block = put_block,
		.try = put_try,
		.end = put_end,
		.weight = 2,
	},
	{
		.name = "k_msgq_get",
		.begin = get_begin,
		.wait = get_wait,
		.block = get_block,
		.try = get_try,
		.end = get_end,
		.weight = 2,
	},
};

struct family k_msgq_family = FAMILY("k_msgq", msgq_deeds, NULL, check_msgq);

/* Pipe: as many bytes of each value come out as went in. */
#define MOST 12U

K_PIPE_DEFINE(kernel_pipe, 10, 4);
static uint32_t put[256];
static uint32_t got[256];

struct stream {
	union {
		struct eddy_k_wait wait;
		struct eddy_k_call call;
	};
	uint32_t size;
	uint8_t bytes[MOST];
};

BUILD_ASSERT(sizeof(struct stream) <= DEED_ROOM, "no room");

static bool stream_begin(void *room)
{
	struct stream *my = room;

	my->size = 1U + chance(MOST);
	for (uint32_t i = 0U; i < my->size; i++) {
		my->bytes[i] = (uint8_t)chance(256);
	}
	return true;
}

static int write_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	return eddy_k_pipe_write(self, &my->call, &kernel_pipe, my->bytes, my->size, timeout);
}

static int write_block(void *room, k_timeout_t timeout)
{
	struct stream *my = room;
	int result = eddy_k_pipe_put_(&kernel_pipe, my->bytes, my->size, timeout);

	return result > 0 ? result : -ENOMSG;
}

static int write_try(void *room)
{
	return write_block(room, K_NO_WAIT);
}

static bool write_end(void *room, int result)
{
	struct stream *my = room;

	CHECK(&k_pipe_family, result <= (int)my->size);
	for (int i = 0; i < result; i++) {
		put[my->bytes[i]]++;
	}
	return false;
}

static int read_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	return eddy_k_pipe_read(self, &my->wait, &kernel_pipe, my->bytes, my->size, timeout);
}

static int read_block(void *room, k_timeout_t timeout)
{
	struct stream *my = room;
	int result = eddy_k_pipe_get_(&kernel_pipe, my->bytes, my->size, timeout);

	return result > 0 ? result : -ENOMSG;
}

static int read_try(void *room)
{
	return read_block(room, K_NO_WAIT);
}

static bool read_end(void *room, int result)
{
	struct stream *my = room;

	CHECK(&k_pipe_family, result <= (int)my->size);
	for (int i = 0; i < result; i++) {
		got[my->bytes[i]]++;
	}
	return false;
}

static void check_pipe(void)
{
	struct stream my = {.size = 1U};

	while (read_try(&my) == 1) {
		(void)read_end(&my, 1);
	}
	for (uint32_t i = 0U; i < 256U; i++) {
		CHECK(&k_pipe_family, put[i] == got[i]);
	}
}

static struct deed pipe_deeds[] = {
	{
		.name = "k_pipe_put",
		.begin = stream_begin,
		.wait = write_wait,
		.block = write_block,
		.try = write_try,
		.end = write_end,
		.weight = 2,
	},
	{
		.name = "k_pipe_get",
		.begin = stream_begin,
		.wait = read_wait,
		.block = read_block,
		.try = read_try,
		.end = read_end,
		.weight = 2,
	},
};

struct family k_pipe_family = FAMILY("k_pipe", pipe_deeds, NULL, check_pipe);
