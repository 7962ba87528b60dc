/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks: turns, calls, sleeps, spawn, join. */

#include "case.h"

static char record[32];
static unsigned int recorded;

static void note(char letter)
{
	record[recorded++ % sizeof(record)] = letter;
}

static bool record_is(const char *text)
{
	bool is = recorded == strlen(text) && memcmp(record, text, recorded) == 0;

	recorded = 0U;
	return is;
}

/* Notes its letter and yields. */
struct letters {
	struct eddy_frame frame;
	char letter;
	unsigned int count;
};

async_fn(letters)
{
	async_begin;
	for (; my->count > 0U; my->count--) {
		note(my->letter);
		await(eddy_yield(self));
	}
	async_end;
}

static EDDY_TASK_STORAGE(letters) letters_tasks[3];

static void spawn_letters(unsigned int index, unsigned int count)
{
	EDDY_TASK_INIT(&letters_tasks[index], letters, .letter = (char)('a' + index),
		       .count = count);
	CHECK_EQUAL(eddy_spawn(under_test, &letters_tasks[index].task), 0);
}

/* Tasks that yield take turns, in the order in which they were spawned. */
CASE(turns_are_taken)
{
	async_begin;
	for (my->i = 0U; my->i < 3U; my->i++) {
		spawn_letters(my->i, 3U);
	}
	for (my->i = 0U; my->i < 3U; my->i++) {
		await_into(my->rc, eddy_task_join(self, &letters_tasks[my->i].task, K_FOREVER));
		CHECK_EQUAL(my->rc, 0);
	}
	CHECK(record_is("abcabcabc"));
	async_end;
}

/* A task is active from its spawn to its end, and can be spawned again then. */
CASE(spawned_once_at_a_time)
{
	async_begin;
	for (my->i = 0U; my->i < 2U; my->i++) {
		spawn_letters(0U, 1U);
		CHECK_EQUAL(eddy_spawn(under_test, &letters_tasks[0].task), -EBUSY);
		CHECK_EQUAL(eddy_task_try_join(&letters_tasks[0].task), -EAGAIN);
		await_into(my->rc, eddy_task_join(self, &letters_tasks[0].task, K_FOREVER));
		CHECK_EQUAL(eddy_task_try_join(&letters_tasks[0].task), 0);
		CHECK_EQUAL(eddy_cancel(&letters_tasks[0].task), -ESRCH);
	}
	CHECK(record_is("aa"));
	async_end;
}

static void spawn_on_expiry(struct k_timer *timer)
{
	(void)eddy_spawn(under_test, k_timer_user_data_get(timer)); /* it is idle */
}

static K_TIMER_DEFINE(spawner, spawn_on_expiry, NULL);

/* An interrupt spawns a task while all others sleep. */
CASE(spawned_by_an_interrupt)
{
	async_begin;
	EDDY_TASK_INIT(&letters_tasks[0], letters, .letter = 'i', .count = 1U);
	k_timer_user_data_set(&spawner, &letters_tasks[0].task);
	k_timer_start(&spawner, K_TICKS(10), K_NO_WAIT);
	await(eddy_sleep(self, K_TICKS(20)));
	CHECK(record_is("i"));
	CHECK_EQUAL(eddy_task_try_join(&letters_tasks[0].task), 0);
	async_end;
}

/* Sleeps, notes its letter. */
struct sleeper {
	struct eddy_frame frame;
	char letter;
	k_timeout_t timeout;
	int64_t ended;
	int rc;
};

async_fn(sleeper)
{
	async_begin;
	await_into(my->rc, eddy_sleep(self, my->timeout));
	my->ended = k_uptime_ticks();
	note(my->letter);
	async_end;
}

static EDDY_TASK_STORAGE(sleeper) sleepers[8];

static void spawn_sleeper(unsigned int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&sleepers[index], sleeper, .letter = (char)('a' + index),
		       .timeout = timeout);
	CHECK_EQUAL(eddy_spawn(under_test, &sleepers[index].task), 0);
}

