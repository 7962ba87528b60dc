/* SPDX-License-Identifier: Apache-2.0 */

/* Idleness: lower threads run while a higher one waits, and sleeping takes few interrupts. */

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/ztest.h>

#include "workers.h"

ZTEST_SUITE(idle, NULL, NULL, workers_before, workers_after, NULL);

/*
 * Ten seconds of sleep do not tick, whatever the length of a tick. Some hardware cannot count that
 * far: half of 24 bits at 25 MHz last a third of a second.
 */
ZTEST(idle, test_sleep_takes_few_clock_interrupts)
{
	uint32_t before = sys_clock_interrupts();

	k_sleep(K_SECONDS(10));
	zassert_true(sys_clock_interrupts() - before <= 40U, "%u interrupts",
		     (unsigned int)(sys_clock_interrupts() - before));
}

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
