/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What most tests of the async library need: an executor that the test itself runs, step by step,
 * others on threads of their own, and the record of who did what in which order.
 */

#ifndef TESTS_ASYNC_COMMON_ASYNC_TEST_H_
#define TESTS_ASYNC_COMMON_ASYNC_TEST_H_

#include <eddy/eddy.h>
#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

/* A result that no call of the library returns: still at it. */
#define UNSET 12345

/* Longest wait for what must happen anyhow; ticks may be as long as 10 ms. */
#define SOON K_SECONDS(60)

/* Ticks by which a deadline may be late: what a slow CPU does in between. */
#define LATE 10

/* The executor of the test's own thread. Fresh in each test. */
extern struct eddy_executor executor;

/* For ZTEST_SUITE(). */
void async_before(void *fixture);
#define async_after workers_after

/* The test passes here, for ztest_post_assert_fail_hook(): eddy_lock may still be held. */
void pass_after_assertion(void);

/* Spawn on `executor`; it must succeed. */
void spawn(struct eddy_task *task);

/* Run the tasks of `executor` until none is ready. */
void run_ready(void);

/* Run them, sleeping in between, until @task is done. */
void run_until_done(struct eddy_task *task);

/* Run the tasks of `executor` for some time, the test's thread sleeping in between. */
void run_for(k_timeout_t duration);

/* Run another executor on a worker of priority @prio, until the end of the test. */
k_tid_t start_executor(struct eddy_executor *other, int prio);

#endif /* TESTS_ASYNC_COMMON_ASYNC_TEST_H_ */
