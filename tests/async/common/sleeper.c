/* SPDX-License-Identifier: Apache-2.0 */

#include "sleeper.h"

async_fn(sleeper)
{
	async_begin;
	my->began = k_uptime_ticks();
	for (; my->rounds > 0; my->rounds--) {
		await(eddy_sleep(self, my->timeout));
		my->ended = k_uptime_ticks();
		record(my->letter);
	}
	async_end;
}
