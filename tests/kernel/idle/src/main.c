/* SPDX-License-Identifier: Apache-2.0 */

/* Idleness: lower threads run while a higher one waits. */

#include <zephyr/ztest.h>

#include "workers.h"

ZTEST_SUITE(idle, NULL, NULL, workers_before, workers_after, NULL);

static volatile unsigned int laps;

static void count_laps(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		laps++;
		k_busy_wait(100);
	}
}

/* The lowest thread has the CPU while all others wait. */
ZTEST(idle, test_lowest_thread_runs_while_others_wait)
{
	laps = 0U;
	worker_start(K_LOWEST_APPLICATION_THREAD_PRIO, count_laps, NULL);
	k_sleep(K_MSEC(10));
	zassert_true(laps > 50U, "%u laps", laps);
}
