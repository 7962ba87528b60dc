/* SPDX-License-Identifier: Apache-2.0 */

/* The bare executor: sleeps the CPU itself, wakes by interrupts, loses no wake. */

#include "async_test.h"
#include "sleeper.h"

static EDDY_SIGNAL_DEFINE(signal);
static struct eddy_bare_executor bare;

/* Waits for the signal with a time limit. */
struct listener {
	struct eddy_frame frame;
	k_timeout_t timeout;
	uintptr_t value;
	int64_t ended;
};

async_fn(listener)
{
	int result;

	async_begin;
	await_into(result, eddy_signal_wait(self, &signal, &my->value, my->timeout));
	my->ended = k_uptime_ticks();
	record('l');
	async_return(result);
	async_end;
}

/* Stops the executor when all of @tasks are done. */
struct stopper {
	struct eddy_frame frame;
	struct eddy_task *tasks[3];
	int i;
};

async_fn(stopper)
{
	async_begin;
	for (; my->i < 3 && my->tasks[my->i] != NULL; my->i++) {
		await(eddy_task_join(self, my->tasks[my->i], K_FOREVER));
	}
	eddy_executor_stop(&bare.executor);
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) sleepers[2];
static EDDY_TASK_STORAGE(listener) listener_task;
static EDDY_TASK_STORAGE(stopper) stopper_task;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&signal);
	eddy_bare_executor_init(&bare, "bare");
}

ZTEST_SUITE(async_bare, NULL, NULL, before, async_after, NULL);

static void spawn_sleeper(int index, k_timeout_t timeout, int rounds)
{
	EDDY_TASK_INIT(&sleepers[index], sleeper, .letter = (char)('a' + index), .timeout = timeout,
		       .rounds = rounds);
	zassert_equal(eddy_spawn(&bare.executor, &sleepers[index].task), 0);
}

static void spawn_listener(k_timeout_t timeout)
{
	EDDY_TASK_INIT(&listener_task, listener, .timeout = timeout);
	zassert_equal(eddy_spawn(&bare.executor, &listener_task.task), 0);
}

/* Run until these tasks are done; NULL ends the list. */
static void run_bare(struct eddy_task *a, struct eddy_task *b, struct eddy_task *c)
{
	EDDY_TASK_INIT(&stopper_task, stopper, .tasks = {a, b, c});
	zassert_equal(eddy_spawn(&bare.executor, &stopper_task.task), 0);
	eddy_bare_executor_run(&bare);
	zassert_equal(eddy_task_try_join(&stopper_task.task), 0);
}

/* Sleeps have the length asked for, and wake in the order of their deadlines. */
ZTEST(async_bare, test_sleeps)
{
	spawn_sleeper(0, K_TICKS(300), 2);
	spawn_sleeper(1, K_TICKS(200), 4);
	run_bare(&sleepers[0].task, &sleepers[1].task, NULL);
	zassert_str_equal(recorded(), "bababb");
	zassert_between_inclusive(sleepers[0].frame.ended - sleepers[0].frame.began, 600,
				  600 + 2 * LATE);
	zassert_between_inclusive(sleepers[1].frame.ended - sleepers[1].frame.began, 800,
				  800 + 4 * LATE);
}

static void raise_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	eddy_signal_raise(&signal, 7U);
}

static K_TIMER_DEFINE(raiser, raise_on_expiry, NULL);

/* An interrupt wakes a task at once, whatever deadlines there are. */
ZTEST(async_bare, test_an_interrupt_wakes)
{
	int64_t start = k_uptime_ticks();

	spawn_listener(K_SECONDS(100));
	k_timer_start(&raiser, K_TICKS(50), K_NO_WAIT);
	run_bare(&listener_task.task, NULL, NULL);
	zassert_equal(eddy_task_result(&listener_task.task), 0);
	zassert_equal(listener_task.frame.value, 7U);
	zassert_between_inclusive(listener_task.frame.ended - start, 50, 50 + LATE);
}

