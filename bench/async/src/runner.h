/* SPDX-License-Identifier: Apache-2.0 */

/** @file The executor that the rows share. It runs on the main thread. */

#ifndef BENCH_ASYNC_RUNNER_H_
#define BENCH_ASYNC_RUNNER_H_

#include <eddy/eddy.h>

extern struct eddy_executor runner;

/** @brief Run the spawned tasks until none of them is ready. Thread. */
void runner_run_ready(void);

#endif /* BENCH_ASYNC_RUNNER_H_ */
