/* SPDX-License-Identifier: Apache-2.0 */

/** @file The marker that only the harness calls; bench.h has the others. */

#ifndef BENCH_COMMON_MARKERS_H_
#define BENCH_COMMON_MARKERS_H_

/** @brief The row that was being counted is complete; the next one starts from zero. */
void bench_row(void);

#endif /* BENCH_COMMON_MARKERS_H_ */
