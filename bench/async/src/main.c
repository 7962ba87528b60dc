/* SPDX-License-Identifier: Apache-2.0 */

/* Runs the rows of every family, then reports the sizes of what a user's task consists of. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

static const struct bench_family *const families[] = {
	&yield_family, &signal_family, &chan_family,   &nest_family, &timer_family, &spawn_family,
	&irq_family,   &seed_family,   &select_family, &join_family, &sem_family,
};

int main(void)
{
	eddy_executor_init(&runner, "runner");
	bench_run(families, ARRAY_SIZE(families));
	sizes_report();
	bench_done();
	return 0;
}
