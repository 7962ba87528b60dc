/* SPDX-License-Identifier: Apache-2.0 */

/*
 * k_yield(), with and without somebody to yield to.
 *
 * With two threads each segment is one switch: it begins before one thread's call and ends after
 * the return of the other's.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

static void yield_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		bench_begin();
		k_yield();
		bench_end();
	}
}

/* Half of the switches are the helper's, so the loop makes half as many. */
static void run_yield2(unsigned int repetitions)
{
	helper_start(yield_for_ever, HELPER_EQUAL);
	k_yield();
	bench_end(); /* of the helper's first segment */
	for (unsigned int i = 1; i < repetitions / 2U; i++) {
		bench_begin();
		k_yield();
		bench_end();
	}
	bench_begin();
	k_yield(); /* ended by the helper, whose last segment nobody ends */
	helper_stop();
}

static void run_yield1(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		k_yield();
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{.key = "kernel.yield2", .run = run_yield2},
	{.key = "kernel.yield1", .run = run_yield1},
};

const struct bench_family yield_family = {rows, ARRAY_SIZE(rows)};
