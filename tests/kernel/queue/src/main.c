/* SPDX-License-Identifier: Apache-2.0 */

/* Queue: what k_queue_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define ITEM_COUNT 5

struct item {
	void *reserved; /* for the queue */
	char letter;
};

static K_QUEUE_DEFINE(static_queue);
static struct k_queue queue;

static struct item items[ITEM_COUNT];
static struct item *const a = &items[0];
static struct item *const b = &items[1];
static struct item *const c = &items[2];
static struct item *const d = &items[3];
static struct item *const e = &items[4];

/* A worker that takes one item and tells how it went. */
struct taker {
	k_timeout_t timeout;
	char letter;
	struct item *got;
};

static struct item nothing_yet;

static void take_one(void *p1, void *p2, void *p3)
{
	struct taker *taker = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	taker->got = &nothing_yet;
	taker->got = k_queue_get(&queue, taker->timeout);
	record(taker->letter);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_queue_init(&queue);
	for (int i = 0; i < ITEM_COUNT; i++) {
		items[i].reserved = &items[i]; /* whatever it was before */
		items[i].letter = (char)('a' + i);
	}
}

ZTEST_SUITE(queue, NULL, NULL, before, workers_after, NULL);

/* Take all items; the queue then has to be empty in every respect. */
static void assert_holds(const char *letters)
{
	for (const char *letter = letters; *letter != '\0'; letter++) {
		struct item *item = k_queue_get(&queue, K_NO_WAIT);

		zassert_not_null(item, "%c is missing", *letter);
		zassert_equal(item->letter, *letter, "%c for %c", item->letter, *letter);
	}
	zassert_is_null(k_queue_get(&queue, K_NO_WAIT));
	zassert_not_equal(k_queue_is_empty(&queue), 0);
	zassert_is_null(k_queue_peek_head(&queue));
	zassert_is_null(k_queue_peek_tail(&queue));
}

static void append(const char *letters)
{
	for (const char *letter = letters; *letter != '\0'; letter++) {
		k_queue_append(&queue, &items[*letter - 'a']);
	}
}

/* Link items as a caller of k_queue_append_list() does. */
static void chain(struct item *first, struct item *last)
{
	for (struct item *item = first; item != last; item++) {
		item->reserved = item + 1;
	}
	last->reserved = NULL;
}

/* A new queue is empty. */
ZTEST(queue, test_init_makes_it_empty)
{
	assert_holds("");
}

/* K_QUEUE_DEFINE() makes a queue that is ready before anything runs. */
ZTEST(queue, test_define_makes_it_ready)
{
	zassert_not_equal(k_queue_is_empty(&static_queue), 0);
	k_queue_append(&static_queue, a);
	zassert_equal_ptr(k_queue_get(&static_queue, K_NO_WAIT), a);
	zassert_not_equal(k_queue_is_empty(&static_queue), 0);
}

/* Items appended leave in their order. */
ZTEST(queue, test_append_adds_behind)
{
	append("abc");
	zassert_equal(k_queue_is_empty(&queue), 0);
	assert_holds("abc");
}

/* Items prepended leave in the reverse order. */
ZTEST(queue, test_prepend_adds_before)
{
	k_queue_prepend(&queue, a);
	k_queue_prepend(&queue, b);
	k_queue_append(&queue, c);
	k_queue_prepend(&queue, d);
	assert_holds("dbac");
}

/* An item goes behind any other: the last, one in the middle, or none, which means first. */
ZTEST(queue, test_insert_adds_behind_a_given_item)
{
	k_queue_insert(&queue, NULL, b);
	k_queue_insert(&queue, b, c);
	k_queue_insert(&queue, b, d);
	k_queue_insert(&queue, NULL, a);
	zassert_equal_ptr(k_queue_peek_tail(&queue), c);
	k_queue_append(&queue, e);
	assert_holds("abdce");
}

