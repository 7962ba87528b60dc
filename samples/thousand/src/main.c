/* SPDX-License-Identifier: Apache-2.0 */

/* A thousand tasks sleep and wake on one thread's stack. Their memory is one array. */

#include "leave.h"

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define TASKS 1000U
#define NAPS  3U

struct sleeper {
	struct eddy_frame frame;
	uint16_t nap_ms; /* in */
	uint16_t naps;   /* lives across awaits */
};

static EDDY_TASK_STORAGE(sleeper) sleepers[TASKS];
static struct eddy_executor executor;
static unsigned int finished; /* tasks of one executor need no lock between them */

async_fn(sleeper)
{
	async_begin;
	for (my->naps = 0U; my->naps < NAPS; my->naps++) {
		await(eddy_sleep(self, K_MSEC(my->nap_ms)));
	}
	if (++finished == TASKS) {
		eddy_executor_stop(&executor);
	}
	async_end;
}

int main(void)
{
	unsigned int naps = 0U;

	eddy_executor_init(&executor, "main");
	for (size_t i = 0; i < ARRAY_SIZE(sleepers); i++) {
		EDDY_TASK_INIT(&sleepers[i], sleeper, .nap_ms = (uint16_t)(10U + i % 100U));
		(void)eddy_spawn(&executor, &sleepers[i].task); /* cannot fail: it is idle */
	}
	printk("%u tasks on one thread: %u bytes each, %u in all\n", TASKS,
	       (unsigned int)sizeof(sleepers[0]), (unsigned int)sizeof(sleepers));
	eddy_executor_run(&executor);

	for (size_t i = 0; i < ARRAY_SIZE(sleepers); i++) {
		naps += sleepers[i].frame.naps;
	}
	printk("%u tasks took %u naps in %u ms\n", finished, naps, k_uptime_get_32());
	leave(naps == TASKS * NAPS ? 0 : 1);
	return 0;
}
