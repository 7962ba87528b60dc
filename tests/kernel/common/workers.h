/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What most kernel tests need: some threads at will, and a record of who did what in which order.
 *
 * The test thread runs in the middle of three preemptible priorities: by default it is cooperative,
 * and nothing could preempt it.
 */

#ifndef TESTS_KERNEL_COMMON_WORKERS_H_
#define TESTS_KERNEL_COMMON_WORKERS_H_

#include <zephyr/kernel.h>

#include "ztest_compat.h"

#define PRIO_COOP K_PRIO_COOP(4)
#define PRIO_HIGH K_PRIO_PREEMPT(3)
#define PRIO_TEST K_PRIO_PREEMPT(5)
#define PRIO_LOW  K_PRIO_PREEMPT(7)

#define WORKER_COUNT 5

/* For ZTEST_SUITE(): `before` makes the test thread preemptible and empties the record. */
void workers_before(void *fixture);

/* For ZTEST_SUITE(): `after` ends all workers, however the test ended. */
void workers_after(void *fixture);

/* Start the next worker: entry(arg, NULL, NULL). At most WORKER_COUNT per test. */
k_tid_t worker_start(int prio, k_thread_entry_t entry, void *arg);

/* The same, after a delay; K_FOREVER: by k_thread_start(). */
k_tid_t worker_create(int prio, k_thread_entry_t entry, void *arg, k_timeout_t delay);

/* Wait until @worker has ended; fails the test if that takes more than a second. */
void worker_join(k_tid_t worker);

/* Add to the record. Any context. */
void record(char event);

/* The record since the start of the test, as a string. */
const char *recorded(void);

/* Fail the test unless the record is @expected. */
#define zassert_recorded(expected)                                                                 \
	zassert_equal(strcmp(recorded(), expected), 0, "record: %s", recorded())

/* An entry that records its argument, a string of one letter, and ends. */
void record_letter(void *letter, void *p2, void *p3);

#endif /* TESTS_KERNEL_COMMON_WORKERS_H_ */
