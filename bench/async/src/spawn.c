/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The whole life of a task: spawned, resumed for the first time, ended. Per task, sixteen at a
 * time.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define TASKS 16U

struct empty {
	struct eddy_frame frame;
};

async_fn(empty)
{
	async_begin;
	async_end;
}

static EDDY_TASK_STORAGE(empty) tasks[TASKS];

static void run_lives(unsigned int repetitions)
{
	for (size_t i = 0; i < ARRAY_SIZE(tasks); i++) {
		EDDY_TASK_INIT(&tasks[i], empty);
	}
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		for (unsigned int j = 0; j < TASKS; j++) {
			(void)eddy_spawn(&runner, &tasks[j].task); /* cannot fail: it has ended */
		}
		(void)eddy_executor_poll(&runner);
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{.key = "async.spawn", .run = run_lives, .operations = TASKS},
};

const struct bench_family spawn_family = {rows, ARRAY_SIZE(rows)};
