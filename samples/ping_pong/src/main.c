/* SPDX-License-Identifier: Apache-2.0 */

/* Two tasks play a ball to and fro, each stroke through the other one's channel. */

#include "leave.h"

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define STROKES 10U

struct player {
	struct eddy_frame frame;
	const char *name;        /* in */
	struct eddy_chan *mine;  /* in */
	struct eddy_chan *other; /* in */
	uint32_t ball;           /* lives across awaits: who counts the strokes */
};

async_fn(player)
{
	async_begin;
	for (;;) {
		await(eddy_chan_recv(self, my->mine, &my->ball, K_FOREVER));
		if (my->ball == STROKES) {
			break; /* the other one has left */
		}
		my->ball++;
		printk("%s %u\n", my->name, my->ball);
		await(eddy_chan_send(self, my->other, &my->ball, K_FOREVER));
		if (my->ball == STROKES) {
			break;
		}
	}
	async_end;
}

EDDY_CHAN_DEFINE(left, uint32_t, 1);
EDDY_CHAN_DEFINE(right, uint32_t, 1);
EDDY_TASK_DEFINE(ping, player, .name = "ping", .mine = &left, .other = &right);
EDDY_TASK_DEFINE(pong, player, .name = "pong", .mine = &right, .other = &left);

static struct eddy_executor executor;

struct umpire {
	struct eddy_frame frame;
	uint32_t ball;
};

/* A task that waits for tasks. */
async_fn(umpire)
{
	async_begin;
	await(eddy_chan_send(self, &left, &my->ball, K_FOREVER));
	await(eddy_task_join(self, &ping, K_FOREVER));
	await(eddy_task_join(self, &pong, K_FOREVER));
	printk("both have left after %u strokes\n", STROKES);
	eddy_executor_stop(&executor);
	async_end;
}

EDDY_TASK_DEFINE(umpire, umpire);

int main(void)
{
	eddy_executor_init(&executor, "main");
	(void)eddy_spawn(&executor, &ping); /* cannot fail: none of them is active yet */
	(void)eddy_spawn(&executor, &pong);
	(void)eddy_spawn(&executor, &umpire);
	eddy_executor_run(&executor);
	leave(0);
	return 0;
}
