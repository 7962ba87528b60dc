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
	k_yield(); /* the helper reaches its own, and begins a segment */
	bench_end();
	for (unsigned int i = 0; i < repetitions / 2U; i++) {
		bench_begin();
		k_yield();
		bench_end();
	}
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
	{"kernel.yield2", run_yield2},
	{"kernel.yield1", run_yield1},
};

const struct bench_family yield_family = {rows, ARRAY_SIZE(rows)};
