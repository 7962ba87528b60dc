/* SPDX-License-Identifier: Apache-2.0 */

/* An idle system goes on as if it had not been idle. */

#include <zephyr/ztest.h>

#include "other_clock.h"

static K_SEM_DEFINE(woken, 0, 1);

void other_clock_isr(const void *unused)
{
	ARG_UNUSED(unused);
	other_clock_acknowledge();
	k_sem_give(&woken);
}

int64_t idle_for(unsigned int seconds)
{
	int64_t start = k_uptime_get();

	other_clock_start(seconds);
	k_sem_take(&woken, K_FOREVER);
	return k_uptime_get() - start;
}

/* Time-outs set after idle time are on time. */
ZTEST(idle, test_sleep_after_idle_time)
{
	int64_t start;

	(void)idle_for(3); /* any length will do */
	start = k_uptime_ticks();
	k_sleep(K_MSEC(20));
	zassert_between_inclusive(k_uptime_ticks() - start, K_MSEC(20).ticks,
				  K_MSEC(20).ticks + 10);
}
