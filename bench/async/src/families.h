/* SPDX-License-Identifier: Apache-2.0 */

/** @file The families of rows of this program, one per file. */

#ifndef BENCH_ASYNC_FAMILIES_H_
#define BENCH_ASYNC_FAMILIES_H_

#include "bench.h"

extern const struct bench_family chan_family;
extern const struct bench_family irq_family;
extern const struct bench_family join_family;
extern const struct bench_family nest_family;
extern const struct bench_family sem_family;
extern const struct bench_family seed_family;
extern const struct bench_family select_family;
extern const struct bench_family signal_family;
extern const struct bench_family spawn_family;
extern const struct bench_family timer_family;
extern const struct bench_family yield_family;

/** Report what tasks and frames take. Thread. */
void sizes_report(void);

#endif /* BENCH_ASYNC_FAMILIES_H_ */
