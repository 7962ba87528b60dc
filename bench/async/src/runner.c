/* SPDX-License-Identifier: Apache-2.0 */

/* One executor for one row after another: each leaves it empty. */

#include "runner.h"

struct eddy_executor runner;

void runner_run_ready(void)
{
	eddy_executor_stop(&runner); /* ends the next line, but not before all is done */
	eddy_executor_run(&runner);
}
