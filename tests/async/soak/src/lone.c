/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Lone wakes: one task or thread, one interrupt per wait, at any moment from shortly before the
 * wait to long after it. In a crowd a lost wake would be made good by the next one; here it would
 * be the end.
 */

#include <interrupt_hook.h>
#include <random.h>

#include "soak.h"

#define ROUNDS 2000U

static EDDY_SIGNAL_DEFINE(bell);
static struct eddy_executor urgent;
static struct eddy_bare_executor bare;

/* Whether somebody waits for the bell, or is about to; and how often it was heard. */
static volatile bool is_due;
static volatile uint32_t rounds;
static bool ended;

static void before(void *fixture)
{
	async_before(fixture);
	random_init();
	eddy_signal_init(&bell);
	is_due = false;
	rounds = 0U;
	ended = false;
}

static void after(void *fixture)
{
	set_interrupt_hook(NULL);
	async_after(fixture);
}

ZTEST_SUITE(async_lone, NULL, NULL, before, after, NULL);

static void ring_once(void)
{
	if (is_due && random_below(8) == 0U) {
		is_due = false;
		eddy_signal_raise(&bell, rounds);
	}
}

/* Time limits that are never reached are set and removed all the time. */
static k_timeout_t long_time(void)
{
	return random_below(2) == 0U ? K_FOREVER : K_SECONDS(100 + random_below(100));
}

struct waiter {
	struct eddy_frame frame;
	uintptr_t value;
	int result;
};

async_fn(waiter)
{
	async_begin;
	while (rounds < ROUNDS) {
		is_due = true;
		await_into(my->result, eddy_signal_wait(self, &bell, &my->value, long_time()));
		zassert_equal(my->result, 0);
		zassert_equal(my->value, rounds);
		rounds++;
		if (random_below(4) == 0U) {
			await(eddy_sleep(self, K_TICKS(random_below(3))));
		}
	}
	ended = true;
	async_end;
}

static EDDY_TASK_STORAGE(waiter) waiter_task;

/* Have @hook interrupt, wait until all has ended, and see that each interrupt has its effect. */
static void watch_progress(void (*hook)(void))
{
	unsigned int idle_looks = 0U;

	set_interrupt_hook(hook);
	while (!ended) {
		uint32_t rounds_before = rounds;
		bool was_due = is_due;

		k_sleep(K_MSEC(5));
		if (ended || was_due || is_due || rounds > rounds_before) {
			idle_looks = 0U;
		} else {
			idle_looks++; /* what ended our sleep may have rung just now */
		}
		zassert_true(idle_looks < 2U, "stuck after %u rounds", rounds);
	}
	zassert_equal(rounds, ROUNDS);
}

/* A task of an executor more urgent than the test. */
ZTEST(async_lone, test_a_task)
{
	start_executor(&urgent, PRIO_HIGH);
	EDDY_TASK_INIT(&waiter_task, waiter);
	zassert_equal(eddy_spawn(&urgent, &waiter_task.task), 0);
	watch_progress(ring_once);
}

static void run_bare(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_bare_executor_run(&bare);
}

/* A task of a bare executor, less urgent than the test. */
ZTEST(async_lone, test_a_task_of_a_bare_executor)
{
	eddy_bare_executor_init(&bare, "bare");
	EDDY_TASK_INIT(&waiter_task, waiter);
	zassert_equal(eddy_spawn(&bare.executor, &waiter_task.task), 0);
	worker_start(PRIO_LOW, run_bare, NULL);
	watch_progress(ring_once);
	set_interrupt_hook(NULL);
	eddy_executor_stop(&bare.executor);
	k_sleep(K_SECONDS(1));
}

static void wait_in_thread(void *p1, void *p2, void *p3)
{
	uintptr_t value;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (rounds < ROUNDS) {
		is_due = true;
		zassert_equal(eddy_signal_wait_blocking(&bell, &value, long_time()), 0);
		zassert_equal(value, rounds);
		rounds++;
	}
	ended = true;
}

/* A thread that blocks. */
ZTEST(async_lone, test_a_thread)
{
	worker_start(PRIO_HIGH, wait_in_thread, NULL);
	watch_progress(ring_once);
}

/* Stopped once per run, by an interrupt. */
static void stop_once(void)
{
	if (is_due && random_below(8) == 0U) {
		is_due = false;
		eddy_executor_stop(&urgent);
	}
}

static void run_and_be_stopped(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (; rounds < ROUNDS; rounds++) {
		is_due = true;
		eddy_executor_run(&urgent);
	}
	ended = true;
}

struct sleeper {
	struct eddy_frame frame;
};

/* Gives the executor deadlines to sleep for. */
async_fn(sleeper)
{
	async_begin;
	while (!ended) {
		await(eddy_sleep(self, K_TICKS(1U + random_below(3))));
	}
	async_end;
}

/* An executor that is stopped and run again, with deadlines coming at the same time. */
ZTEST(async_lone, test_stops)
{
	static EDDY_TASK_STORAGE(sleeper) sleepers[3];

	eddy_executor_init(&urgent, "urgent");
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&sleepers[i], sleeper);
		zassert_equal(eddy_spawn(&urgent, &sleepers[i].task), 0);
	}
	worker_start(PRIO_HIGH, run_and_be_stopped, NULL);
	watch_progress(stop_once);
}
