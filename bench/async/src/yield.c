/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_yield(), with and without somebody to yield to.
 *
 * A segment is one switch: from before one task's await to behind that of the task that runs next.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

struct yielder {
	struct eddy_frame frame;
	unsigned int left; /* in: how many segments to begin */
};

async_fn(yielder)
{
	async_begin;
	await(eddy_yield(self)); /* so that every counted resume is a later one */
	for (;;) {
		bench_end();
		if (my->left-- == 0U) {
			break;
		}
		bench_begin();
		await(eddy_yield(self));
	}
	async_end;
}

static EDDY_TASK_STORAGE(yielder) tasks[2];

static void run_tasks(unsigned int count, unsigned int repetitions)
{
	for (unsigned int i = 0; i < count; i++) {
		EDDY_TASK_INIT(&tasks[i], yielder, .left = repetitions / count);
		(void)eddy_spawn(&runner, &tasks[i].task); /* cannot fail: it is idle */
	}
	runner_run_ready();
}

static void run_yield2(unsigned int repetitions)
{
	run_tasks(2, repetitions);
}

static void run_yield1(unsigned int repetitions)
{
	run_tasks(1, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "async.yield2", .run = run_yield2},
	{.key = "async.yield1", .run = run_yield1},
};

const struct bench_family yield_family = {rows, ARRAY_SIZE(rows)};
