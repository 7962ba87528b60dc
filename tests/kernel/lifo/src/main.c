/* SPDX-License-Identifier: Apache-2.0 */

/* LIFO: the names of its own. What they do is tested as the queue's. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

struct item {
	void *reserved; /* for the LIFO */
	char letter;
};

static K_LIFO_DEFINE(static_lifo);
static struct k_lifo lifo;
static struct item items[3];

static void before(void *fixture)
{
	workers_before(fixture);
	k_lifo_init(&lifo);
}

ZTEST_SUITE(lifo, NULL, NULL, before, workers_after, NULL);

/* The newest item leaves first. */
ZTEST(lifo, test_last_in_first_out)
{
	for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
		k_lifo_put(&lifo, &items[i]);
	}
	for (size_t i = ARRAY_SIZE(items); i > 0U; i--) {
		zassert_equal_ptr(k_lifo_get(&lifo, K_NO_WAIT), &items[i - 1U]);
	}
	zassert_is_null(k_lifo_get(&lifo, K_NO_WAIT));
}

/* K_LIFO_DEFINE() makes a LIFO that is ready before anything runs. */
ZTEST(lifo, test_define_makes_it_ready)
{
	zassert_is_null(k_lifo_get(&static_lifo, K_NO_WAIT));
	k_lifo_put(&static_lifo, &items[0]);
	zassert_equal_ptr(k_lifo_get(&static_lifo, K_FOREVER), &items[0]);
}

/* A get that finds nothing returns NULL once its time is over, not before. */
ZTEST(lifo, test_get_times_out)
{
	int64_t start = k_uptime_ticks();

	zassert_is_null(k_lifo_get(&lifo, K_MSEC(20)));
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
}

static struct item *got[2];

static void take_one(void *p1, void *p2, void *p3)
{
	struct item **mine = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	*mine = k_lifo_get(&lifo, K_FOREVER);
}

static void put_two_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_lifo_put(&lifo, &items[0]);
	k_lifo_put(&lifo, &items[1]);
}

/* Waiters are served in the order of their arrival: only items are taken last in, first out. */
ZTEST(lifo, test_put_serves_waiters_by_arrival)
{
	worker_start(PRIO_HIGH, take_one, &got[0]);
	worker_start(PRIO_HIGH, take_one, &got[1]);
	irq_offload(put_two_in_isr, NULL);
	zassert_equal_ptr(got[0], &items[0]);
	zassert_equal_ptr(got[1], &items[1]);
}
