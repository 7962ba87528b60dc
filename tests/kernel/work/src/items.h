/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Work items for tests, and a queue to run them.
 *
 * The queue is more urgent than the test: an item runs as soon as it is submitted. A gated one then
 * stays RUNNING until the test opens the gate, and what is submitted meanwhile stays QUEUED.
 */

#ifndef TESTS_KERNEL_WORK_SRC_ITEMS_H_
#define TESTS_KERNEL_WORK_SRC_ITEMS_H_

#include <zephyr/kernel.h>

#define NOT_YET 77 /* no result of any call */

struct item {
	struct k_work work;
	char letter;       /* Recorded when it runs. */
	bool gated;        /* Then it waits at the gate, and records '.'. */
	int resubmissions; /* Then it submits itself so often, to `where`. */
	int result;        /* What the last of these submissions returned. */
	struct k_work_q *where;
};

extern struct k_work_q queue;
extern struct item a, b, c;

/* Start the queue with its usual options, and make the items a, b, c plain and idle. */
void items_before(void *fixture);
void items_after(void *fixture);

/* Stop the queue, and start it anew. */
void queue_restart(int prio, const struct k_work_queue_config *config);

/* Submit to the queue. */
int submit(struct item *item);

/* Submit to the queue, to be run until gate_open(). */
void submit_gated(struct item *item);

/* Let one item pass. */
void gate_open(void);

/* A thread that waits for an item: its letter is recorded when its call has returned. */
struct waiter {
	struct item *item;
	char letter;
	int result; /* NOT_YET, or what the call returned. */
};

/* Entries for worker_start(), with a struct waiter. */
void flush_item(void *waiter, void *p2, void *p3);
void cancel_item_sync(void *waiter, void *p2, void *p3);

#endif /* TESTS_KERNEL_WORK_SRC_ITEMS_H_ */
