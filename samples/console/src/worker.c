/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The worker: more urgent than the tasks, so a job starts as soon as it is sent.
 *
 * Its channel shows two of the three faces: the task sends without blocking its thread, the thread
 * blocks until there is something to do.
 */

#include "worker.h"

#include "thread_notes.h"

#define PRIORITY 5

EDDY_CHAN_DEFINE(worker_jobs, struct job, 1);

static void work(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		struct job job;

		(void)blocks(eddy_chan_recv_blocking(&worker_jobs, &job, K_FOREVER));
		job.run(job.argument);
	}
}

K_THREAD_DEFINE(worker, CONFIG_CONSOLE_THREAD_STACK_SIZE, work, NULL, NULL, NULL, PRIORITY, 0, 0);
