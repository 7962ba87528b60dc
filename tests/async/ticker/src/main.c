/* SPDX-License-Identifier: Apache-2.0 */

/* Tickers, and limits for several awaits together. */

#include "async_test.h"

#define PERIOD 10

/* Notes at which tick each beat came, and works for some time in between. */
struct drummer {
	struct eddy_frame frame;
	unsigned int beats;         /* in */
	const uint32_t *work_ticks; /* in: of each beat */
	unsigned int count;
	k_ticks_t start;
	k_ticks_t at[8];
	int missed[8];
	int result;
	struct eddy_ticker ticker;
};

async_fn(drummer)
{
	async_begin;
	my->start = k_uptime_ticks();
	eddy_ticker_init(&my->ticker, K_TICKS(PERIOD));
	for (my->count = 0; my->count < my->beats; my->count++) {
		await_into(my->missed[my->count], eddy_ticker_next(self, &my->ticker));
		my->at[my->count] = k_uptime_ticks() - my->start;
		if (my->missed[my->count] < 0) {
			async_return(my->missed[my->count]);
		}
		if (my->work_ticks != NULL && my->work_ticks[my->count] != 0U) {
			await(eddy_sleep(self, K_TICKS(my->work_ticks[my->count] - 1U)));
		}
	}
	async_end;
}

static EDDY_TASK_STORAGE(drummer) drum;

ZTEST_SUITE(async_ticker, NULL, NULL, async_before, async_after, NULL);

static void play(unsigned int beats, const uint32_t *work_ticks)
{
	EDDY_TASK_INIT(&drum, drummer, .beats = beats, .work_ticks = work_ticks);
	spawn(&drum.task);
	run_until_done(&drum.task);
}

/* The beat came at that tick, or a little late: on an emulated machine the work takes time too. */
static void check(unsigned int index, k_ticks_t tick, int missed)
{
	zassert_between_inclusive(drum.frame.at[index], tick, tick + LATE, "beat %u: tick %d",
				  index, (int)drum.frame.at[index]);
	zassert_equal(drum.frame.missed[index], missed, "beat %u: %d", index,
		      drum.frame.missed[index]);
}

/* Beats come one period apart, the first one period after the start. */
ZTEST(async_ticker, test_steady)
{
	play(5U, NULL);
	for (unsigned int i = 0; i < 5U; i++) {
		check(i, (i + 1) * PERIOD, 0);
	}
}

/* Work between two beats, be it long, does not shift those that follow. */
ZTEST(async_ticker, test_no_drift)
{
	static const uint32_t work_ticks[] = {3, 7, 0, 6, 2};

	play(5U, work_ticks);
	for (unsigned int i = 0; i < 5U; i++) {
		check(i, (i + 1) * PERIOD, 0);
	}
}

/* A beat that is late by less than a period comes at once, the next one in time again. */
ZTEST(async_ticker, test_late)
{
	static const uint32_t work_ticks[] = {14, 0, 0};

	play(3U, work_ticks);
	check(0, PERIOD, 0);
	check(1, PERIOD + 14, 0);
	check(2, 3 * PERIOD, 0);
}

/* Beats that came and went while the task was busy are counted, not made up for. */
ZTEST(async_ticker, test_missed)
{
	static const uint32_t work_ticks[] = {34, 0, 0, 0};

	play(4U, work_ticks); /* busy from 10 to 44: those at 20 and 30 are missed */
	check(0, PERIOD, 0);
	check(1, PERIOD + 34, 2);
	check(2, 5 * PERIOD, 0);
	check(3, 6 * PERIOD, 0);
}

/* Canceled: the wait ends, and the next one does not begin, even if a beat is due. */
ZTEST(async_ticker, test_cancel)
{
	EDDY_TASK_INIT(&drum, drummer, .beats = 2U);
	spawn(&drum.task);
	run_ready();
	zassert_equal(eddy_cancel(&drum.task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&drum.task), -ECANCELED);
}

/* A period of less than a tick counts as one. */
struct hasty {
	struct eddy_frame frame;
	struct eddy_ticker ticker;
	unsigned int beats;
	int missed;
	k_ticks_t start;
};

async_fn(hasty)
{
	async_begin;
	my->start = k_uptime_ticks();
	eddy_ticker_init(&my->ticker, K_NO_WAIT);
	for (my->beats = 0U; my->beats < 10U;) {
		await_into(my->missed, eddy_ticker_next(self, &my->ticker));
		my->beats += 1U + (unsigned int)my->missed;
	}
	zassert_true(k_uptime_ticks() - my->start >= 10);
	async_end;
}

static EDDY_TASK_STORAGE(hasty) hasty_task;

ZTEST(async_ticker, test_shortest_period)
{
	EDDY_TASK_INIT(&hasty_task, hasty);
	spawn(&hasty_task.task);
	run_until_done(&hasty_task.task);
}

EDDY_CHAN_DEFINE(never, uint32_t, 1);

/* Waits several times within one limit. */
struct limited {
	struct eddy_frame frame;
	k_timeout_t limit;
	uint32_t item;
	k_ticks_t start;
	int first;
	int second;
	int third;
};

async_fn(limited)
{
	async_begin;
	my->start = k_uptime_ticks();
	my->limit = eddy_deadline_in(K_TICKS(20));
	await_into(my->first, eddy_chan_recv(self, &never, &my->item, K_TICKS(8)));
	zassert_false(eddy_deadline_is_over(my->limit));
	await_into(my->second, eddy_chan_recv(self, &never, &my->item, my->limit));
	zassert_between_inclusive(k_uptime_ticks() - my->start, 20, 20 + LATE);
	zassert_true(eddy_deadline_is_over(my->limit));
	await_into(my->third, eddy_chan_recv(self, &never, &my->item, my->limit));
	zassert_between_inclusive(k_uptime_ticks() - my->start, 20, 20 + LATE, "its time was over");
	async_end;
}

static EDDY_TASK_STORAGE(limited) limited_task;

/* Several awaits share one limit. */
ZTEST(async_ticker, test_one_limit_for_several_awaits)
{
	EDDY_TASK_INIT(&limited_task, limited);
	spawn(&limited_task.task);
	run_until_done(&limited_task.task);
	zassert_equal(limited_task.frame.first, -EAGAIN);
	zassert_equal(limited_task.frame.second, -EAGAIN);
	zassert_equal(limited_task.frame.third, -EAGAIN);
}

/* What is no duration stays as it is. */
ZTEST(async_ticker, test_other_limits)
{
	k_timeout_t past = K_TIMEOUT_ABS_TICKS(0);
	k_timeout_t longest = eddy_deadline_in(K_TICKS(INT64_MAX));

	zassert_true(K_TIMEOUT_EQ(eddy_deadline_in(K_FOREVER), K_FOREVER));
	zassert_true(K_TIMEOUT_EQ(eddy_deadline_in(K_NO_WAIT), K_NO_WAIT));
	zassert_true(K_TIMEOUT_EQ(eddy_deadline_in(past), past));
	zassert_false(eddy_deadline_is_over(K_FOREVER));
	zassert_true(eddy_deadline_is_over(K_NO_WAIT));
	zassert_true(eddy_deadline_is_over(past));
	zassert_false(eddy_deadline_is_over(longest));
}
