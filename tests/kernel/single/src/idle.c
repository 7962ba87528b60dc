/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping the CPU until an interrupt. */

#include "check.h"

#include <zephyr/kernel.h>

static volatile unsigned int interrupts;

static void on_expiry(struct k_timer *timer)
{
	interrupts++;
}

/* Idle, the CPU sleeps until the timer's interrupt, which has been taken when the call returns. */
static void idle_ends_with_an_interrupt(void)
{
	static K_TIMER_DEFINE(timer, on_expiry, NULL);
	int64_t start = k_uptime_ticks();

	interrupts = 0U;
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	while (interrupts == 0U) {
		k_cpu_idle();
	}
	CHECK(interrupts == 1U);
	CHECK(k_uptime_ticks() - start >= 200);
}

void test_idle(void)
{
	RUN(idle_ends_with_an_interrupt);
}
