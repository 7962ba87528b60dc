/* SPDX-License-Identifier: Apache-2.0 */

/* A task on the main thread blinks. */

#include <eddy/eddy.h>
#include <zephyr/kernel.h>

static volatile bool led;
static struct eddy_executor executor;

struct blink {
	struct eddy_frame frame;
};

async_fn(blink)
{
	async_begin;
	for (;;) {
		led = !led;
		await(eddy_sleep(self, K_MSEC(500)));
	}
	async_end;
}

EDDY_TASK_DEFINE(blinking, blink);

int main(void)
{
	eddy_executor_init(&executor, "main");
	(void)eddy_spawn(&executor, &blinking); /* cannot fail: it is idle */
	eddy_executor_run(&executor);
	return 0;
}
