/* SPDX-License-Identifier: Apache-2.0 */

/* Two lamps that blink at paces of their own, on one thread's stack, beside an ordinary thread. */

#include <eddy/eddy.h>
#include <zephyr/kernel.h>

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
		await(eddy_sleep(self, K_MSEC(my->period_ms)));
	}
	async_end;
}

EDDY_TASK_DEFINE(red, blink, .lamp = "red", .period_ms = 500);
EDDY_TASK_DEFINE(blue, blink, .lamp = "blue", .period_ms = 333);

static struct eddy_executor executor;

/* A thread waits for tasks. */
static void watch(void *p1, void *p2, void *p3)
{
	(void)eddy_task_join_blocking(&blue, K_FOREVER);
	(void)eddy_task_join_blocking(&red, K_FOREVER);
	printk("both are done after %u ms\n", k_uptime_get_32());
	eddy_executor_stop(&executor);
}

K_THREAD_DEFINE(watcher, 1024, watch, NULL, NULL, NULL, 5, 0, 0);

int main(void)
{
	eddy_executor_init(&executor, "main");
	eddy_spawn(&executor, &red);
	eddy_spawn(&executor, &blue);
	eddy_executor_run(&executor); /* sleeps in the kernel while no task is ready */
	return 0;
}
