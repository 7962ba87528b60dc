/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Ticker: something to do every so often, for ever, without drift.
 *
 *	eddy_ticker_init(&my->ticker, K_MSEC(10));
 *	for (;;) {
 *		await_into(missed, eddy_ticker_next(self, &my->ticker));
 *		if (missed < 0) {
 *			break; // canceled
 *		}
 *		sample();
 *	}
 *
 * Its beats come 1, 2, 3... periods after the start, however long the work between them takes and
 * however late the task runs.
 */

#ifndef EDDY_TICKER_H_
#define EDDY_TICKER_H_

#include <eddy/time.h>

/** The owner's alone. */
struct eddy_ticker {
	k_ticks_t next;   /**< Uptime of the next beat. */
	k_ticks_t period; /**< At least 1. */
};

/**
 * Start a ticker, or start it anew: its first beat comes one period from now.
 *
 * @param period  A duration, at least one tick (less counts as one). Any context.
 */
void eddy_ticker_init(struct eddy_ticker *ticker, k_timeout_t period);

/**
 * @brief Wait for the next beat.
 *
 * With a beat due already this does not wait: it returns for the latest one and skips the others.
 *
 * @retval >=0         A beat: how many beats were missed since the last one that this has returned.
 * @retval -ECANCELED  Canceled. The beat that it waited for is over.
 *
 * @par Context
 * Task. Cost: as eddy_sleep().
 */
EDDY_AWAITABLE int eddy_ticker_next(struct eddy_task *self, struct eddy_ticker *ticker);

#endif /* EDDY_TICKER_H_ */
