/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A task that waits deep inside nested calls: what it costs to resume it there.
 *
 * The innermost of `depth` called functions yields to nobody. A segment lasts from before its await
 * to behind it; the first await, which returns through all callers, is not counted.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define DEEPEST 16U

struct nested {
	struct eddy_frame frame;
	unsigned int depth; /* in: how many calls are still to be made */
	unsigned int left;  /* in: how many segments the innermost one has */
};

static struct nested called[DEEPEST];

async_fn(nested)
{
	async_begin;
	if (my->depth > 0U) {
		await(eddy_call(self, nested, &called[my->depth - 1U], .depth = my->depth - 1U,
				.left = my->left));
		async_return(0);
	}
	await(eddy_yield(self));
	for (; my->left != 0U; my->left--) {
		bench_begin();
		await(eddy_yield(self));
		bench_end();
	}
	async_end;
}

static EDDY_TASK_STORAGE(nested) outermost;

static void run_depth(unsigned int depth, unsigned int repetitions)
{
	EDDY_TASK_INIT(&outermost, nested, .depth = depth, .left = repetitions);
	(void)eddy_spawn(&runner, &outermost.task); /* cannot fail: it is idle */
	runner_run_ready();
}

static void run_nest1(unsigned int repetitions)
{
	run_depth(1, repetitions);
}

static void run_nest16(unsigned int repetitions)
{
	run_depth(DEEPEST, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "async.nest1", .run = run_nest1},
	{.key = "async.nest16", .run = run_nest16},
};

const struct bench_family nest_family = {rows, ARRAY_SIZE(rows)};
