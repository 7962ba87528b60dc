/* SPDX-License-Identifier: Apache-2.0 */

/* The kind of executor under test: one of the files kind_*.c. */

#ifndef TESTS_ASYNC_SUITE_UNDER_TEST_H_
#define TESTS_ASYNC_SUITE_UNDER_TEST_H_

#include <eddy/eddy.h>

/* Longest wait for what must happen anyhow. */
#define SOON K_SECONDS(20)

/* For eddy_spawn(). */
extern struct eddy_executor *const under_test;

/* Start it, once. */
void under_test_start(void);

/* Let it run until a task that is spawned already has ended. Returns 0, or -EAGAIN: not SOON. */
int under_test_run(struct eddy_task *task);

#endif /* TESTS_ASYNC_SUITE_UNDER_TEST_H_ */
