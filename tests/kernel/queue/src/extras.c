/* SPDX-License-Identifier: Apache-2.0 */

/* Where Zephyr 3.3 loses a waiter: a chain that has fewer items than the queue has waiters. */

#include <zephyr/ztest.h>

#include "workers.h"

static struct k_queue queue;

static void take_one(void *got, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*(void **)got = k_queue_get(&queue, K_FOREVER);
}

ZTEST_SUITE(queue_extras, NULL, NULL, workers_before, workers_after, NULL);

/* A chain that is used up by waiters leaves waiters and queue as they should be. */
ZTEST(queue_extras, test_append_list_shorter_than_the_waiters)
{
	void *last = NULL;
	void *middle = NULL;
	void *first = &middle; /* an item is a pointer to the next one */
	void *got[3] = {NULL, NULL, NULL};

	k_queue_init(&queue);
	for (int i = 0; i < 3; i++) {
		worker_start(PRIO_HIGH, take_one, &got[i]);
	}
	zassert_equal(k_queue_append_list(&queue, &first, &middle), 0);
	zassert_equal_ptr(got[0], &first);
	zassert_equal_ptr(got[1], &middle);
	zassert_is_null(got[2]);

	k_queue_append(&queue, &last);
	zassert_equal_ptr(got[2], &last);
	zassert_not_equal(k_queue_is_empty(&queue), 0);
	zassert_is_null(k_queue_peek_tail(&queue));
}