/* A wait in vain times out. */
ZTEST(async_bare, test_a_wait_times_out)
{
	int64_t start = k_uptime_ticks();

	spawn_listener(K_TICKS(120));
	run_bare(&listener_task.task, NULL, NULL);
	zassert_equal(eddy_task_result(&listener_task.task), -EAGAIN);
	zassert_between_inclusive(listener_task.frame.ended - start, 120, 120 + LATE);
}

/* Keeps the executor busy beyond the listener's deadline, then serves the listener after all. */
struct late {
	struct eddy_frame frame;
};

async_fn(late)
{
	async_begin;
	await(eddy_yield(self));
	k_busy_wait(k_ticks_to_us_ceil32(40));
	eddy_signal_raise(&signal, 8U);
	async_end;
}

/* An alarm whose task was served meanwhile wakes no other before its time. */
ZTEST(async_bare, test_an_outdated_alarm_wakes_nobody_early)
{
	static EDDY_TASK_STORAGE(late) late_task;

	spawn_listener(K_TICKS(20));
	spawn_sleeper(0, K_TICKS(5000), 1);
	EDDY_TASK_INIT(&late_task, late);
	zassert_equal(eddy_spawn(&bare.executor, &late_task.task), 0);
	run_bare(&listener_task.task, &sleepers[0].task, NULL);
	zassert_str_equal(recorded(), "la");
	zassert_between_inclusive(sleepers[0].frame.ended - sleepers[0].frame.began, 5000,
				  5000 + LATE);
}

/* Sleeping until a time that is over ends at once. */
ZTEST(async_bare, test_sleep_until_a_time_in_the_past)
{
	k_sleep(K_TICKS(10));
	spawn_sleeper(0, K_TIMEOUT_ABS_TICKS(0), 2);
	spawn_sleeper(1, K_TIMEOUT_ABS_TICKS(k_uptime_ticks() - 5), 2);
	spawn_listener(K_TICKS(50));
	run_bare(&listener_task.task, NULL, NULL);
	zassert_equal(eddy_task_try_join(&sleepers[0].task), 0);
	zassert_equal(eddy_task_try_join(&sleepers[1].task), 0);
}

static void stop_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	eddy_executor_stop(&bare.executor);
}

static K_TIMER_DEFINE(stop_timer, stop_on_expiry, NULL);

/* An interrupt stops it while it sleeps; it can run again, and nothing was lost. */
ZTEST(async_bare, test_an_interrupt_stops_it)
{
	int64_t start = k_uptime_ticks();

	spawn_sleeper(0, K_SECONDS(10), 1);
	k_timer_start(&stop_timer, K_TICKS(50), K_NO_WAIT);
	eddy_bare_executor_run(&bare);
	zassert_between_inclusive(k_uptime_ticks() - start, 50, 50 + LATE);
	zassert_true(eddy_task_is_active(&sleepers[0].task));

	run_bare(&sleepers[0].task, NULL, NULL);
	zassert_between_inclusive(k_uptime_ticks() - start, K_SECONDS(10).ticks,
				  K_SECONDS(10).ticks + 5);
}

static void raise_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_TICKS(30));
	eddy_signal_raise(&signal, 9U);
}

/* A more urgent thread runs while the executor sleeps, and wakes its tasks. */
ZTEST(async_bare, test_an_urgent_thread_wakes)
{
	worker_start(PRIO_HIGH, raise_in_thread, NULL);
	spawn_listener(K_SECONDS(100));
	run_bare(&listener_task.task, NULL, NULL);
	zassert_equal(listener_task.frame.value, 9U);
}

/* Spawned, woken, canceled: tasks of a bare executor are like any others. */
ZTEST(async_bare, test_a_thread_cancels)
{
	spawn_listener(K_FOREVER);
	while (eddy_executor_poll(&bare.executor)) {
	}
	zassert_equal(eddy_cancel(&listener_task.task), 0);
	run_bare(&listener_task.task, NULL, NULL);
	zassert_equal(eddy_task_result(&listener_task.task), -ECANCELED);
}
