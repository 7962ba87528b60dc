/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping takes few interrupts; sys_clock_interrupts() is the pocket kernel's own. */

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/ztest.h>

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
