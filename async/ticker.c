/* SPDX-License-Identifier: Apache-2.0 */

/* Tickers: the beats are multiples of the period, so nothing adds up. */

#include <eddy/ticker.h>

#include "core.h"

void eddy_ticker_init(struct eddy_ticker *ticker, k_timeout_t period)
{
	__ASSERT(period.ticks >= 0, "a ticker's period is a duration, and it ends");
	ticker->period = MAX(period.ticks, 1);
	ticker->next = k_uptime_ticks() + ticker->period;
}

/* The latest beat is due, or past: name it, and how many before it were not returned. */
static int catch_up(struct eddy_ticker *ticker, k_ticks_t late)
{
	k_ticks_t missed = 0;

	if (late >= ticker->period) {
		missed = late / ticker->period;
	}
	ticker->next += (missed + 1) * ticker->period;
	return (int)MIN(missed, INT_MAX);
}

int eddy_ticker_next(struct eddy_task *self, struct eddy_ticker *ticker)
{
	k_ticks_t late = k_uptime_ticks() - ticker->next;

	if (late < 0) {
		ticker->next += ticker->period;
		return eddy_sleep_until(self, ticker->next - ticker->period);
	}
	if (eddy_is_canceled(self)) {
		return -ECANCELED;
	}
	return catch_up(ticker, late);
}