/* Deadlines are met in their order, equal ones in the order of sleeping, and on time. */
CASE(sleeps_end_in_order)
{
	static const uint8_t ticks[] = {50, 20, 90, 20, 70, 20, 10, 90};

	async_begin;
	my->began = k_uptime_ticks();
	for (my->i = 0U; my->i < ARRAY_SIZE(ticks); my->i++) {
		spawn_sleeper(my->i, K_TIMEOUT_ABS_TICKS(my->began + ticks[my->i]));
	}
	await(eddy_sleep(self, K_TICKS(120)));
	CHECK(record_is("gbdfaech"));
	for (my->i = 0U; my->i < ARRAY_SIZE(ticks); my->i++) {
		CHECK(sleepers[my->i].frame.ended >= my->began + ticks[my->i]);
		CHECK(sleepers[my->i].frame.ended <= my->began + ticks[my->i] + LATE);
	}
	async_end;
}

/* A new deadline before all others is met; so are those. */
CASE(an_earlier_deadline)
{
	async_begin;
	my->began = k_uptime_ticks();
	spawn_sleeper(0U, K_TICKS(100));
	await(settle(self));
	spawn_sleeper(1U, K_TICKS(20));
	await_into(my->rc, eddy_task_join(self, &sleepers[1].task, K_FOREVER));
	CHECK(k_uptime_ticks() - my->began <= 20 + 2 * LATE);
	await_into(my->rc, eddy_task_join(self, &sleepers[0].task, K_FOREVER));
	CHECK(k_uptime_ticks() - my->began >= 100);
	CHECK(k_uptime_ticks() - my->began <= 100 + 2 * LATE);
	CHECK(record_is("ba"));
	async_end;
}

/* Sleeps of no length, until the past, and until canceled. */
CASE(special_sleeps)
{
	async_begin;
	my->rc = eddy_sleep(self, K_NO_WAIT);
	CHECK_EQUAL(my->rc, 0);
	await_into(my->rc, eddy_sleep_until(self, 0));
	CHECK_EQUAL(my->rc, 0);
	await_into(my->rc, eddy_sleep_until(self, k_uptime_ticks() - 1));
	CHECK_EQUAL(my->rc, 0);
	spawn_sleeper(0U, K_FOREVER);
	await(eddy_sleep(self, K_TICKS(50)));
	await_into(my->rc, eddy_cancel_wait(self, &sleepers[0].task, K_FOREVER));
	CHECK_EQUAL(sleepers[0].frame.rc, -ECANCELED);
	CHECK(record_is("a"));
	async_end;
}

/* A task that yields all the time keeps nobody from its deadline. */
CASE(deadlines_beside_a_busy_task)
{
	async_begin;
	my->began = k_uptime_ticks();
	spawn_sleeper(0U, K_TICKS(20));
	while (eddy_task_is_active(&sleepers[0].task) && k_uptime_ticks() - my->began < 2000) {
		k_busy_wait(1); /* time passes, also on boards that are Linux programs */
		await(eddy_yield(self));
	}
	CHECK(k_uptime_ticks() - my->began >= 20);
	CHECK(k_uptime_ticks() - my->began <= 20 + 2 * LATE);
	CHECK(record_is("a"));
	async_end;
}

/* Calls itself some levels down, where it sleeps. */
struct deep {
	struct eddy_frame frame;
	unsigned int depth;
	int rc;
};

static struct deep levels[6];

async_fn(deep)
{
	async_begin;
	if (my->depth < ARRAY_SIZE(levels) - 1U) {
		await_into(my->rc,
			   eddy_call(self, deep, &levels[my->depth + 1U], .depth = my->depth + 1U));
		async_return(my->rc + 1);
	}
	await_into(my->rc, eddy_sleep(self, K_TICKS(5)));
	async_return(my->rc == 0 ? 0 : my->rc * 100);
	async_end;
}

/* A wait six calls down resumes there; results come up, cancellation too. */
CASE(calls_nest)
{
	async_begin;
	await_into(my->rc, eddy_call(self, deep, &levels[0], .depth = 0U));
	CHECK_EQUAL(my->rc, 5);
	async_end;
}
