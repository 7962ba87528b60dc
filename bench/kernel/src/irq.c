/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An interrupt's way to its handler and to a thread.
 *
 * Begins before the store that makes the interrupt pending. The main thread does the store; a more
 * urgent thread waits for the semaphore that the handler gives.
 */

#include <zephyr/irq.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"
#include "pend.h"

static K_SEM_DEFINE(raised, 0, 1);

static void give_from_handler(const void *arg)
{
	ARG_UNUSED(arg);
	k_sem_give(&raised);
}

static void take_and_mark(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)k_sem_take(&raised, K_FOREVER);
		bench_end();
	}
}

static void run_to_thread(unsigned int repetitions)
{
	IRQ_CONNECT(BENCH_IRQ, BENCH_IRQ_PRIORITY, give_from_handler, NULL, 0);
	irq_enable(BENCH_IRQ);
	helper_start(take_and_mark, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		bench_irq_pend();
	}
	helper_stop();
	irq_disable(BENCH_IRQ);
}

static const struct bench_row rows[] = {
	{.key = "kernel.irq_to_thread", .run = run_to_thread},
};

const struct bench_family irq_family = {rows, ARRAY_SIZE(rows)};