/* After an item has been inserted behind the last, it is the last. */
ZTEST(queue, test_insert_behind_the_last_moves_the_end)
{
	append("a");
	k_queue_insert(&queue, a, b);
	zassert_equal_ptr(k_queue_peek_tail(&queue), b);
	append("c");
	assert_holds("abc");
}

/* A queue that was emptied works like a new one. */
ZTEST(queue, test_emptied_queue_fills_again)
{
	append("ab");
	assert_holds("ab");
	append("c");
	assert_holds("c");
	k_queue_prepend(&queue, d);
	k_queue_append(&queue, a);
	assert_holds("da");
}

/* To peek shows both ends and takes nothing. */
ZTEST(queue, test_peek_leaves_the_items)
{
	append("abc");
	zassert_equal_ptr(k_queue_peek_head(&queue), a);
	zassert_equal_ptr(k_queue_peek_tail(&queue), c);
	assert_holds("abc");
}

/* A chain of items enters in one step and keeps its order. */
ZTEST(queue, test_append_list_keeps_the_order)
{
	append("a");
	chain(b, d);
	zassert_equal(k_queue_append_list(&queue, b, d), 0);
	append("e");
	assert_holds("abcde");
}

/* A chain without an end, or without a beginning, is refused. */
ZTEST(queue, test_append_list_refuses_half_a_list)
{
	chain(a, b);
	zassert_equal(k_queue_append_list(&queue, NULL, b), -EINVAL);
	zassert_equal(k_queue_append_list(&queue, a, NULL), -EINVAL);
	assert_holds("");
}

/* The nodes of a list move into the queue; the list is empty then. */
ZTEST(queue, test_merge_slist_moves_all_nodes)
{
	sys_slist_t list;

	sys_slist_init(&list);
	sys_slist_append(&list, (sys_snode_t *)&b->reserved);
	sys_slist_append(&list, (sys_snode_t *)&c->reserved);
	sys_slist_prepend(&list, (sys_snode_t *)&a->reserved);

	zassert_equal(k_queue_merge_slist(&queue, &list), 0);
	zassert_true(sys_slist_is_empty(&list));
	append("d");
	assert_holds("abcd");
}

/* An empty list is refused. */
ZTEST(queue, test_merge_slist_refuses_an_empty_list)
{
	sys_slist_t list = SYS_SLIST_STATIC_INIT(&list);

	zassert_equal(k_queue_merge_slist(&queue, &list), -EINVAL);
	assert_holds("");
}

/* An item can be removed from the beginning, the middle and the end. */
ZTEST(queue, test_remove_takes_from_anywhere)
{
	append("abcde");
	zassert_true(k_queue_remove(&queue, a));
	zassert_true(k_queue_remove(&queue, c));
	zassert_true(k_queue_remove(&queue, e));
	zassert_equal_ptr(k_queue_peek_head(&queue), b);
	zassert_equal_ptr(k_queue_peek_tail(&queue), d);
	append("a");
	assert_holds("bda");
}

/* The only item can be removed, and the queue can be used on. */
ZTEST(queue, test_remove_the_only_item)
{
	append("a");
	zassert_true(k_queue_remove(&queue, a));
	zassert_is_null(k_queue_peek_head(&queue));
	zassert_is_null(k_queue_peek_tail(&queue));
	append("b");
	assert_holds("b");
}

/* What is not in the queue is not removed. */
ZTEST(queue, test_remove_tells_what_is_not_there)
{
	zassert_false(k_queue_remove(&queue, a));
	append("ab");
	zassert_false(k_queue_remove(&queue, c));
	assert_holds("ab");
}

/* An item that is in the queue is not appended once more. */
ZTEST(queue, test_unique_append_adds_once)
{
	zassert_true(k_queue_unique_append(&queue, a));
	zassert_true(k_queue_unique_append(&queue, b));
	zassert_true(k_queue_unique_append(&queue, c));
	zassert_false(k_queue_unique_append(&queue, a));
	zassert_false(k_queue_unique_append(&queue, b));
	zassert_false(k_queue_unique_append(&queue, c));
	assert_holds("abc");
}

