/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_sleep(), with 1 to 1,000 other tasks asleep. They sleep on, each until a deadline of its
 * own.
 *
 * timer: the library's own work for one sleep, under eddy_executor_poll(). Two segments make up one
 * sleep. Scheduling: from before the await to the return of the poll that ran the task. Expiry and
 * resume: from the next poll, the deadline having come, to behind the await.
 *
 * timer_bare: the whole await, under the bare executor: what is executed until the CPU sleeps, the
 * clock interrupt, the resume. timer_thread: the same under the thread executor, which blocks in
 * the kernel: two switches of threads and the idle thread come on top. No peer has these rows.
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

struct dozer {
	struct eddy_frame frame;
	unsigned int left; /* in: how many naps to take */
};

async_fn(dozer)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		bench_begin();
		await(eddy_sleep(self, K_TICKS(2)));
		bench_end();
	}
	async_end;
}

static EDDY_TASK_STORAGE(dozer) dozing;
static EDDY_TASK_STORAGE(sleeper) others[OTHERS];
static EDDY_TASK_STORAGE(napper) measured;
static struct eddy_bare_executor bare;

static void put_to_sleep(struct eddy_executor *executor, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		EDDY_TASK_INIT(&others[i], sleeper, .index = i);
		(void)eddy_spawn(executor, &others[i].task); /* cannot fail: it is idle */
	}
	(void)eddy_executor_poll(executor); /* they fall asleep */
}

static void prepare(struct eddy_executor *executor, unsigned int count, unsigned int repetitions)
{
	put_to_sleep(executor, count);
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

static void run_polled(unsigned int count, unsigned int repetitions)
{
	put_to_sleep(&runner, count);
	EDDY_TASK_INIT(&dozing, dozer, .left = repetitions);
	(void)eddy_spawn(&runner, &dozing.task); /* cannot fail: it is idle */
	while (eddy_task_is_active(&dozing.task)) {
		(void)eddy_executor_poll(&runner);
		bench_end();
		k_busy_wait(k_ticks_to_us_ceil32(4U)); /* let the deadline come */
		if (dozing.frame.left != 0U) {
			bench_begin();
		}
	}
	clean_up(&runner, count);
}

static void run_polled1(unsigned int repetitions)
{
	run_polled(1, repetitions);
}

static void run_polled10(unsigned int repetitions)
{
	run_polled(10, repetitions);
}

static void run_polled100(unsigned int repetitions)
{
	run_polled(100, repetitions);
}

static void run_polled1000(unsigned int repetitions)
{
	run_polled(OTHERS, repetitions);
}

static void run_bare1(unsigned int repetitions)
{
	run_bare(1, repetitions);
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
	{.key = "async.timer1", .run = run_polled1, .segments = 2},
	{.key = "async.timer10", .run = run_polled10, .segments = 2},
	{.key = "async.timer100", .run = run_polled100, .segments = 2},
	{.key = "async.timer1000", .run = run_polled1000, .segments = 2},
	{.key = "async.timer_bare1", .run = run_bare1},
	{.key = "async.timer_thread1", .run = run_thread1},
	{.key = "async.timer_thread1000", .run = run_thread1000},
};

const struct bench_family timer_family = {rows, ARRAY_SIZE(rows)};
