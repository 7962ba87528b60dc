/* SPDX-License-Identifier: Apache-2.0 */

/* The whole life of a task: spawned, run to its end at the executor's next turn. */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

struct empty {
	struct eddy_frame frame;
};

async_fn(empty)
{
	async_begin;
	async_end;
}

EDDY_TASK_DEFINE(task, empty);

static void run_life(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)eddy_spawn(&runner, &task); /* cannot fail: it has ended */
		(void)eddy_executor_poll(&runner);
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{"async.spawn", run_life},
};

const struct bench_family spawn_family = {rows, ARRAY_SIZE(rows)};
