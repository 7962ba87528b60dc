/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Two tasks that blink at paces of their own on the bare executor: what a program of tasks takes at
 * least.
 */

#include <eddy/executor_bare.h>
#include <eddy/time.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

/* The LEDs of the board: a word of its FPGA's registers. */
#define LEDS ((volatile uint32_t *)0x40028000U)

struct blink {
	struct eddy_frame frame;
	uint32_t led;       /* in */
	uint32_t period_ms; /* in */
};

async_fn(blink)
{
	async_begin;
	for (;;) {
		*LEDS ^= my->led;
		await(eddy_sleep(self, K_MSEC(my->period_ms)));
	}
	async_end;
}

EDDY_TASK_DEFINE(red, blink, .led = BIT(0), .period_ms = 500U);
EDDY_TASK_DEFINE(blue, blink, .led = BIT(1), .period_ms = 333U);

static struct eddy_bare_executor executor;

int main(void)
{
	eddy_bare_executor_init(&executor, "main");
	(void)eddy_spawn(&executor.executor, &red); /* it is idle: cannot fail */
	(void)eddy_spawn(&executor.executor, &blue);
	eddy_bare_executor_run(&executor);
	return 0;
}
