/* SPDX-License-Identifier: Apache-2.0 */

/** @file The families of rows of this program, one per file. */

#ifndef BENCH_KERNEL_FAMILIES_H_
#define BENCH_KERNEL_FAMILIES_H_

#include "bench.h"

extern const struct bench_family condvar_family;
extern const struct bench_family heap_family;
extern const struct bench_family irq_family;
extern const struct bench_family msgq_family;
extern const struct bench_family mutex_family;
extern const struct bench_family seed_family;
extern const struct bench_family sem_family;
extern const struct bench_family sleep_family;
extern const struct bench_family thread_family;
extern const struct bench_family timer_family;
extern const struct bench_family work_family;
extern const struct bench_family yield_family;

#endif /* BENCH_KERNEL_FAMILIES_H_ */
