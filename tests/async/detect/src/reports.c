/* SPDX-License-Identifier: Apache-2.0 */

/* Misuse that is reported: tasks that block, that run long, that are not resumed. */

#include "async_test.h"

#include <eddy/detect.h>

static struct {
	unsigned int count;
	enum eddy_finding finding;
	const struct eddy_task *task;
	const void *where;
	uint32_t us;
} report;

void eddy_task_report(enum eddy_finding finding, const struct eddy_task *task, const void *where,
		      uint32_t us)
{
	report.count++;
	report.finding = finding;
	report.task = task;
	report.where = where;
	report.us = us;
}

static void before(void *fixture)
{
	async_before(fixture);
	memset(&report, 0, sizeof(report));
}

ZTEST_SUITE(async_reports, NULL, NULL, before, async_after, NULL);

/* Does something between two awaits. */
struct performer {
	struct eddy_frame frame;
	void (*act)(void);
	int rounds;
	k_timeout_t pause;
};

async_fn(performer)
{
	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		await(eddy_sleep(self, my->pause));
		if (my->act != NULL) {
			my->act();
		}
	}
	await(eddy_yield(self));
	async_end;
}

static EDDY_TASK_STORAGE(performer) performer_task;

static void set_up(void (*act)(void), int rounds, k_timeout_t pause)
{
	EDDY_TASK_INIT(&performer_task, performer, .act = act, .rounds = rounds, .pause = pause);
}

static void run(void)
{
	spawn(&performer_task.task);
	run_until_done(&performer_task.task);
}

static void block_long(void)
{
	k_sleep(K_MSEC(5 * CONFIG_EDDY_DETECT_BLOCKED_MS));
}

static K_SEM_DEFINE(never, 0, 1);

static void pend_long(void)
{
	(void)k_sem_take(&never, K_MSEC(5 * CONFIG_EDDY_DETECT_BLOCKED_MS)); /* in vain */
}

/* A task that sleeps in its thread, or waits for a kernel object, is reported once each time. */
ZTEST(async_reports, test_a_task_blocks_its_thread)
{
	set_up(block_long, 1, K_TICKS(5));
	run();
	zassert_equal(report.count, 1U);
	zassert_equal(report.finding, EDDY_TASK_BLOCKS);
	zassert_equal_ptr(report.task, &performer_task.task);
	zassert_not_null(report.where);

	set_up(pend_long, 2, K_TICKS(5));
	run();
	zassert_equal(report.count, 3U);
}

static void work_long(void)
{
	k_busy_wait(5U * CONFIG_EDDY_DETECT_BLOCKED_MS * 1000U);
}

static void hog(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_busy_wait(5U * CONFIG_EDDY_DETECT_BLOCKED_MS * 1000U);
}

static void be_preempted(void)
{
	worker_start(PRIO_HIGH, hog, NULL);
}

/* One that is busy, or preempted, or waits properly does not block. */
ZTEST(async_reports, test_a_task_does_not_block)
{
	set_up(work_long, 1, K_TICKS(5));
	run();
	set_up(be_preempted, 1, K_TICKS(5));
	run();
	set_up(NULL, 2, K_MSEC(5 * CONFIG_EDDY_DETECT_BLOCKED_MS));
	run();
	zassert_equal(report.count, 0U);
}

static void work_2_ms(void)
{
	k_busy_wait(2000U);
}

/* A task that runs longer than its budget is reported; the longest run is kept. */
ZTEST(async_reports, test_a_budget_is_exceeded)
{
	set_up(work_2_ms, 3, K_TICKS(5));
	eddy_task_budget_set(&performer_task.task, 1000U);
	run();
	zassert_equal(report.count, 3U);
	zassert_equal(report.finding, EDDY_TASK_OVER_BUDGET);
	zassert_equal_ptr(report.task, &performer_task.task);
	zassert_between_inclusive(report.us, 2000U, 2500U);
	zassert_between_inclusive(eddy_task_longest_us(&performer_task.task), 2000U, 2500U);
}

/* One that keeps to its budget, or has none, is not. */
ZTEST(async_reports, test_a_budget_is_kept)
{
	set_up(work_2_ms, 3, K_TICKS(5));
	eddy_task_budget_set(&performer_task.task, 3000U);
	run();
	set_up(work_2_ms, 3, K_TICKS(5));
	run();
	zassert_equal(report.count, 0U);
	zassert_true(eddy_task_longest_us(&performer_task.task) >= 2000U);
}

static struct eddy_task_watch watch;

/* A task that is watched and sleeps too long is reported, again and again, until it ends. */
ZTEST(async_reports, test_a_task_is_late)
{
	set_up(NULL, 1, K_MSEC(95));
	eddy_task_watch(&watch, &performer_task.task, K_MSEC(20));
	run();
	zassert_equal(report.count, 4U, "%u reports", report.count);
	zassert_equal(report.finding, EDDY_TASK_LATE);
	zassert_equal_ptr(report.task, &performer_task.task);
	zassert_between_inclusive(report.us, 20000U, 21000U);
	k_sleep(K_MSEC(100));
	zassert_equal(report.count, 4U, "it has ended");
	eddy_task_unwatch(&watch);
}

/* One that is resumed in time is not; nor one that is watched no longer. */
ZTEST(async_reports, test_a_task_is_in_time)
{
	set_up(NULL, 30, K_MSEC(8));
	eddy_task_watch(&watch, &performer_task.task, K_MSEC(10));
	run();
	eddy_task_unwatch(&watch);
	set_up(NULL, 1, K_MSEC(95));
	eddy_task_watch(&watch, &performer_task.task, K_MSEC(10));
	eddy_task_unwatch(&watch);
	run();
	zassert_equal(report.count, 0U);
}
