/* SPDX-License-Identifier: Apache-2.0 */

/*
 * k_condvar: signal a more urgent thread, until it waits again.
 *
 * The cycle holds everything the waiter does: wake, lock the mutex again, and the next wait with
 * its unlocking.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

static K_MUTEX_DEFINE(mutex);
static K_CONDVAR_DEFINE(condvar);

static void wait_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_mutex_lock(&mutex, K_FOREVER);
	for (;;) {
		(void)k_condvar_wait(&condvar, &mutex, K_FOREVER);
	}
}

static void run_cycle(unsigned int repetitions)
{
	helper_start(wait_for_ever, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_condvar_signal(&condvar);
		bench_end();
	}
	helper_stop();
}

static const struct bench_row rows[] = {
	{.key = "kernel.condvar_cycle", .run = run_cycle},
};

const struct bench_family condvar_family = {rows, ARRAY_SIZE(rows)};
