/* SPDX-License-Identifier: Apache-2.0 */

/* Two lamps that blink at paces of their own in a program without threads. */

#include <eddy/eddy.h>
#include <zephyr/kernel.h>

#include "leave.h"

static struct eddy_bare_executor executor;

EDDY_CHAN_DEFINE(blinks, const char *, 2);

struct blink {
	struct eddy_frame frame;
	const char *lamp;   /* in */
	uint32_t period_ms; /* in */
	uint32_t count;     /* lives across awaits */
};

async_fn(blink)
{
	async_begin;
	for (my->count = 1; my->count <= 4; my->count++) {
		printk("%s %u\n", my->lamp, my->count);
		await(eddy_chan_send(self, &blinks, &my->lamp, K_FOREVER));
		await(eddy_sleep(self, K_MSEC(my->period_ms)));
	}
	async_end;
}

EDDY_TASK_DEFINE(red, blink, .lamp = "red", .period_ms = 500);
EDDY_TASK_DEFINE(blue, blink, .lamp = "blue", .period_ms = 333);

/* Counts until both lamps are done, then ends the program. */
struct report {
	struct eddy_frame frame;
	const char *lamp;
	uint32_t total;
	int rc;
};

async_fn(report)
{
	async_begin;
	eddy_chan_for_each(self, my->rc, &blinks, &my->lamp) {
		my->total++;
	}
	printk("%u blinks after %u ms, without a thread\n", my->total, k_uptime_get_32());
	eddy_executor_stop(&executor.executor);
	async_end;
}

EDDY_TASK_DEFINE(reporter, report);

/* Ends the reporter's loop when there is nothing more to come. */
struct watch {
	struct eddy_frame frame;
};

async_fn(watch)
{
	async_begin;
	await(eddy_task_join(self, &blue, K_FOREVER));
	await(eddy_task_join(self, &red, K_FOREVER));
	eddy_chan_close(&blinks);
	async_end;
}

EDDY_TASK_DEFINE(watcher, watch);

int main(void)
{
	eddy_bare_executor_init(&executor, "main");
	(void)eddy_spawn(&executor.executor, &red); /* it is idle: cannot fail */
	(void)eddy_spawn(&executor.executor, &blue);
	(void)eddy_spawn(&executor.executor, &reporter);
	(void)eddy_spawn(&executor.executor, &watcher);
	eddy_bare_executor_run(&executor); /* sleeps the CPU while no task is ready */
	leave(0);
	return 0;
}
