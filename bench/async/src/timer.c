/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_sleep(), with 1 to 1,000 other tasks asleep.
 *
 * A segment is the whole await: the deadline is queued, the executor goes to sleep in the kernel, the
 * idle thread waits, the clock interrupts, the executor wakes up and resumes the task. The others
 * sleep on, each until a deadline of its own.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define OTHERS 1000U

struct sleeper {
	struct eddy_frame frame;
	unsigned int index; /* in */
};

async_fn(sleeper)
{
	async_begin;
	await(eddy_sleep(self, K_MSEC(500000U + my->index * 7U)));
	async_end;
}

struct napper {
	struct eddy_frame frame;
	unsigned int left; /* in: how many segments to begin */
};

async_fn(napper)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		bench_begin();
		await(eddy_sleep(self, K_MSEC(1)));
		bench_end();
	}
	eddy_executor_stop(&runner);
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) others[OTHERS];
static EDDY_TASK_STORAGE(napper) measured;

static void run_among(unsigned int count, unsigned int repetitions)
{
	for (unsigned int i = 0; i < count; i++) {
		EDDY_TASK_INIT(&others[i], sleeper, .index = i);
		(void)eddy_spawn(&runner, &others[i].task); /* cannot fail: it is idle */
	}
	runner_run_ready(); /* they are asleep */

	EDDY_TASK_INIT(&measured, napper, .left = repetitions);
	(void)eddy_spawn(&runner, &measured.task);
	eddy_executor_run(&runner);

	for (unsigned int i = 0; i < count; i++) {
		(void)eddy_cancel(&others[i].task); /* cannot fail: it is asleep */
	}
	runner_run_ready();
}

static void run_timer1(unsigned int repetitions)
{
	run_among(1, repetitions);
}

static void run_timer10(unsigned int repetitions)
{
	run_among(10, repetitions);
}

static void run_timer100(unsigned int repetitions)
{
	run_among(100, repetitions);
}

static void run_timer1000(unsigned int repetitions)
{
	run_among(OTHERS, repetitions);
}

static const struct bench_row rows[] = {
	{"async.timer1", run_timer1},
	{"async.timer10", run_timer10},
	{"async.timer100", run_timer100},
	{"async.timer1000", run_timer1000},
};

const struct bench_family timer_family = {rows, ARRAY_SIZE(rows)};
