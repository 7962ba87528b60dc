/* SPDX-License-Identifier: Apache-2.0 */

/* Zephyr's log module "eddy". */

#include <zephyr/logging/log.h>

#include "trace.h"

LOG_MODULE_REGISTER(eddy, CONFIG_EDDY_LOG_LEVEL);

#ifdef CONFIG_EDDY_LOG_LEVEL_DBG
/* Spawning, cancellation and end of a task are told with interrupts locked. */
BUILD_ASSERT(!IS_ENABLED(CONFIG_LOG_BLOCK_IN_THREAD),
	     "eddy's debug messages cannot wait for room in the log");

void eddy_log_task(const struct eddy_task *task, const char *what)
{
	const char *name = eddy_task_name_get(task);

	LOG_DBG("task %p (%s) %s", (const void *)task, name != NULL ? name : "unnamed", what);
}
#endif
