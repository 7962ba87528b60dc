/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_chan of words: to and fro through channels of one, and a stream through a channel of
 * sixteen.
 *
 * To and fro, a segment is one way, as with signals. In the stream one segment follows the
 * other: each lasts from the receipt of one item to that of the next, whoever runs in between,
 * so that their mean is the whole cost of an item at both ends.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define CAPACITY 16

struct player {
	struct eddy_frame frame;
	struct eddy_chan *mine;  /* in */
	struct eddy_chan *other; /* in */
	unsigned int left;       /* in: how many segments to begin */
	uint32_t item;
};

async_fn(player)
{
	async_begin;
	for (;;) {
		await(eddy_chan_recv(self, my->mine, &my->item, K_FOREVER));
		bench_end();
		if (my->left-- == 0U) {
			break;
		}
		bench_begin();
		await(eddy_chan_send(self, my->other, &my->item, K_FOREVER));
	}
	(void)eddy_chan_try_send(my->other, &my->item); /* there is room; the other one ends too */
	async_end;
}

EDDY_CHAN_DEFINE(chan_ping, uint32_t, 1);
EDDY_CHAN_DEFINE(chan_pong, uint32_t, 1);
static EDDY_TASK_STORAGE(player) players[2];

static void run_ping_pong(unsigned int repetitions)
{
	uint32_t item = 1;

	EDDY_TASK_INIT(&players[0], player, .mine = &chan_ping, .other = &chan_pong,
		       .left = repetitions / 2U);
	EDDY_TASK_INIT(&players[1], player, .mine = &chan_pong, .other = &chan_ping,
		       .left = repetitions / 2U);
	(void)eddy_spawn(&runner, &players[0].task); /* cannot fail: they are idle */
	(void)eddy_spawn(&runner, &players[1].task);
	runner_run_ready(); /* both wait */
	(void)eddy_chan_try_send(&chan_ping, &item);
	runner_run_ready();
	(void)eddy_chan_try_recv(&chan_ping, &item); /* what the last one to end has sent */
}

struct producer {
	struct eddy_frame frame;
	struct eddy_chan *chan; /* in */
	uint32_t item;
};

async_fn(producer)
{
	int rc;

	async_begin;
	do {
		await_into(rc, eddy_chan_send(self, my->chan, &my->item, K_FOREVER));
	} while (rc == 0);
	async_return(rc); /* canceled */
	async_end;
}

struct consumer {
	struct eddy_frame frame;
	struct eddy_chan *chan; /* in */
	unsigned int warm_up;   /* in: how many items come before the first segment */
	unsigned int left;      /* in: how many segments to begin */
	uint32_t item;
};

async_fn(consumer)
{
	async_begin;
	for (; my->warm_up != 0U; my->warm_up--) {
		await(eddy_chan_recv(self, my->chan, &my->item, K_FOREVER));
	}
	for (;;) {
		await(eddy_chan_recv(self, my->chan, &my->item, K_FOREVER));
		bench_end();
		if (my->left-- == 0U) {
			break;
		}
		bench_begin();
	}
	async_end;
}

EDDY_CHAN_DEFINE(stream, uint32_t, CAPACITY);
static EDDY_TASK_STORAGE(producer) source;
static EDDY_TASK_STORAGE(consumer) sink;

/*
 * The tasks alternate with a period that is a little above the capacity: enough items that a
 * started period does not show.
 */
static void run_stream(unsigned int repetitions)
{
	uint32_t item;

	EDDY_TASK_INIT(&source, producer, .chan = &stream);
	EDDY_TASK_INIT(&sink, consumer, .chan = &stream, .warm_up = 4U * CAPACITY,
		       .left = repetitions * CAPACITY * (CAPACITY + 1U));
	(void)eddy_spawn(&runner, &sink.task); /* cannot fail: they are idle */
	(void)eddy_spawn(&runner, &source.task);
	runner_run_ready();
	(void)eddy_cancel(&source.task);
	runner_run_ready();
	while (eddy_chan_try_recv(&stream, &item) == 0) {
		/* the channel is empty for the next run */
	}
}

static const struct bench_row rows[] = {
	{.key = "async.chan1_pp", .run = run_ping_pong},
	{.key = "async.chan16", .run = run_stream},
};

const struct bench_family chan_family = {rows, ARRAY_SIZE(rows)};
