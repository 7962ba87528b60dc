/* SPDX-License-Identifier: Apache-2.0 */

/* FIFO: the names of its own. What they do is tested as the queue's. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

struct item {
	void *reserved; /* for the FIFO */
	char letter;
};

static K_FIFO_DEFINE(static_fifo);
static struct k_fifo fifo;
static struct item items[4];

static void before(void *fixture)
{
	workers_before(fixture);
	k_fifo_init(&fifo);
}

ZTEST_SUITE(fifo, NULL, NULL, before, workers_after, NULL);

/* Items leave in the order in which they came. */
ZTEST(fifo, test_first_in_first_out)
{
	for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
		k_fifo_put(&fifo, &items[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
		zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[i]);
	}
	zassert_is_null(k_fifo_get(&fifo, K_NO_WAIT));
}

/* K_FIFO_DEFINE() makes a FIFO that is ready before anything runs. */
ZTEST(fifo, test_define_makes_it_ready)
{
	zassert_not_equal(k_fifo_is_empty(&static_fifo), 0);
	k_fifo_put(&static_fifo, &items[0]);
	zassert_equal(k_fifo_is_empty(&static_fifo), 0);
	zassert_equal_ptr(k_fifo_get(&static_fifo, K_FOREVER), &items[0]);
}

/* Both ends can be seen without taking anything. */
ZTEST(fifo, test_peek_shows_oldest_and_newest)
{
	zassert_is_null(k_fifo_peek_head(&fifo));
	zassert_is_null(k_fifo_peek_tail(&fifo));
	k_fifo_put(&fifo, &items[0]);
	k_fifo_put(&fifo, &items[1]);
	zassert_equal_ptr(k_fifo_peek_head(&fifo), &items[0]);
	zassert_equal_ptr(k_fifo_peek_tail(&fifo), &items[1]);
	zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[0]);
}

/* Linked items enter in one step, as a chain or as a list. */
ZTEST(fifo, test_put_list_and_slist)
{
	sys_slist_t list;

	items[0].reserved = &items[1];
	items[1].reserved = NULL;
	k_fifo_put_list(&fifo, &items[0], &items[1]);

	sys_slist_init(&list);
	sys_slist_append(&list, (sys_snode_t *)&items[2].reserved);
	sys_slist_append(&list, (sys_snode_t *)&items[3].reserved);
	k_fifo_put_slist(&fifo, &list);

	for (size_t i = 0; i < ARRAY_SIZE(items); i++) {
		zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), &items[i]);
	}
}

static struct item *got;

static void take_one(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	got = k_fifo_get(&fifo, K_FOREVER);
	record('t');
}

static void put_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	k_fifo_put(&fifo, &items[0]);
}

/* An item put in an interrupt goes to the thread that waits. */
ZTEST(fifo, test_put_in_an_interrupt_wakes)
{
	worker_start(PRIO_HIGH, take_one, NULL);
	irq_offload(put_in_isr, NULL);
	zassert_equal(strcmp(recorded(), "t"), 0);
	zassert_equal_ptr(got, &items[0]);
}

/* To cancel a wait sends the waiter away with nothing. */
ZTEST(fifo, test_cancel_wait)
{
	got = &items[0];
	worker_start(PRIO_HIGH, take_one, NULL);
	k_fifo_cancel_wait(&fifo);
	zassert_equal(strcmp(recorded(), "t"), 0);
	zassert_is_null(got);
}
