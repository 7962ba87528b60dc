/* SPDX-License-Identifier: Apache-2.0 */

/* All philosophers on the system's work queue, in turn with whatever else is submitted there. */

#include "guests.h"
#include "ways.h"

#include <eddy/executor_work.h>
#include <zephyr/kernel.h>

static struct eddy_work_executor executor;

void dine_on_work_queue(void)
{
	eddy_work_executor_init(&executor, "table", &k_sys_work_q);
	guests_seat(&executor.executor);
	guests_wait();
}
