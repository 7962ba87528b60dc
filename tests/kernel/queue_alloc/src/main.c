/* SPDX-License-Identifier: Apache-2.0 */

/* Queues whose items are not written to: what the calls with `alloc` in their names promise. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define MANY 100 /* more than the heap has room for */

static struct k_queue queue;
static const char letters[] = "abcdef"; /* items that nobody could write to, nor are they aligned */

struct item {
	void *reserved; /* for the queue */
};

static struct item own;

static void *letter(int index)
{
	return (void *)(uintptr_t)&letters[index];
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_queue_init(&queue);
	k_thread_system_pool_assign(k_current_get());
}

static void empty_queue(void)
{
	while (k_queue_get(&queue, K_NO_WAIT) != NULL) {
	}
}

static void after(void *fixture)
{
	workers_after(fixture);
	empty_queue();
}

ZTEST_SUITE(queue_alloc, NULL, NULL, before, after, NULL);

/* Append until there is no memory. */
static int fill(void)
{
	int count = 0;

	while (count < MANY && k_queue_alloc_append(&queue, letter(0)) == 0) {
		count++;
	}
	return count;
}

/* Items enter at either end, and come out as the very pointers that were put in. */
ZTEST(queue_alloc, test_both_ends)
{
	zassert_equal(k_queue_alloc_append(&queue, letter(1)), 0);
	zassert_equal(k_queue_alloc_append(&queue, letter(2)), 0);
	zassert_equal(k_queue_alloc_prepend(&queue, letter(0)), 0);
	zassert_equal_ptr(k_queue_peek_head(&queue), letter(0));
	zassert_equal_ptr(k_queue_peek_tail(&queue), letter(2));
	for (int i = 0; i < 3; i++) {
		zassert_equal_ptr(k_queue_get(&queue, K_FOREVER), letter(i));
	}
	zassert_is_null(k_queue_get(&queue, K_NO_WAIT));
	zassert_is_null(k_queue_peek_head(&queue));
	zassert_is_null(k_queue_peek_tail(&queue));
}

/* Items of both kinds can be mixed. */
ZTEST(queue_alloc, test_both_kinds_of_items)
{
	static struct item others[2];

	zassert_equal(k_queue_alloc_append(&queue, letter(0)), 0);
	k_queue_append(&queue, &own);
	zassert_equal(k_queue_alloc_append(&queue, letter(1)), 0);
	k_queue_insert(&queue, &own, &others[0]);
	k_queue_prepend(&queue, &others[1]);
	zassert_true(k_queue_remove(&queue, &own));
	zassert_true(k_queue_unique_append(&queue, &own));
	zassert_equal_ptr(k_queue_peek_tail(&queue), &own);

	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &others[1]);
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), letter(0));
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &others[0]);
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), letter(1));
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), &own);
	zassert_is_null(k_queue_get(&queue, K_NO_WAIT));
}

/* One item can be in a queue several times. */
ZTEST(queue_alloc, test_same_item_twice)
{
	zassert_equal(k_queue_alloc_append(&queue, letter(0)), 0);
	zassert_equal(k_queue_alloc_append(&queue, letter(0)), 0);
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), letter(0));
	zassert_equal_ptr(k_queue_get(&queue, K_NO_WAIT), letter(0));
	zassert_is_null(k_queue_get(&queue, K_NO_WAIT));
}

/* Without memory an item is refused; items taken give their memory back. */
ZTEST(queue_alloc, test_memory_comes_back)
{
	int count = fill();

	zassert_true(count > 0 && count < MANY, "%d items", count);
	zassert_equal(k_queue_alloc_append(&queue, letter(0)), -ENOMEM);
	zassert_equal(k_queue_alloc_prepend(&queue, letter(0)), -ENOMEM);

	zassert_not_null(k_queue_get(&queue, K_NO_WAIT));
	zassert_equal(k_queue_alloc_prepend(&queue, letter(1)), 0);
	zassert_equal(k_queue_alloc_append(&queue, letter(0)), -ENOMEM);

	empty_queue();
	zassert_equal(fill(), count);
}

static void *got;

static void take_one(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	got = k_queue_get(&queue, K_FOREVER);
}

/* A waiting thread gets the pointer itself, and that takes no memory. */
ZTEST(queue_alloc, test_waiter_needs_no_memory)
{
	static struct k_queue full;
	int count = 0;

	k_queue_init(&full);
	while (count < MANY && k_queue_alloc_append(&full, letter(0)) == 0) {
		count++;
	}
	got = NULL;
	worker_start(PRIO_HIGH, take_one, NULL);
	zassert_equal(k_queue_alloc_append(&queue, letter(3)), 0);
	zassert_equal_ptr(got, letter(3));
	worker_start(PRIO_HIGH, take_one, NULL);
	zassert_equal(k_queue_alloc_prepend(&queue, letter(4)), 0);
	zassert_equal_ptr(got, letter(4));
	zassert_equal(k_queue_alloc_append(&queue, letter(3)), -ENOMEM);

	while (k_queue_get(&full, K_NO_WAIT) != NULL) {
	}
}

static int isr_result;

static void use_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_result = k_queue_alloc_append(&queue, letter(0));
	got = k_queue_get(&queue, K_NO_WAIT);
}

/* An interrupt may do the same. */
ZTEST(queue_alloc, test_use_in_an_interrupt)
{
	isr_result = 1;
	irq_offload(use_in_isr, NULL);
	zassert_equal(isr_result, 0);
	zassert_equal_ptr(got, letter(0));
}

/* Pollers are told. */
ZTEST(queue_alloc, test_alloc_append_tells_pollers)
{
	struct k_poll_event event = K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_DATA_AVAILABLE,
							     K_POLL_MODE_NOTIFY_ONLY, &queue);

	zassert_equal(k_poll(&event, 1, K_MSEC(1)), -EAGAIN);
	zassert_equal(k_queue_alloc_append(&queue, letter(0)), 0);
	zassert_equal(k_poll(&event, 1, K_MSEC(1)), 0);
}

static void poll_queue(void *p1, void *p2, void *p3)
{
	struct k_poll_event event = K_POLL_EVENT_INITIALIZER(K_POLL_TYPE_DATA_AVAILABLE,
							     K_POLL_MODE_NOTIFY_ONLY, &queue);

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(k_poll(&event, 1, K_FOREVER), 0);
	record('p');
}

/* A poller that waits is woken. */
ZTEST(queue_alloc, test_alloc_prepend_wakes_a_poller)
{
	worker_start(PRIO_HIGH, poll_queue, NULL);
	zassert_equal(k_queue_alloc_prepend(&queue, letter(0)), 0);
	zassert_equal(strcmp(recorded(), "p"), 0);
}

/* The same calls under the names of FIFO and LIFO. */
ZTEST(queue_alloc, test_fifo_and_lifo)
{
	static K_FIFO_DEFINE(fifo);
	static K_LIFO_DEFINE(lifo);

	for (int i = 0; i < 3; i++) {
		zassert_equal(k_fifo_alloc_put(&fifo, letter(i)), 0);
		zassert_equal(k_lifo_alloc_put(&lifo, letter(i)), 0);
	}
	for (int i = 0; i < 3; i++) {
		zassert_equal_ptr(k_fifo_get(&fifo, K_NO_WAIT), letter(i));
		zassert_equal_ptr(k_lifo_get(&lifo, K_NO_WAIT), letter(2 - i));
	}
}
