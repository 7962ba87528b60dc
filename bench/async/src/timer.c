/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_sleep(), with 1 to 1,000 other tasks asleep. They sleep on, each until a deadline of its own.
 *
 * A segment is the whole await, all that is executed between: the deadline is queued, the executor goes
 * to sleep, the clock interrupts, the executor wakes up and resumes the task.
 *
 * timer: under the bare executor, which sleeps the CPU itself, as the peer's does.
 * timer_thread: under the thread executor, which blocks in the kernel: two switches of threads and the
 * idle thread's wake-up come on top. No peer has this row.
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
	struct eddy_executor *executor; /* in: stopped at the end */
	unsigned int left;              /* in: how many naps to take */
};

async_fn(napper)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		bench_begin();
		await(eddy_sleep(self, K_MSEC(1)));
		bench_end();
	}
	eddy_executor_stop(my->executor);
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) others[OTHERS];
static EDDY_TASK_STORAGE(napper) measured;
static struct eddy_bare_executor bare;

static void prepare(struct eddy_executor *executor, unsigned int count, unsigned int repetitions)
{
	for (unsigned int i = 0; i < count; i++) {
		EDDY_TASK_INIT(&others[i], sleeper, .index = i);
		(void)eddy_spawn(executor, &others[i].task); /* cannot fail: it is idle */
	}
	(void)eddy_executor_poll(executor); /* they fall asleep */
	EDDY_TASK_INIT(&measured, napper, .executor = executor, .left = repetitions);
	(void)eddy_spawn(executor, &measured.task); /* cannot fail: it is idle */
}

static void clean_up(struct eddy_executor *executor, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		(void)eddy_cancel(&others[i].task); /* cannot fail: it is asleep */
	}
	(void)eddy_executor_poll(executor); /* they end */
}

static void run_bare(unsigned int count, unsigned int repetitions)
{
	eddy_bare_executor_init(&bare, "bare");
	prepare(&bare.executor, count, repetitions);
	eddy_bare_executor_run(&bare);
	clean_up(&bare.executor, count);
}

static void run_thread(unsigned int count, unsigned int repetitions)
{
	prepare(&runner, count, repetitions);
	eddy_executor_run(&runner);
	clean_up(&runner, count);
}

static void run_bare1(unsigned int repetitions)
{
	run_bare(1, repetitions);
}

static void run_bare10(unsigned int repetitions)
{
	run_bare(10, repetitions);
}

static void run_bare100(unsigned int repetitions)
{
	run_bare(100, repetitions);
}

static void run_bare1000(unsigned int repetitions)
{
	run_bare(OTHERS, repetitions);
}

static void run_thread1(unsigned int repetitions)
{
	run_thread(1, repetitions);
}

static void run_thread1000(unsigned int repetitions)
{
	run_thread(OTHERS, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "async.timer1", .run = run_bare1},
	{.key = "async.timer10", .run = run_bare10},
	{.key = "async.timer100", .run = run_bare100},
	{.key = "async.timer1000", .run = run_bare1000},
	{.key = "async.timer_thread1", .run = run_thread1},
	{.key = "async.timer_thread1000", .run = run_thread1000},
};

const struct bench_family timer_family = {rows, ARRAY_SIZE(rows)};
