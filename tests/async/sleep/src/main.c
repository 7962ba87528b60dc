/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping and time-outs of tasks: never too short, in order, without drift. */

#include "async_test.h"

/* Sleeps once and notes when it began and ended. */
struct sleeper {
	struct eddy_frame frame;
	k_timeout_t timeout;
	char letter;
	int result;
	int64_t began;
	int64_t ended;
};

async_fn(sleeper)
{
	async_begin;
	my->began = k_uptime_ticks();
	await_into(my->result, eddy_sleep(self, my->timeout));
	my->ended = k_uptime_ticks();
	record(my->letter);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) sleepers[8];

static struct eddy_task *spawn_sleeper(int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&sleepers[index], sleeper, .timeout = timeout,
		       .letter = (char)('a' + index));
	spawn(&sleepers[index].task);
	return &sleepers[index].task;
}

ZTEST_SUITE(async_sleep, NULL, NULL, async_before, async_after, NULL);

/* How long the sleeper slept, in ticks. */
static int64_t slept(int index)
{
	zassert_equal(eddy_task_try_join(&sleepers[index].task), 0);
	return sleepers[index].frame.ended - sleepers[index].frame.began;
}

/* A sleep is never shorter than asked for, and hardly longer when the CPU is free. */
ZTEST(async_sleep, test_a_sleep_has_the_length_asked_for)
{
	static const int32_t lengths[] = {1, 2, 3, 10, 100, 1000, 12345};

	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		run_until_done(spawn_sleeper(0, K_TICKS(lengths[i])));
		zassert_between_inclusive(slept(0), lengths[i], lengths[i] + LATE);
		zassert_equal(eddy_task_result(&sleepers[0].task), 0);
	}
}

/* Sleepers wake in the order of their deadlines, whatever the order in which they lay down. */
ZTEST(async_sleep, test_deadlines_are_met_in_their_order)
{
	static const int lengths[] = {50, 10, 70, 20, 60, 30, 80, 40};

	for (int i = 0; i < 8; i++) {
		spawn_sleeper(i, K_TICKS(10 * lengths[i]));
	}
	run_for(K_TICKS(1000));
	zassert_str_equal(recorded(), "bdfhaecg");
}

/* Of equal deadlines the one that was set first is met first. */
ZTEST(async_sleep, test_equal_deadlines_are_met_in_the_order_of_sleeping)
{
	k_ticks_t tick = k_uptime_ticks() + 100;

	for (int i = 7; i >= 0; i--) {
		spawn_sleeper(i, K_TIMEOUT_ABS_TICKS(tick));
		run_ready();
	}
	run_for(K_TICKS(200));
	zassert_str_equal(recorded(), "hgfedcba");
}

/* The same with others before, between and behind them. */
ZTEST(async_sleep, test_equal_deadlines_among_others)
{
	k_ticks_t tick = k_uptime_ticks() + 100;
	static const int offsets[] = {0, 5, 0, -5, 0, 5, -5, 0};

	for (int i = 0; i < 8; i++) {
		spawn_sleeper(i, K_TIMEOUT_ABS_TICKS(tick + offsets[i]));
		run_ready();
	}
	run_for(K_TICKS(200));
	zassert_str_equal(recorded(), "dgacehbf");
}

/* Works for a varying time each period, and sleeps until the next one begins. */
struct ticker {
	struct eddy_frame frame;
	k_ticks_t next;
	int rounds;
	int late;
};

async_fn(ticker)
{
	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		my->next += 17;
		await(eddy_sleep_until(self, my->next));
		my->late += k_uptime_ticks() - my->next > 1 ? 1 : 0;
		k_busy_wait((uint32_t)(my->rounds % 5) * 150U);
	}
	async_end;
}

/* A period that is added to the last deadline does not drift, however long the work takes. */
ZTEST(async_sleep, test_sleep_until_does_not_drift)
{
	static EDDY_TASK_STORAGE(ticker) storage;
	k_ticks_t start = k_uptime_ticks();

	EDDY_TASK_INIT(&storage, ticker, .next = start, .rounds = 200);
	spawn(&storage.task);
	run_until_done(&storage.task);
	zassert_equal(storage.frame.next, start + 200 * 17);
	zassert_between_inclusive(k_uptime_ticks(), start + 200 * 17, start + 200 * 17 + LATE);
	zassert_equal(storage.frame.late, 0);
}

