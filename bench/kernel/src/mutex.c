/* SPDX-License-Identifier: Apache-2.0 */

/* k_mutex: free, and passed on to a more urgent thread whose priority the owner inherited. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

static K_MUTEX_DEFINE(mutex);
static K_SEM_DEFINE(may_lock, 0, 1);

static void run_pair(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_mutex_lock(&mutex, K_FOREVER); /* cannot fail: it is free */
		(void)k_mutex_unlock(&mutex);          /* cannot fail: it is ours */
		bench_end();
	}
}

static void lock_and_mark(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)k_sem_take(&may_lock, K_FOREVER);
		(void)k_mutex_lock(&mutex, K_FOREVER);
		bench_end();
		(void)k_mutex_unlock(&mutex);
	}
}

/* From the call of the unlock to the return of the lock, in the thread that waited for it. */
static void run_inheritance(unsigned int repetitions)
{
	helper_start(lock_and_mark, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		(void)k_mutex_lock(&mutex, K_FOREVER);
		k_sem_give(&may_lock); /* the helper waits for the mutex, we inherit */
		bench_begin();
		(void)k_mutex_unlock(&mutex);
	}
	helper_stop();
}

static const struct bench_row rows[] = {
	{.key = "kernel.mutex_pair", .run = run_pair},
	{.key = "kernel.mutex_pi", .run = run_inheritance},
};

const struct bench_family mutex_family = {rows, ARRAY_SIZE(rows)};
