/* SPDX-License-Identifier: Apache-2.0 */

/* Under test: an executor on a work queue. */

#include "under_test.h"

#define STACK_SIZE 2048

static K_THREAD_STACK_DEFINE(stack, STACK_SIZE);
static struct k_work_q queue;
static struct eddy_work_executor executor;

struct eddy_executor *const under_test = &executor.executor;

void under_test_start(void)
{
	k_work_queue_start(&queue, stack, STACK_SIZE, K_PRIO_PREEMPT(1), NULL);
	eddy_work_executor_init(&executor, "work", &queue);
}

int under_test_run(struct eddy_task *task)
{
	return eddy_task_join_blocking(task, SOON);
}
