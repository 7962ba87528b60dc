/* SPDX-License-Identifier: Apache-2.0 */

/* Under test: a bare executor on main(). */

#include "stopper.h"
#include "under_test.h"

static struct eddy_bare_executor executor;

struct eddy_executor *const under_test = &executor.executor;

void under_test_start(void)
{
	eddy_bare_executor_init(&executor, "bare");
}

int under_test_run(struct eddy_task *task)
{
	stop_when_done(task);
	eddy_bare_executor_run(&executor);
	return eddy_task_try_join(task);
}
