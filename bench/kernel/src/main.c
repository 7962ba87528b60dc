/* SPDX-License-Identifier: Apache-2.0 */

/* Runs the rows of every family, then reports what the objects' control blocks take. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"

static const struct bench_family *const families[] = {
	&yield_family, &sem_family, &mutex_family,  &msgq_family, &condvar_family, &timer_family,
	&sleep_family, &irq_family, &thread_family, &work_family, &seed_family,    &heap_family,
};

int main(void)
{
	bench_run(families, ARRAY_SIZE(families));
	bench_size("kernel.thread.bytes", sizeof(struct k_thread));
	bench_size("kernel.sem.bytes", sizeof(struct k_sem));
	bench_size("kernel.work.bytes", sizeof(struct k_work));
	bench_size("kernel.work_delayable.bytes", sizeof(struct k_work_delayable));
	bench_done();
	return 0;
}
