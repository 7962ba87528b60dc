/* SPDX-License-Identifier: Apache-2.0 */

/* The list of active tasks, and walks over it. */

#include "async_test.h"

#include <eddy/monitor.h>

ZTEST_SUITE(async_monitor, NULL, NULL, async_before, async_after, NULL);

static EDDY_SIGNAL_DEFINE(gate);

struct listed {
	struct eddy_frame frame;
	k_timeout_t nap; /* first */
};

async_fn(listed)
{
	async_begin;
	await(eddy_sleep(self, my->nap));
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

static void spawn_listed(int i, const char *name, k_timeout_t nap)
{
	EDDY_TASK_INIT(&tasks[i], listed, .nap = nap);
	eddy_task_name_set(&tasks[i].task, name);
	spawn(&tasks[i].task);
}

static void spawn_xyz(void)
{
	spawn_listed(0, "x", K_NO_WAIT);
	spawn_listed(1, "y", K_NO_WAIT);
	spawn_listed(2, "z", K_NO_WAIT);
	run_ready();
}

static void end(int i)
{
	eddy_cancel(&tasks[i].task);
	run_ready();
}

static void end_xyz(void)
{
	end(0);
	end(1);
	end(2);
}

/* Records whom a walk tells about, at most @count. */
static void record_walk(struct eddy_task_walk *walk, int count)
{
	struct eddy_task_info info;

	while (count-- > 0 && eddy_task_walk_next(walk, &info)) {
		record(info.name[0]);
	}
}

/* A walk tells about all tasks, in the order in which they were spawned. */
ZTEST(async_monitor, test_a_walk)
{
	struct eddy_task_walk walk;

	eddy_task_walk_begin(&walk);
	record_walk(&walk, 9);
	eddy_task_walk_end(&walk);
	record('.');
	spawn_xyz();
	eddy_task_walk_begin(&walk);
	record_walk(&walk, 9);
	eddy_task_walk_end(&walk);
	end_xyz();
	zassert_str_equal(recorded(), ".xyz");
}

/* Tasks that end during a walk, wherever it stands, do not end it: it tells about the others. */
ZTEST(async_monitor, test_tasks_end_during_a_walk)
{
	for (int told = 0; told <= 3; told++) {
		for (int gone = 0; gone < 3; gone++) {
			struct eddy_task_walk walk;

			spawn_xyz();
			eddy_task_walk_begin(&walk);
			record_walk(&walk, told);
			end(gone);
			record_walk(&walk, 9);
			eddy_task_walk_end(&walk);
			record('.');
			end_xyz();
		}
	}
	zassert_recorded("yz.xz.xy.xyz.xz.xy.xyz.xyz.xy.xyz.xyz.xyz.");
}

/* If all end, it has nobody left to tell about, whoever is spawned then. */
ZTEST(async_monitor, test_all_tasks_end_during_a_walk)
{
	for (int told = 0; told <= 3; told++) {
		struct eddy_task_walk walk;

		spawn_xyz();
		eddy_task_walk_begin(&walk);
		record_walk(&walk, told);
		end_xyz();
		spawn_xyz();
		record_walk(&walk, 9);
		eddy_task_walk_end(&walk);
		record('.');
		end_xyz();
	}
	zassert_recorded(".x.xy.xyz.");
}

/* A task that ends and is spawned anew, again and again, is not told about again: a walk ends. */
ZTEST(async_monitor, test_a_task_is_spawned_during_a_walk)
{
	struct eddy_task_walk walk;

	spawn_xyz();
	eddy_task_walk_begin(&walk);
	for (int i = 0; i < 4; i++) {
		record_walk(&walk, 1);
		end(0);
		spawn_listed(0, "x", K_NO_WAIT);
		run_ready();
	}
	eddy_task_walk_end(&walk);
	end_xyz();
	zassert_recorded("xyz");
}

/* Several walk at a time, and end in any order. */
ZTEST(async_monitor, test_walks_at_a_time)
{
	struct eddy_task_walk walks[3];

	spawn_xyz();
	for (int i = 0; i < 3; i++) {
		eddy_task_walk_begin(&walks[i]);
		record_walk(&walks[i], i);
	}
	eddy_task_walk_end(&walks[1]);
	end(0);
	record('.');
	record_walk(&walks[0], 9);
	eddy_task_walk_end(&walks[0]);
	end(2);
	record('.');
	record_walk(&walks[2], 9);
	eddy_task_walk_end(&walks[2]);
	end(1);
	zassert_recorded("xxy.yz.");
}

/* What is told about the only task. */
static struct eddy_task_info info_of_one(void)
{
	struct eddy_task_walk walk;
	struct eddy_task_info info;

	eddy_task_walk_begin(&walk);
	zassert_true(eddy_task_walk_next(&walk, &info));
	zassert_false(eddy_task_walk_next(&walk, &(struct eddy_task_info){.task = NULL}));
	eddy_task_walk_end(&walk);
	return info;
}

/* A task is told about: its executor, state, place, deadline, size. */
ZTEST(async_monitor, test_what_is_told_about_a_task)
{
	struct eddy_task_info info;
	k_ticks_t wake;

	spawn_listed(0, "x", K_MSEC(100));
	info = info_of_one();
	zassert_equal_ptr(info.task, &tasks[0].task);
	zassert_str_equal(info.name, "x");
	zassert_equal_ptr(info.executor.executor, &executor);
	zassert_str_equal(info.executor.name, "test");
	zassert_equal_ptr(info.executor.thread, k_current_get());
	zassert_equal(info.executor.prio, k_thread_priority_get(k_current_get()));
	zassert_str_equal(eddy_task_state_str(&info), "ready");
	zassert_equal(info.deadline, -1);
	zassert_equal(info.cycles, 0);

	wake = k_uptime_ticks() + k_ms_to_ticks_ceil32(100);
	run_ready();
	info = info_of_one();
	zassert_str_equal(eddy_task_state_str(&info), "sleeping");
	zassert_within(info.deadline, wake, 1);
	zassert_equal_ptr(info.where, eddy_task_where(&tasks[0].task));
#if __ASSERT_ON
	zassert_equal(info.size, sizeof(tasks[0]));
#else
	zassert_equal(info.size, 0U);
#endif

	run_for(K_MSEC(120));
	info = info_of_one();
	zassert_str_equal(eddy_task_state_str(&info), "waiting");
	zassert_equal(info.deadline, -1);
	zassert_equal_ptr(info.where, eddy_task_where(&tasks[0].task));
	eddy_cancel(&tasks[0].task);
	info = info_of_one();
	zassert_true((info.state & EDDY_TASK_CANCELED) != 0U);
	zassert_str_equal(eddy_task_state_str(&info), "ready");
	run_ready();
}

/* Looks at itself, then waits for either signal. */
struct selector {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	struct eddy_task_info self;
};

static EDDY_SIGNAL_DEFINE(other_gate);

async_fn(selector)
{
	async_begin;
	my->self = info_of_one();
	eddy_select_init(&my->select);
	eddy_signal_wait_arm(&my->select.arm[0], &gate, NULL);
	eddy_signal_wait_arm(&my->select.arm[1], &other_gate, NULL);
	await(eddy_select(self, &my->select, K_FOREVER));
	async_end;
}

/* A task that runs, and one that waits in a select, have states of their own. */
ZTEST(async_monitor, test_states)
{
	static EDDY_TASK_STORAGE(selector) task;
	struct eddy_task_info info;

	EDDY_TASK_INIT(&task, selector);
	spawn(&task.task);
	run_ready();
	zassert_str_equal(eddy_task_state_str(&task.frame.self), "running");
	info = info_of_one();
	zassert_str_equal(eddy_task_state_str(&info), "selecting");
	eddy_cancel(&task.task);
	run_ready();
}

/* An executor is listed as long as it has tasks; the numbers are theirs. */
ZTEST(async_monitor, test_executors_are_listed)
{
	static struct eddy_executor second;
	struct eddy_executor_info list[3];

	zassert_equal(eddy_executor_list(list, 3), 0U);
	eddy_executor_init(&second, "second");
	spawn_listed(0, "x", K_NO_WAIT);
	run_ready();
	spawn_listed(1, "y", K_NO_WAIT);
	EDDY_TASK_INIT(&tasks[2], listed);
	zassert_equal(eddy_spawn(&second, &tasks[2].task), 0);

	zassert_equal(eddy_executor_list(list, 3), 2U);
	zassert_equal_ptr(list[0].executor, &executor);
	zassert_equal(list[0].tasks, 2U);
	zassert_equal(list[0].ready, 1U);
	zassert_is_null(list[0].running);
	zassert_str_equal(list[1].name, "second");
	zassert_equal(list[1].tasks, 1U);
	zassert_equal(list[1].ready, 1U);
	zassert_equal(eddy_executor_list(list, 1), 1U, "no room for the other");
	zassert_equal_ptr(list[0].executor, &executor);
	zassert_equal(list[0].tasks, 2U);

	eddy_cancel(&tasks[2].task);
	while (eddy_executor_poll(&second)) {
	}
	memset(&second, 0xFF, sizeof(second)); /* nothing leads to it any more */
	zassert_equal(eddy_executor_list(list, 3), 1U);
	end(0);
	end(1);
	zassert_equal(eddy_executor_list(list, 3), 0U);
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

static uint64_t executor_cycles(void)
{
	struct eddy_executor_info info;

	zassert_equal(eddy_executor_list(&info, 1), 1U);
	return info.cycles;
}

/* Each task's cycles are those that it ran for; an executor keeps those of its tasks that end. */
ZTEST(async_monitor, test_cycles_are_counted_per_task)
{
	EDDY_TASK_INIT(&busy_tasks[0], busy, .busy_us = 1000U);
	EDDY_TASK_INIT(&busy_tasks[1], busy, .busy_us = 3000U);
	spawn(&busy_tasks[0].task);
	spawn(&busy_tasks[1].task);
	run_ready();
	zassert_within(k_cyc_to_us_floor32(busy_tasks[0].task.cycles), 2000, 400);
	zassert_within(k_cyc_to_us_floor32(busy_tasks[1].task.cycles), 6000, 1200);
	zassert_equal(executor_cycles(), busy_tasks[0].task.cycles + busy_tasks[1].task.cycles);

	eddy_cancel(&busy_tasks[0].task);
	run_ready();
	zassert_within(k_cyc_to_us_floor32((uint32_t)executor_cycles()), 8000, 1600, "less one");
	eddy_cancel(&busy_tasks[1].task);
	run_ready();
}
