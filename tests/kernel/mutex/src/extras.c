/* SPDX-License-Identifier: Apache-2.0 */

/* What takes place at once here. Zephyr leaves it to the next call that switches threads. */

#include <zephyr/ztest.h>

#include "workers.h"

static struct k_mutex mutex;

ZTEST_SUITE(mutex_extras, NULL, NULL, workers_before, workers_after, NULL);

static void lock_in_vain(void *letter, void *p2, void *p3)
{
	zassert_equal(k_mutex_lock(&mutex, K_MSEC(5)), -EAGAIN);
	record_letter(letter, p2, p3);
}

/* An unlock that gives a lent priority back makes way for who is more urgent now. */
ZTEST(mutex_extras, test_unlock_switches_without_a_waiter)
{
	k_mutex_init(&mutex);
	k_mutex_lock(&mutex, K_FOREVER);
	worker_start(PRIO_HIGH, lock_in_vain, "a");
	k_busy_wait(20000); /* at the waiter's priority: that cannot run, and times out */
	record('b');
	k_mutex_unlock(&mutex);
	record('c');
	zassert_recorded("bac");
}