/* A get that finds nothing returns NULL once its time is over, not before. */
ZTEST(queue, test_get_times_out)
{
	int64_t start = k_uptime_ticks();

	zassert_is_null(k_queue_get(&queue, K_MSEC(20)));
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
}

/* A get that could wait does not if there is an item. */
ZTEST(queue, test_get_takes_what_is_there)
{
	int64_t start = k_uptime_ticks();

	append("ab");
	zassert_equal_ptr(k_queue_get(&queue, K_FOREVER), a);
	zassert_equal_ptr(k_queue_get(&queue, K_SECONDS(1)), b);
	zassert_true(k_uptime_ticks() - start < K_MSEC(500).ticks);
}

/* An item appended while a thread waits goes to that thread, not into the queue. */
ZTEST(queue, test_append_serves_the_waiter_first)
{
	struct taker taker = {K_FOREVER, '1', NULL};

	worker_start(PRIO_HIGH, take_one, &taker);
	zassert_equal_ptr(taker.got, &nothing_yet, "it should be waiting");
	append("a");
	zassert_equal_ptr(taker.got, a);
	assert_holds("");
}

/* The waiter has its item when k_queue_append() returns, though it may not have run yet. */
ZTEST(queue, test_nobody_can_steal_from_a_waiter)
{
	struct taker taker = {K_FOREVER, '1', NULL};
	k_tid_t worker = worker_start(PRIO_LOW, take_one, &taker);

	k_sleep(K_MSEC(1)); /* the worker runs and waits */
	append("ab");
	assert_holds("b");
	worker_join(worker);
	zassert_equal_ptr(taker.got, a);
}

/* Every way of adding an item serves a waiter. */
ZTEST(queue, test_all_ways_of_adding_serve_waiters)
{
	struct taker takers[] = {
		{K_FOREVER, '1', NULL},
		{K_FOREVER, '2', NULL},
		{K_FOREVER, '3', NULL},
		{K_FOREVER, '4', NULL},
	};

	for (size_t i = 0; i < ARRAY_SIZE(takers); i++) {
		worker_start(PRIO_HIGH, take_one, &takers[i]);
	}
	k_queue_prepend(&queue, a);
	k_queue_insert(&queue, NULL, b);
	zassert_true(k_queue_unique_append(&queue, c));
	chain(d, d);
	zassert_equal(k_queue_append_list(&queue, d, d), 0);

	zassert_equal(strcmp(recorded(), "1234"), 0, "order: %s", recorded());
	for (size_t i = 0; i < ARRAY_SIZE(takers); i++) {
		zassert_equal_ptr(takers[i].got, &items[i]);
	}
	assert_holds("");
}

/* Waiters are served by priority, those of one priority by arrival. */
ZTEST(queue, test_waiters_are_served_by_priority_then_arrival)
{
	struct taker low_1 = {K_FOREVER, '3', NULL};
	struct taker low_2 = {K_FOREVER, '4', NULL};
	struct taker high_1 = {K_FOREVER, '1', NULL};
	struct taker high_2 = {K_FOREVER, '2', NULL};

	worker_start(PRIO_LOW, take_one, &low_1);
	worker_start(PRIO_LOW, take_one, &low_2);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, take_one, &high_1);
	worker_start(PRIO_HIGH, take_one, &high_2);

	append("abcd");
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "1234"), 0, "order: %s", recorded());
	zassert_equal_ptr(high_1.got, a);
	zassert_equal_ptr(high_2.got, b);
	zassert_equal_ptr(low_1.got, c);
	zassert_equal_ptr(low_2.got, d);
}

/* A chain serves as many waiters as it can; the rest enters the queue. */
ZTEST(queue, test_append_list_serves_several_waiters)
{
	struct taker first = {K_FOREVER, '1', NULL};
	struct taker second = {K_FOREVER, '2', NULL};

	worker_start(PRIO_HIGH, take_one, &first);
	worker_start(PRIO_HIGH, take_one, &second);
	chain(a, e);
	zassert_equal(k_queue_append_list(&queue, a, e), 0);
	zassert_equal_ptr(first.got, a);
	zassert_equal_ptr(second.got, b);
	assert_holds("cde");
}

