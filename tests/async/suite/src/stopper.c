/* SPDX-License-Identifier: Apache-2.0 */

/* A task that waits for another one and stops the executor then. */

#include "stopper.h"

#include "under_test.h"

struct stopper {
	struct eddy_frame frame;
	struct eddy_task *task;
};

async_fn(stopper)
{
	async_begin;
	await(eddy_task_join(self, my->task, SOON));
	eddy_executor_stop(under_test);
	async_end;
}

void stop_when_done(struct eddy_task *task)
{
	static EDDY_TASK_STORAGE(stopper) storage;

	EDDY_TASK_INIT(&storage, stopper, .task = task);
	(void)eddy_spawn(under_test, &storage.task); /* it has ended */
}
