/* SPDX-License-Identifier: Apache-2.0 */

/* The list of active tasks. */

#include "async_test.h"

ZTEST_SUITE(async_monitor, NULL, NULL, async_before, async_after, NULL);

static EDDY_SIGNAL_DEFINE(gate);

struct listed {
	struct eddy_frame frame;
};

async_fn(listed)
{
	async_begin;
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(listed) tasks[3];

/* Records the name of each task, one letter. */
static void record_list(void)
{
	for (struct eddy_task *task = eddy_task_iterate(NULL); task != NULL;
	     task = eddy_task_iterate(task)) {
		record(task->name[0]);
	}
	record('.');
}

/* The list holds the tasks that are active, in the order in which they were spawned. */
ZTEST(async_monitor, test_the_list_holds_the_active_tasks)
{
	static const char *const names[] = {"x", "y", "z"};

	record_list();
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&tasks[i], listed);
		eddy_task_name_set(&tasks[i].task, names[i]);
		spawn(&tasks[i].task);
	}
	record_list();

	run_ready();
	eddy_cancel(&tasks[1].task);
	run_ready();
	record_list();
	zassert_is_null(eddy_task_iterate(&tasks[1].task), "it has ended");

	eddy_cancel(&tasks[0].task);
	eddy_cancel(&tasks[2].task);
	run_ready();
	record_list();
	zassert_str_equal(recorded(), ".xyz.xz..");
}

EDDY_TASK_DEFINE(well_known, listed);

/* A task defined at build time has its variable's name. */
ZTEST(async_monitor, test_a_defined_task_has_a_name)
{
	zassert_str_equal(well_known.name, "well_known");
}

struct busy {
	struct eddy_frame frame;
	uint32_t busy_us;
};

async_fn(busy)
{
	async_begin;
	k_busy_wait(my->busy_us);
	await(eddy_yield(self));
	k_busy_wait(my->busy_us);
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(busy) busy_tasks[2];

/* Each task's cycles are those that it ran for. */
ZTEST(async_monitor, test_cycles_are_counted_per_task)
{
	EDDY_TASK_INIT(&busy_tasks[0], busy, .busy_us = 1000U);
	EDDY_TASK_INIT(&busy_tasks[1], busy, .busy_us = 3000U);
	spawn(&busy_tasks[0].task);
	spawn(&busy_tasks[1].task);
	run_ready();
	zassert_within(k_cyc_to_us_floor32(busy_tasks[0].task.cycles), 2000, 400);
	zassert_within(k_cyc_to_us_floor32(busy_tasks[1].task.cycles), 6000, 1200);

	eddy_cancel(&busy_tasks[0].task);
	eddy_cancel(&busy_tasks[1].task);
	run_ready();
}
