/* SPDX-License-Identifier: Apache-2.0 */

/* Priorities and deadlines of an executor's tasks. */

#include "contexts.h"

struct runner {
	struct eddy_frame frame;
	char letter; /* in */
};

async_fn(runner)
{
	async_begin;
	record(my->letter);
	async_end;
}

static EDDY_TASK_STORAGE(runner) runners[2];

/* Two that are ready. */
static void start_runners(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(runners); i++) {
		EDDY_TASK_INIT(&runners[i], runner, .letter = (char)('a' + i));
		spawn(&runners[i].task);
	}
}

static bool second_runs_first(void)
{
	size_t before = strlen(recorded());

	run_ready();
	return strcmp(recorded() + before, "ba") == 0;
}

static bool both_have_run(void)
{
	run_ready();
	return !eddy_task_is_active(&runners[0].task) && !eddy_task_is_active(&runners[1].task);
}

/* A task that calls comes behind the two. */
static void check_order_later(void)
{
	check_later(eddy_task_is_active(&runners[0].task) ? second_runs_first : both_have_run);
}

ANYWHERE_AFTER(eddy_task_priority_set, start_runners)
{
	check_order_later();
	eddy_task_priority_set(&runners[1].task, -1);
	return eddy_task_priority_get(&runners[1].task) == -1;
}

ANYWHERE_AFTER(eddy_task_priority_get, start_runners)
{
	check_later(both_have_run);
	return eddy_task_priority_get(&runners[0].task) == 0;
}

ANYWHERE_AFTER(eddy_task_deadline_set, start_runners)
{
	check_order_later();
	eddy_task_deadline_set(&runners[1].task, k_uptime_ticks() + 5);
	return true;
}
