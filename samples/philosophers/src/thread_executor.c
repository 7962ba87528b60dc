/* SPDX-License-Identifier: Apache-2.0 */

/* All philosophers on one thread's stack. */

#include "guests.h"
#include "ways.h"

#include <zephyr/kernel.h>

#define STACK_SIZE 1024
#define PRIORITY   5

static K_THREAD_STACK_DEFINE(stack, STACK_SIZE);
static struct k_thread thread;
static struct eddy_executor executor;

static void run(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_executor_run(&executor);
}

void dine_on_thread(void)
{
	eddy_executor_init(&executor, "table");
	guests_seat(&executor);
	(void)k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), run, NULL, NULL, NULL,
			      PRIORITY, 0, K_NO_WAIT);
	guests_wait();
	eddy_executor_stop(&executor);
	(void)k_thread_join(&thread, K_FOREVER);
}