/* A waiter whose time is over is gone: the next item is for others. */
ZTEST(queue, test_timed_out_waiter_takes_nothing)
{
	struct taker taker = {K_MSEC(5), '1', NULL};

	worker_start(PRIO_HIGH, take_one, &taker);
	k_sleep(K_MSEC(20));
	zassert_is_null(taker.got);
	append("a");
	assert_holds("a");
}

/* An aborted waiter is passed over. */
ZTEST(queue, test_aborted_waiter_takes_nothing)
{
	struct taker first = {K_FOREVER, '1', NULL};
	struct taker second = {K_FOREVER, '2', NULL};
	k_tid_t worker = worker_start(PRIO_HIGH, take_one, &first);

	worker_start(PRIO_HIGH, take_one, &second);
	k_thread_abort(worker);
	append("a");
	zassert_equal_ptr(first.got, &nothing_yet);
	zassert_equal_ptr(second.got, a);
}

/* To cancel a wait sends the first waiter away with nothing, and no other. */
ZTEST(queue, test_cancel_wait_ends_one_wait)
{
	struct taker first = {K_FOREVER, '1', NULL};
	struct taker second = {K_FOREVER, '2', NULL};

	worker_start(PRIO_HIGH, take_one, &first);
	worker_start(PRIO_HIGH, take_one, &second);
	k_queue_cancel_wait(&queue);
	zassert_is_null(first.got);
	zassert_equal_ptr(second.got, &nothing_yet);

	append("a");
	zassert_equal_ptr(second.got, a);
}

/* With nobody waiting, a cancellation has no effect on later calls. */
ZTEST(queue, test_cancel_wait_leaves_nothing_behind)
{
	k_queue_cancel_wait(&queue);
	append("a");
	k_queue_cancel_wait(&queue);
	zassert_equal_ptr(k_queue_get(&queue, K_FOREVER), a);
	assert_holds("");
}

static struct item *isr_got[3];

static void use_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_got[0] = k_queue_get(&queue, K_NO_WAIT);
	k_queue_append(&queue, a);
	k_queue_prepend(&queue, b);
	k_queue_insert(&queue, b, c);
	isr_got[1] = k_queue_get(&queue, K_NO_WAIT);
	isr_got[2] = k_queue_peek_tail(&queue);
}

/* An interrupt may add, and take without waiting. */
ZTEST(queue, test_use_in_an_interrupt)
{
	irq_offload(use_in_isr, NULL);
	zassert_is_null(isr_got[0]);
	zassert_equal_ptr(isr_got[1], b);
	zassert_equal_ptr(isr_got[2], a);
	assert_holds("ca");
}

static void append_in_isr(const void *item)
{
	k_queue_append(&queue, (void *)(uintptr_t)item);
}

/* An item appended in an interrupt wakes a waiter; it runs when the interrupt is over. */
ZTEST(queue, test_append_in_an_interrupt_wakes)
{
	struct taker taker = {K_FOREVER, '1', NULL};

	worker_start(PRIO_HIGH, take_one, &taker);
	irq_offload(append_in_isr, a);
	zassert_equal_ptr(taker.got, a);
	assert_holds("");
}

static void append_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	append("a");
}

static K_TIMER_DEFINE(appender, append_on_expiry, NULL);

/* An item appended at the very tick of the time-out is taken or left, never both or neither. */
ZTEST(queue, test_append_at_the_tick_of_the_timeout)
{
	for (int offset = -2; offset <= 2; offset++) {
		struct item *got;

		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&appender, K_TICKS(10 + offset), K_NO_WAIT);
		got = k_queue_get(&queue, K_TICKS(10));
		k_sleep(K_TICKS(10));

		if (got == a) {
			assert_holds("");
		} else {
			zassert_is_null(got);
			assert_holds("a");
		}
	}
}
