/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_sem and eddy_mutex with nobody else about.
 *
 * A segment is a pair: take and give, lock and unlock. The objects lie in the frame: their
 * addresses cost nothing. Elsewhere they may cost one load more.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

struct taker {
	struct eddy_frame frame;
	struct eddy_sem sem; /* in */
	unsigned int left;   /* in: how many segments to begin */
};

async_fn(taker)
{
	async_begin;
	await(eddy_yield(self)); /* as a task that has been about for a while */
	do {
		bench_begin();
		await(eddy_sem_take(self, &my->sem, K_FOREVER));
		eddy_sem_give(&my->sem);
		bench_end();
	} while (--my->left != 0U);
	async_end;
}

static EDDY_TASK_STORAGE(taker) the_taker;

static void run_sem(unsigned int repetitions)
{
	EDDY_TASK_INIT(&the_taker, taker, .sem = EDDY_SEM_INITIALIZER(1, 1), .left = repetitions);
	(void)eddy_spawn(&runner, &the_taker.task); /* cannot fail: it is idle */
	runner_run_ready();
}

struct locker {
	struct eddy_frame frame;
	struct eddy_mutex mutex; /* in */
	unsigned int left;       /* in: how many segments to begin */
};

async_fn(locker)
{
	async_begin;
	await(eddy_yield(self)); /* as a task that has been about for a while */
	do {
		bench_begin();
		await(eddy_mutex_lock(self, &my->mutex, K_FOREVER));
		(void)eddy_mutex_unlock(self, &my->mutex); /* it is ours */
		bench_end();
	} while (--my->left != 0U);
	async_end;
}

static EDDY_TASK_STORAGE(locker) the_locker;

static void run_mutex(unsigned int repetitions)
{
	EDDY_TASK_INIT(&the_locker, locker, .mutex = EDDY_MUTEX_INITIALIZER, .left = repetitions);
	(void)eddy_spawn(&runner, &the_locker.task); /* cannot fail: it is idle */
	runner_run_ready();
}

static const struct bench_row rows[] = {
	{.key = "async.sem", .run = run_sem},
	{.key = "async.mutex", .run = run_mutex},
};

const struct bench_family sem_family = {rows, ARRAY_SIZE(rows)};
