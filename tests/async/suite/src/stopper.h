/* SPDX-License-Identifier: Apache-2.0 */

/* For executors that run until they are stopped. */

#ifndef TESTS_ASYNC_SUITE_STOPPER_H_
#define TESTS_ASYNC_SUITE_STOPPER_H_

struct eddy_task;

/* Stop the executor under test when a task of it is done, or does not end. */
void stop_when_done(struct eddy_task *task);

#endif /* TESTS_ASYNC_SUITE_STOPPER_H_ */
