/* SPDX-License-Identifier: Apache-2.0 */

/* A line that is connected while the program runs: in Zephyr, CONFIG_DYNAMIC_INTERRUPTS. */

#include <zephyr/irq.h>
#include <zephyr/ztest.h>

#include "lines.h"
#include "workers.h"

ZTEST_SUITE(irq_dynamic, NULL, NULL, workers_before, workers_after, NULL);

static void record_argument(const void *letter)
{
	record(*(const char *)letter);
}

/* A line can be connected at any time, and anew: the last handler and argument hold. */
ZTEST(irq_dynamic, test_connect_dynamic)
{
	(void)irq_connect_dynamic(THIRD_FREE_LINE, 3, record_argument, "a", 0);
	irq_enable(THIRD_FREE_LINE);
	line_raise(THIRD_FREE_LINE);
	irq_disable(THIRD_FREE_LINE);
	(void)irq_connect_dynamic(THIRD_FREE_LINE, 3, record_argument, "b", 0);
	irq_enable(THIRD_FREE_LINE);
	line_raise(THIRD_FREE_LINE);
	irq_disable(THIRD_FREE_LINE);
	zassert_recorded("ab");
}
