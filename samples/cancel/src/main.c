/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A task is canceled while it holds a resource.
 *
 * Cancellation is an error code: the innermost await returns -ECANCELED, each function passes it on
 * as it would any other error, and the one that took the resource gives it back. Whoever canceled
 * waits until that has happened.
 */

#include "leave.h"

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define BLOCKS   100U
#define BLOCK_MS 10

static bool bus_taken; /* stands for any resource: a lock, a chip select, a buffer on loan */

struct send_block {
	struct eddy_frame frame;
	unsigned int number; /* in */
};

async_fn(send_block)
{
	int rc;

	async_begin;
	printk("upload: block %u\n", my->number);
	await_into(rc, eddy_sleep(self, K_MSEC(BLOCK_MS))); /* stands for the transfer */
	async_return(rc);
	async_end;
}

struct upload {
	struct eddy_frame frame;
	unsigned int block;
	union {
		struct send_block send;
	} call;
};

async_fn(upload)
{
	int rc;

	async_begin;
	bus_taken = true;
	for (my->block = 0U; my->block < BLOCKS; my->block++) {
		await_into(rc, eddy_call(self, send_block, &my->call.send, .number = my->block));
		if (rc != 0) {
			printk("upload: canceled, releasing the bus\n");
			bus_taken = false;
			async_return(rc);
		}
	}
	bus_taken = false;
	async_end;
}

EDDY_TASK_DEFINE(upload, upload);

static struct eddy_executor executor;

struct supervisor {
	struct eddy_frame frame;
};

async_fn(supervisor)
{
	async_begin;
	await(eddy_sleep(self, K_MSEC(2 * BLOCK_MS + BLOCK_MS / 2)));
	printk("supervisor: enough\n");
	(void)eddy_cancel(&upload); /* it cannot have ended yet */
	await(eddy_task_join(self, &upload, K_FOREVER));
	eddy_executor_stop(&executor);
	async_end;
}

EDDY_TASK_DEFINE(supervisor, supervisor);

int main(void)
{
	bool all_well;

	eddy_executor_init(&executor, "main");
	(void)eddy_spawn(&executor, &upload); /* cannot fail: neither is active yet */
	(void)eddy_spawn(&executor, &supervisor);
	eddy_executor_run(&executor);

	all_well = eddy_task_result(&upload) == -ECANCELED && !bus_taken;
	printk("upload has ended with %s, the bus is %s\n", all_well ? "-ECANCELED" : "a surprise",
	       bus_taken ? "taken" : "free");
	leave(all_well ? 0 : 1);
	return 0;
}
