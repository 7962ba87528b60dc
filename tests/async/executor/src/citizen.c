/* SPDX-License-Identifier: Apache-2.0 */

/* An executor is a good citizen: with nothing to do it leaves the CPU to others, and to idling. */

#include "async_test.h"

static struct eddy_executor urgent;
static uint32_t rounds;

/* A thread below the executor that computes without ever waiting. */
static void compute(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		rounds++;
		k_busy_wait(100U);
	}
}

static EDDY_SIGNAL_DEFINE(gate);

struct sleeper {
	struct eddy_frame frame;
	k_timeout_t period;
	int rounds;
};

async_fn(sleeper)
{
	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		await(eddy_sleep(self, my->period));
	}
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) sleeper_task;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
	rounds = 0U;
}

ZTEST_SUITE(async_citizen, NULL, NULL, before, async_after, NULL);

static void spawn_sleeper(k_timeout_t period, int count)
{
	EDDY_TASK_INIT(&sleeper_task, sleeper, .period = period, .rounds = count);
	zassert_equal(eddy_spawn(&urgent, &sleeper_task.task), 0);
}

static void end_sleeper(void)
{
	zassert_true(eddy_task_is_active(&sleeper_task.task));
	zassert_equal(eddy_cancel(&sleeper_task.task), 0);
	zassert_equal(eddy_task_try_join(&sleeper_task.task), 0);
}

/* A thread less urgent than a busy executor's gets all the time that its tasks do not use. */
ZTEST(async_citizen, test_a_thread_below_runs_while_tasks_wait)
{
	start_executor(&urgent, PRIO_HIGH);
	worker_start(PRIO_LOW, compute, NULL);
	spawn_sleeper(K_MSEC(1), 100);
	k_sleep(K_MSEC(100));
	zassert_true(rounds >= 800U, "%u of 1000 rounds in 100 ms", rounds);
	end_sleeper();
}

/* The same when nothing at all happens in the executor. */
ZTEST(async_citizen, test_a_thread_below_runs_while_an_executor_is_empty)
{
	start_executor(&urgent, PRIO_COOP);
	worker_start(PRIO_LOW, compute, NULL);
	k_sleep(K_MSEC(100));
	zassert_true(rounds >= 900U, "%u of 1000 rounds in 100 ms", rounds);
}

/* A cooperative executor too lets the others run while its tasks wait. */
ZTEST(async_citizen, test_a_cooperative_executor_lets_others_run)
{
	start_executor(&urgent, PRIO_COOP);
	worker_start(PRIO_LOW, compute, NULL);
	spawn_sleeper(K_FOREVER, 1);
	k_sleep(K_MSEC(100));
	zassert_true(rounds >= 900U, "%u of 1000 rounds in 100 ms", rounds);
	end_sleeper();
}

/* Cycles that the idle thread did not have, among all cycles, since the last call. */
static void busy_share(uint64_t *busy, uint64_t *all)
{
	static k_thread_runtime_stats_t last;
	k_thread_runtime_stats_t stats;

	zassert_equal(k_thread_runtime_stats_all_get(&stats), 0);
	*busy = stats.total_cycles - last.total_cycles;
	*all = stats.execution_cycles - last.execution_cycles;
	last = stats;
}

/* An executor whose tasks all wait uses no CPU: the idle thread runs for ten seconds. */
ZTEST(async_citizen, test_an_idle_executor_uses_no_cpu)
{
	uint64_t busy;
	uint64_t all;

	start_executor(&urgent, PRIO_HIGH);
	spawn_sleeper(K_SECONDS(60), 1);
	busy_share(&busy, &all);
	k_sleep(K_SECONDS(10));
	busy_share(&busy, &all);
	zassert_true(all >= k_ms_to_cyc_floor64(9900), "the clock stood still");
	zassert_true(busy < all / 1000U, "more than 0.1 %% busy");
	end_sleeper();
}

/* Its thread is not even looked at: it has used the same cycles before and after. */
ZTEST(async_citizen, test_an_idle_executor_is_not_resumed)
{
	k_tid_t thread = start_executor(&urgent, PRIO_HIGH);
	k_thread_runtime_stats_t before_stats;
	k_thread_runtime_stats_t after_stats;

	spawn_sleeper(K_SECONDS(60), 1);
	zassert_equal(k_thread_runtime_stats_get(thread, &before_stats), 0);
	k_sleep(K_SECONDS(10));
	zassert_equal(k_thread_runtime_stats_get(thread, &after_stats), 0);
	zassert_equal(after_stats.execution_cycles, before_stats.execution_cycles);
	end_sleeper();
}
