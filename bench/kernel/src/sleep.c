/* SPDX-License-Identifier: Apache-2.0 */

/* k_sleep(): from the first instruction of the clock's interrupt to the return of the sleep. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"

static void run_expiry(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_arm();
		(void)k_sleep(K_MSEC(1)); /* nobody wakes us early */
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{.key = "kernel.sleep_expiry", .run = run_expiry},
};

const struct bench_family sleep_family = {rows, ARRAY_SIZE(rows)};
