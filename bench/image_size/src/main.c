/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Two threads and a semaphore, with time-outs: what a program of this kernel takes at least.
 *
 * Main sleeps and gives, the worker takes with a limit, so that neither time-outs nor hand-over can
 * be left out by the linker.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#define WORKER_STACK_SIZE 256
#define WORKER_PRIORITY   1

static K_SEM_DEFINE(beat, 0, 1);

/* Volatile: the result of the work, for a debugger to look at. */
static volatile unsigned int missed;

static void count_missed_beats(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		if (k_sem_take(&beat, K_MSEC(200)) != 0) {
			missed++;
		}
	}
}

K_THREAD_DEFINE(worker, WORKER_STACK_SIZE, count_missed_beats, NULL, NULL, NULL, WORKER_PRIORITY, 0,
		0);

int main(void)
{
	for (;;) {
		(void)k_sleep(K_MSEC(100)); /* nobody wakes us early */
		k_sem_give(&beat);
	}
	return 0;
}