/* Sleeping until a time that is over ends at the next tick at the latest. */
ZTEST(async_sleep, test_sleep_until_a_time_in_the_past)
{
	k_sleep(K_TICKS(50));
	run_until_done(spawn_sleeper(0, K_TIMEOUT_ABS_TICKS(k_uptime_ticks() - 20)));
	zassert_between_inclusive(slept(0), 0, LATE);
	run_until_done(spawn_sleeper(0, K_TIMEOUT_ABS_TICKS(k_uptime_ticks())));
	zassert_between_inclusive(slept(0), 0, LATE);
	run_until_done(spawn_sleeper(0, K_TIMEOUT_ABS_TICKS(0)));
	zassert_between_inclusive(slept(0), 0, LATE);
}

/* A deadline in the past does not disturb one in the future. */
ZTEST(async_sleep, test_a_past_deadline_beside_a_future_one)
{
	spawn_sleeper(0, K_TICKS(100));
	run_ready();
	spawn_sleeper(1, K_TIMEOUT_ABS_TICKS(k_uptime_ticks() - 1));
	run_for(K_TICKS(20));
	zassert_str_equal(recorded(), "b");
	run_for(K_TICKS(100));
	zassert_str_equal(recorded(), "ba");
	zassert_true(slept(0) >= 100);
}

/* Sleeping for no time does not wait at all. */
ZTEST(async_sleep, test_sleep_zero)
{
	spawn_sleeper(0, K_NO_WAIT);
	spawn_sleeper(1, K_TICKS(0));
	zassert_true(eddy_executor_poll(&executor));
	zassert_str_equal(recorded(), "ab");
}

/* Sleeping for ever lasts until cancellation. */
ZTEST(async_sleep, test_sleep_forever)
{
	struct eddy_task *task = spawn_sleeper(0, K_FOREVER);

	run_for(K_HOURS(1));
	zassert_true(eddy_task_is_active(task));
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_equal(eddy_task_result(task), -ECANCELED);
}

/* An hour is an hour, also while others sleep for milliseconds. */
ZTEST(async_sleep, test_sleep_an_hour)
{
	struct eddy_task *task = spawn_sleeper(0, K_HOURS(1));

	for (int i = 0; i < 100; i++) {
		run_until_done(spawn_sleeper(1, K_MSEC(7)));
	}
	run_for(K_HOURS(1));
	zassert_equal(eddy_task_try_join(task), 0);
	zassert_between_inclusive(slept(0), K_HOURS(1).ticks, K_HOURS(1).ticks + LATE);
}

/* The longest time-out there is does not wrap into the past. */
ZTEST(async_sleep, test_the_longest_sleep)
{
	struct eddy_task *task = spawn_sleeper(0, K_TICKS(INT64_MAX));

	run_for(K_SECONDS(10));
	zassert_true(eddy_task_is_active(task));
	eddy_cancel(task);
	run_ready();

	spawn_sleeper(0, K_TIMEOUT_ABS_TICKS(INT64_MAX - 2));
	run_for(K_SECONDS(10));
	zassert_true(eddy_task_is_active(task));
	eddy_cancel(task);
	run_ready();
	zassert_str_equal(recorded(), "aa");
}

/* A deadline that passes while the executor is busy is met late, not lost. */
ZTEST(async_sleep, test_deadlines_pass_while_the_executor_is_busy)
{
	spawn_sleeper(0, K_TICKS(30));
	spawn_sleeper(1, K_TICKS(10));
	spawn_sleeper(2, K_TICKS(20));
	run_ready();
	k_busy_wait(k_ticks_to_us_ceil32(50));
	zassert_str_equal(recorded(), "");
	run_ready();
	zassert_str_equal(recorded(), "bca");
}

/* Two executors sleep at a time; each deadline wakes its own. */
ZTEST(async_sleep, test_sleepers_of_two_executors)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	for (int i = 0; i < 6; i++) {
		EDDY_TASK_INIT(&sleepers[i], sleeper, .timeout = K_TICKS(100 - 10 * i),
			       .letter = (char)('a' + i));
		zassert_equal(eddy_spawn(i % 2 == 0 ? &executor : &urgent, &sleepers[i].task), 0);
	}
	run_for(K_TICKS(200));
	zassert_str_equal(recorded(), "fedcba");
}
