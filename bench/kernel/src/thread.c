/* SPDX-License-Identifier: Apache-2.0 */

/* The whole life of a thread: created, started, run to its end at once, joined. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

#define CHILD_STACK_SIZE 512

static K_THREAD_STACK_DEFINE(child_stack, CHILD_STACK_SIZE);
static struct k_thread child;

static void return_at_once(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
}

static void run_life(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_thread_create(&child, child_stack, CHILD_STACK_SIZE, return_at_once, NULL,
				      NULL, NULL, HELPER_HIGHER, 0, K_FOREVER);
		k_thread_start(&child);
		(void)k_thread_join(&child, K_FOREVER); /* it has ended: cannot fail */
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{.key = "kernel.thread_life", .run = run_life},
};

const struct bench_family thread_family = {rows, ARRAY_SIZE(rows)};
