/* SPDX-License-Identifier: Apache-2.0 */

/* Time limits of waits, and many of them at once. */

#include "async_test.h"

/* The smallest board has 64 KB of RAM. */
#ifdef CONFIG_BOARD_QEMU_CORTEX_M3
#define MANY 500
#else
#define MANY 1000
#endif

static EDDY_SIGNAL_DEFINE(signal);

struct limited {
	struct eddy_frame frame;
	k_timeout_t timeout;
	int result;
};

async_fn(limited)
{
	async_begin;
	await_into(my->result, eddy_signal_wait(self, &signal, NULL, my->timeout));
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(limited) limited_task;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&signal);
}

ZTEST_SUITE(async_timeout, NULL, NULL, before, async_after, NULL);

static struct eddy_task *spawn_limited(k_timeout_t timeout)
{
	EDDY_TASK_INIT(&limited_task, limited, .timeout = timeout);
	spawn(&limited_task.task);
	run_ready();
	return &limited_task.task;
}

/* A wait in vain ends after its time limit, not before, with -EAGAIN. */
ZTEST(async_timeout, test_a_wait_times_out)
{
	int64_t start = k_uptime_ticks();

	run_until_done(spawn_limited(K_MSEC(30)));
	zassert_equal(eddy_task_result(&limited_task.task), -EAGAIN);
	zassert_between_inclusive(k_uptime_ticks() - start, K_MSEC(30).ticks,
				  K_MSEC(30).ticks + LATE);
}

/* A time limit may be a point in time. */
ZTEST(async_timeout, test_a_wait_until_a_point_in_time)
{
	k_ticks_t tick = k_uptime_ticks() + 77;

	run_until_done(spawn_limited(K_TIMEOUT_ABS_TICKS(tick)));
	zassert_equal(eddy_task_result(&limited_task.task), -EAGAIN);
	zassert_between_inclusive(k_uptime_ticks(), tick, tick + LATE);
}

/* A wait that was served is not timed out later, nor is what the task awaits next. */
ZTEST(async_timeout, test_a_served_wait_leaves_no_time_limit)
{
	spawn_limited(K_TICKS(10));
	eddy_signal_raise(&signal, 0U);
	run_ready();
	zassert_equal(eddy_task_result(&limited_task.task), 0);

	spawn_limited(K_FOREVER);
	run_for(K_TICKS(50));
	zassert_true(eddy_task_is_active(&limited_task.task));
	eddy_signal_raise(&signal, 0U);
	run_ready();
	zassert_equal(eddy_task_result(&limited_task.task), 0);
}

/* A wait that has timed out takes nothing: the value stays for others. */
ZTEST(async_timeout, test_a_timed_out_wait_takes_nothing)
{
	spawn_limited(K_TICKS(10));
	run_for(K_TICKS(20));
	eddy_signal_raise(&signal, 0U);
	run_ready();
	zassert_equal(eddy_task_result(&limited_task.task), -EAGAIN);
	zassert_equal(eddy_signal_try_wait(&signal, NULL), 0);
}

static void raise_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	eddy_signal_raise(&signal, 0U);
}

static K_TIMER_DEFINE(raiser, raise_on_expiry, NULL);

/*
 * A value raised at the very tick of the time-out is either taken or kept, never both or neither.
 */
ZTEST(async_timeout, test_a_raise_at_the_tick_of_the_timeout)
{
	for (int offset = -3; offset <= 3; offset++) {
		int kept;

		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&raiser, K_TICKS(10 + offset), K_NO_WAIT);
		run_until_done(spawn_limited(K_TICKS(10)));
		k_sleep(K_TICKS(20));
		kept = eddy_signal_try_wait(&signal, NULL);
		zassert_equal(kept, eddy_task_result(&limited_task.task) == 0 ? -EAGAIN : 0,
			      "offset %d", offset);
	}
}

/* Sleeps for a time of its own, then checks that it is neither early nor out of order. */
struct one_of_many {
	struct eddy_frame frame;
	uint16_t ticks;
	uint16_t rounds;
	uint32_t due;
};

static uint32_t last_due;
static int woken;

async_fn(one_of_many)
{
	uint32_t now;
	int result;

	async_begin;
	while (my->rounds > 0U) {
		my->rounds--;
		my->due = (uint32_t)k_uptime_ticks() + my->ticks;
		await_into(result, eddy_sleep_until(self, my->due));
		if (result != 0) {
			async_return(result);
		}
		now = (uint32_t)k_uptime_ticks();
		zexpect_true(now >= my->due, "%u ticks early", my->due - now);
		zexpect_true(my->due >= last_due, "woken out of order");
		last_due = my->due;
		woken++;
	}
	async_end;
}

static EDDY_TASK_STORAGE(one_of_many) many[MANY];

/* Hundreds of sleepers with deadlines all over the place: each wakes in its turn. */
ZTEST(async_timeout, test_many_sleepers)
{
	uint32_t random = 1U;

	last_due = 0U;
	woken = 0;
	for (int i = 0; i < MANY; i++) {
		random = random * 1664525U + 1013904223U;
		EDDY_TASK_INIT(&many[i], one_of_many, .ticks = (uint16_t)(5000U + (random >> 18)),
			       .rounds = 3U);
		spawn(&many[i].task);
	}
	run_for(K_TICKS(100000));
	zassert_equal(woken, 3 * MANY);
}

/* Many deadlines that are removed again: those that stay are met, in order. */
ZTEST(async_timeout, test_many_cancellations)
{
	int kept = 0;

	last_due = 0U;
	woken = 0;
	for (int i = 0; i < MANY; i++) {
		EDDY_TASK_INIT(&many[i], one_of_many, .ticks = (uint16_t)(20000 - 7 * i),
			       .rounds = 1U);
		spawn(&many[i].task);
	}
	run_ready();
	for (int i = 0; i < MANY; i++) {
		if (i % 3 == 0) {
			kept++;
		} else {
			zassert_equal(eddy_cancel(&many[i].task), 0);
		}
	}
	run_for(K_TICKS(30000));
	zassert_equal(woken, kept);
	for (int i = 0; i < MANY; i++) {
		zassert_equal(eddy_task_try_join(&many[i].task), 0);
		zassert_equal(eddy_task_result(&many[i].task), i % 3 == 0 ? 0 : -ECANCELED);
	}
}
