/* SPDX-License-Identifier: Apache-2.0 */

/*
 * k_timer: the start of one, alone and behind a thousand others, and its way to a thread.
 *
 * The others have deadlines of their own, all before the measured one: a sorted list would walk
 * past each of them.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"

#define OTHERS 1000U

static struct k_timer others[OTHERS];
static struct k_timer timer;
static K_SEM_DEFINE(expired, 0, 1);

static void start_and_stop(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		k_timer_start(&timer, K_SECONDS(1000), K_NO_WAIT);
		bench_end();
		k_timer_stop(&timer);
	}
}

static void run_start(unsigned int repetitions)
{
	k_timer_init(&timer, NULL, NULL);
	start_and_stop(repetitions);
}

static void run_start1000(unsigned int repetitions)
{
	k_timer_init(&timer, NULL, NULL);
	for (unsigned int i = 0; i < OTHERS; i++) {
		k_timer_init(&others[i], NULL, NULL);
		k_timer_start(&others[i], K_MSEC(500000U + i * 7U), K_NO_WAIT);
	}
	start_and_stop(repetitions);
	for (unsigned int i = 0; i < OTHERS; i++) {
		k_timer_stop(&others[i]);
	}
}

static void give_on_expiry(struct k_timer *expiring)
{
	ARG_UNUSED(expiring);
	k_sem_give(&expired);
}

/* From the first instruction of the clock's interrupt to the return of the take, in the thread. */
static void run_to_thread(unsigned int repetitions)
{
	k_timer_init(&timer, give_on_expiry, NULL);
	for (unsigned int i = 0; i < repetitions; i++) {
		k_timer_start(&timer, K_MSEC(1), K_NO_WAIT);
		bench_arm();
		(void)k_sem_take(&expired, K_FOREVER);
		bench_end();
	}
}

static const struct bench_row rows[] = {
	{.key = "kernel.timer_start", .run = run_start},
	{.key = "kernel.timer_start1000", .run = run_start1000},
	{.key = "kernel.timer_to_thread", .run = run_to_thread},
};

const struct bench_family timer_family = {rows, ARRAY_SIZE(rows)};
