/* SPDX-License-Identifier: Apache-2.0 */

/* An idle system takes no clock interrupts; sys_clock_interrupts() is the pocket kernel's own. */

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/ztest.h>

#include "other_clock.h"

/* Over ten idle seconds the clock does not interrupt once. */
ZTEST(idle, test_no_clock_interrupts)
{
	uint32_t before;
	int64_t elapsed_ms;

	k_sleep(K_MSEC(10)); /* whatever was pending has been */
	before = sys_clock_interrupts();
	elapsed_ms = idle_for(IDLE_SECONDS);

	zassert_equal(sys_clock_interrupts(), before);
	zassert_true(elapsed_ms >= 10000, "only %d ms passed", (int)elapsed_ms);
}

/* Nor after a time-out was cancelled: it leaves no deadline behind. */
ZTEST(idle, test_no_clock_interrupts_after_a_cancelled_timeout)
{
	static struct k_timer timer;
	uint32_t before;

	k_timer_init(&timer, NULL, NULL);
	k_timer_start(&timer, K_SECONDS(2), K_NO_WAIT);
	k_timer_stop(&timer);
	k_sleep(K_MSEC(10));
	before = sys_clock_interrupts();
	(void)idle_for(IDLE_SECONDS); /* that it is long enough is tested above */

	zassert_equal(sys_clock_interrupts(), before);
}

/*
 * The uptime includes idle time, though nobody counted along. (On Zephyr 3.3 some is lost here,
 * once it is longer than a SysTick can count.)
 */
ZTEST(idle, test_uptime_after_idle_time)
{
	int64_t elapsed_ms = idle_for(IDLE_SECONDS);

	zassert_within(elapsed_ms, (int64_t)IDLE_SECONDS * 1000, 1100);
}
