/* SPDX-License-Identifier: Apache-2.0 */

/* Under test: a thread executor on the main thread. */

#include "stopper.h"
#include "under_test.h"

static struct eddy_executor executor;

struct eddy_executor *const under_test = &executor;

void under_test_start(void)
{
	eddy_executor_init(&executor, "thread");
}

int under_test_run(struct eddy_task *task)
{
	stop_when_done(task);
	eddy_executor_run(&executor);
	return eddy_task_try_join(task);
}
