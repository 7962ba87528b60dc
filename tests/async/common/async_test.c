/* SPDX-License-Identifier: Apache-2.0 */

/* Executors for tests. */

#include <string.h>

#include "async_test.h"

struct eddy_executor executor;

static void stop_on_expiry(struct k_timer *timer)
{
	eddy_executor_stop(k_timer_user_data_get(timer));
}

static K_TIMER_DEFINE(stopper, stop_on_expiry, NULL);

void async_before(void *fixture)
{
	workers_before(fixture);
	k_timer_stop(&stopper);
	eddy_executor_init(&executor, "test");
}

void pass_after_assertion(void)
{
	memset(&eddy_lock, 0, sizeof(eddy_lock));
	ztest_test_pass();
}

void spawn(struct eddy_task *task)
{
	zassert_equal(eddy_spawn(&executor, task), 0);
}

void run_ready(void)
{
	while (eddy_executor_poll(&executor)) {
	}
}

/* Joins another task, then stops the executor. */
struct watch {
	struct eddy_frame frame;
	struct eddy_task *task;
};

async_fn(watch)
{
	async_begin;
	await(eddy_task_join(self, my->task, SOON));
	eddy_executor_stop(&executor);
	async_end;
}

void run_until_done(struct eddy_task *task)
{
	static EDDY_TASK_STORAGE(watch) watcher;

	EDDY_TASK_INIT(&watcher, watch, .task = task);
	spawn(&watcher.task);
	eddy_executor_run(&executor);
	zassert_equal(eddy_task_try_join(task), 0, "the task is not done");
}

void run_for(k_timeout_t duration)
{
	k_timer_user_data_set(&stopper, &executor);
	k_timer_start(&stopper, duration, K_NO_WAIT);
	eddy_executor_run(&executor);
}

static void run_executor(void *other, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_executor_run(other);
}

k_tid_t start_executor(struct eddy_executor *other, int prio)
{
	eddy_executor_init(other, "other");
	return worker_start(prio, run_executor, other);
}
