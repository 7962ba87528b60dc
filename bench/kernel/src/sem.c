/* SPDX-License-Identifier: Apache-2.0 */

/* k_sem: free, and handed to a more urgent thread that waits. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

static K_SEM_DEFINE(sem, 0, 1);

static void run_pair(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		k_sem_give(&sem);
		(void)k_sem_take(&sem, K_FOREVER); /* cannot fail: the unit is there */
		bench_end();
	}
}

static void take_and_mark(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)k_sem_take(&sem, K_FOREVER); /* waits without limit: cannot fail */
		bench_end();
	}
}

/* From the call of the give to the return of the take, in the taker. */
static void run_wake(unsigned int repetitions)
{
	helper_start(take_and_mark, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		k_sem_give(&sem);
	}
	helper_stop();
}

static void take_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)k_sem_take(&sem, K_FOREVER); /* waits without limit: cannot fail */
	}
}

/* There and back: the taker runs, waits again, and the giver goes on. */
static void run_cycle(unsigned int repetitions)
{
	helper_start(take_for_ever, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		k_sem_give(&sem);
		bench_end();
	}
	helper_stop();
}

static const struct bench_row rows[] = {
	{.key = "kernel.sem_pair", .run = run_pair},
	{.key = "kernel.sem_wake", .run = run_wake},
	{.key = "kernel.sem_cycle", .run = run_cycle},
};

const struct bench_family sem_family = {rows, ARRAY_SIZE(rows)};
