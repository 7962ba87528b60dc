/* SPDX-License-Identifier: Apache-2.0 */

/* Those that show what tasks do. */

#include "contexts.h"

#include <eddy/monitor.h>
#include <eddy/trace.h>

struct seen {
	struct eddy_frame frame;
};

async_fn(seen)
{
	async_begin;
	await(eddy_yield(self));
	async_end;
}

static EDDY_TASK_STORAGE(seen) seen_task;
static struct eddy_task_walk walk;

static void start_seen(void)
{
	EDDY_TASK_INIT(&seen_task, seen);
	spawn(&seen_task.task);
}

static void start_walk(void)
{
	start_seen();
	eddy_task_walk_begin(&walk);
}

static bool seen_ends(void)
{
	run_ready();
	return !eddy_task_is_active(&seen_task.task);
}

/* Whether the walk, which is under way, comes to the task; then it ends. */
static bool is_walked_to(void)
{
	struct eddy_task_info info;
	bool found = false;

	while (eddy_task_walk_next(&walk, &info)) {
		found = found || info.task == &seen_task.task;
	}
	eddy_task_walk_end(&walk);
	return found;
}

ANYWHERE_AFTER(eddy_task_walk_begin, start_seen)
{
	check_later(seen_ends);
	eddy_task_walk_begin(&walk);
	return is_walked_to();
}

ANYWHERE_AFTER(eddy_task_walk_next, start_walk)
{
	struct eddy_task_info info;

	/* A task that calls may have been spawned before or behind it. */
	check_later(seen_ends);
	do {
		if (!eddy_task_walk_next(&walk, &info)) {
			eddy_task_walk_end(&walk);
			return false;
		}
	} while (info.task != &seen_task.task);
	eddy_task_walk_end(&walk);
	return true;
}

static bool walks_anew(void)
{
	bool found;

	if (!seen_ends()) {
		return false;
	}
	start_walk();
	found = is_walked_to();
	return seen_ends() && found;
}

ANYWHERE_AFTER(eddy_task_walk_end, start_walk)
{
	check_later(walks_anew);
	eddy_task_walk_end(&walk);
	return true;
}

ANYWHERE(eddy_task_state_str)
{
	const struct eddy_task_info info = {.state = EDDY_TASK_ACTIVE};

	return strcmp(eddy_task_state_str(&info), "ready") == 0;
}

ANYWHERE_AFTER(eddy_executor_list, start_seen)
{
	struct eddy_executor_info list[2];

	check_later(seen_ends);
	return eddy_executor_list(list, ARRAY_SIZE(list)) == 1U && list[0].executor == &executor;
}

#ifdef CONFIG_EDDY_TRACING
ANYWHERE(eddy_trace_name)
{
	return strcmp(eddy_trace_name(EDDY_TRACE_TASK_RUNS), "eddy_task_run") == 0;
}
#endif
