/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeps and tickers: never too short. */

#include "soak.h"

struct doze {
	int64_t limit;
};

static bool doze_begin(void *room)
{
	struct doze *my = room;

	my->limit = 0;
	return true;
}

static int doze_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct doze *my = room;

	if (K_TIMEOUT_EQ(timeout, K_FOREVER) && chance(4) != 0U) {
		my->limit = k_uptime_ticks();
		return eddy_yield(self);
	}
	my->limit = limit_of(timeout);
	return eddy_sleep(self, timeout);
}

static bool doze_end(void *room, int result)
{
	struct doze *my = room;

	CHECK(&sleep_family, result == 0 || result == -ECANCELED);
	if (result == 0) {
		CHECK(&sleep_family, k_uptime_ticks() >= my->limit);
		check_late(&sleep_family, my->limit);
	}
	return false;
}

struct beat {
	struct eddy_frame frame;
	struct eddy_ticker ticker;
	int64_t next;
	int64_t period;
	uint32_t rounds;
	int missed;
};

async_fn(beat)
{
	async_begin;
	my->period = 1 + chance(8);
	my->next = k_uptime_ticks();
	eddy_ticker_init(&my->ticker, K_TICKS(my->period));
	for (my->rounds = chance(10); my->rounds > 0U; my->rounds--) {
		await_into(my->missed, eddy_ticker_next(self, &my->ticker));
		count(&sleep_family, my->missed);
		if (my->missed < 0) {
			CHECK(&sleep_family, my->missed == -ECANCELED);
			break;
		}
		my->next += (my->missed + 1) * my->period;
		CHECK(&sleep_family, k_uptime_ticks() >= my->next);
		if (chance(3) == 0U) {
			await(eddy_sleep(self, K_TICKS(chance(20))));
		}
	}
	async_end;
}

PLAY(beat)

static struct deed deeds[] = {
	{.name = "doze", .begin = doze_begin, .wait = doze_wait, .end = doze_end, .weight = 3},
	{.name = "ticker", .play = play_beat, .weight = 2},
};

struct family sleep_family = FAMILY("sleep", deeds, NULL, NULL);
