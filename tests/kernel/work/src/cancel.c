/* SPDX-License-Identifier: Apache-2.0 */

/* Cancellation of work items, with and without waiting. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "items.h"
#include "workers.h"

ZTEST_SUITE(work_cancel, NULL, NULL, items_before, items_after, NULL);

/* To cancel an idle item changes nothing; it can be submitted. */
ZTEST(work_cancel, test_cancel_of_an_idle_item)
{
	struct k_work_sync sync;

	zassert_equal(k_work_cancel(&a.work), 0);
	zassert_false(k_work_cancel_sync(&a.work, &sync));
	zassert_equal(submit(&a), 1);
	zassert_recorded("a");
}

/* A queued item that is canceled does not run, until it is submitted again. */
ZTEST(work_cancel, test_cancel_of_a_queued_item)
{
	submit_gated(&a);
	(void)submit(&b);
	zassert_equal(k_work_cancel(&b.work), 0);
	gate_open();
	zassert_recorded("a.");

	zassert_equal(submit(&b), 1);
	zassert_recorded("a.b");
}

/* A running item runs to its end, and cannot be submitted before. */
ZTEST(work_cancel, test_cancel_of_a_running_item)
{
	submit_gated(&a);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(k_work_busy_get(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(submit(&a), -EBUSY);

	gate_open();
	zassert_recorded("a.");
	zassert_equal(k_work_busy_get(&a.work), 0);
	zassert_equal(submit(&a), 1);
	gate_open();
}

/* Of an item both running and queued the second run is dropped. */
ZTEST(work_cancel, test_cancel_of_a_running_and_queued_item)
{
	submit_gated(&a);
	(void)submit(&a);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	gate_open();
	zassert_recorded("a.");
}

/* From the first, the middle or the last place, canceled items leave the queue in order. */
ZTEST(work_cancel, test_cancel_anywhere_in_the_queue)
{
	struct item *items[] = {&a, &b, &c};

	for (int canceled = 0; canceled < 3; canceled++) {
		static struct item blocker;
		const char *expected[] = {".bca", ".acb", ".abc"};
		size_t before = strlen(recorded());

		blocker = c;
		blocker.letter = '/';
		submit_gated(&blocker);
		for (int i = 0; i < 3; i++) {
			(void)submit(items[i]);
		}
		zassert_equal(k_work_cancel(&items[canceled]->work), 0);
		(void)submit(items[canceled]); /* now behind the others */
		gate_open();
		zassert_equal(strcmp(recorded() + before + 1, expected[canceled]), 0, "record: %s",
			      recorded());
	}
}

/* All items of a queue can be canceled; the next one runs. */
ZTEST(work_cancel, test_cancel_of_all_items)
{
	submit_gated(&a);
	(void)submit(&b);
	(void)submit(&c);
	zassert_equal(k_work_cancel(&b.work), 0);
	zassert_equal(k_work_cancel(&c.work), 0);
	gate_open();
	(void)submit(&c);
	zassert_recorded("a.c");
}

static struct k_work_sync handler_sync;
static int cancel_result;
static int resubmit_result;

static void cancel_self(struct k_work *work)
{
	cancel_result = k_work_cancel(work);
	resubmit_result = k_work_submit_to_queue(&queue, work);
	record('s');
}

/* An item may cancel itself: then it cannot submit itself. */
ZTEST(work_cancel, test_cancel_by_the_item_itself)
{
	static K_WORK_DEFINE(work, cancel_self);

	(void)k_work_submit_to_queue(&queue, &work);
	zassert_equal(cancel_result, K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(resubmit_result, -EBUSY);
	zassert_equal(k_work_busy_get(&work), 0);
	zassert_equal(k_work_submit_to_queue(&queue, &work), 1);
	zassert_recorded("ss");
}

static void cancel_b_sync(struct k_work *work)
{
	ARG_UNUSED(work);
	cancel_result = k_work_cancel_sync(&b.work, &handler_sync);
	record('s');
}

/* An item may cancel another of its queue and need not wait for it: that one cannot run. */
ZTEST(work_cancel, test_cancel_sync_by_another_item)
{
	static K_WORK_DEFINE(work, cancel_b_sync);

	submit_gated(&a);
	(void)k_work_submit_to_queue(&queue, &work);
	(void)submit(&b);
	gate_open();
	zassert_equal(cancel_result, true);
	zassert_recorded("a.s");
}

/* A queued item is idle once it is canceled: no wait, but the caller learns that it was busy. */
ZTEST(work_cancel, test_cancel_sync_of_a_queued_item_does_not_wait)
{
	struct k_work_sync sync;

	submit_gated(&a);
	(void)submit(&b);
	zassert_true(k_work_cancel_sync(&b.work, &sync));
	gate_open();
	zassert_recorded("a.");
}

/* A running item is waited for. */
ZTEST(work_cancel, test_cancel_sync_waits_for_a_running_item)
{
	struct waiter waiter = {.item = &a, .letter = 'w'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, cancel_item_sync, &waiter);
	zassert_equal(waiter.result, NOT_YET);
	zassert_equal(submit(&a), -EBUSY);
	gate_open();
	zassert_equal(waiter.result, true);
	zassert_recorded("a.w");
}

/* One can cancel first and wait later. */
ZTEST(work_cancel, test_cancel_sync_after_cancel)
{
	struct waiter waiter = {.item = &a, .letter = 'w'};

	submit_gated(&a);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	worker_start(PRIO_HIGH, cancel_item_sync, &waiter);
	zassert_equal(waiter.result, NOT_YET);
	gate_open();
	zassert_equal(waiter.result, true);
}

/* Several threads can wait for one cancellation: all go on, the most urgent first. */
ZTEST(work_cancel, test_cancel_sync_by_several_threads)
{
	struct waiter waiters[] = {
		{.item = &a, .letter = '3'},
		{.item = &a, .letter = '1'},
		{.item = &a, .letter = '2'},
	};

	submit_gated(&a);
	worker_start(PRIO_LOW, cancel_item_sync, &waiters[0]);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_COOP, cancel_item_sync, &waiters[1]);
	worker_start(PRIO_HIGH, cancel_item_sync, &waiters[2]);

	gate_open();
	k_sleep(K_MSEC(1));
	for (int i = 0; i < 3; i++) {
		zassert_equal(waiters[i].result, true, "waiter %d", i);
	}
	zassert_recorded("a.123");
}

/* Cancellations of several items at a time do not disturb each other. */
ZTEST(work_cancel, test_cancel_sync_of_several_items)
{
	struct waiter first = {.item = &a, .letter = '1'};
	struct waiter second = {.item = &b, .letter = '2'};
	struct waiter third = {.item = &a, .letter = '3'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, cancel_item_sync, &first);
	submit_gated(&b);
	worker_start(PRIO_HIGH, cancel_item_sync, &second);
	worker_start(PRIO_HIGH, cancel_item_sync, &third);
	zassert_equal(second.result, true, "it was only queued");
	gate_open();
	zassert_equal(first.result, true);
	zassert_equal(third.result, true);
	zassert_recorded("a2.13");
}

/* A flush and a cancellation of a running item end together. */
ZTEST(work_cancel, test_flush_and_cancel_sync_together)
{
	struct waiter flusher = {.item = &a, .letter = 'f'};
	struct waiter canceler = {.item = &a, .letter = 'w'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, flush_item, &flusher);
	worker_start(PRIO_HIGH, cancel_item_sync, &canceler);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(flusher.result, true);
	zassert_equal(canceler.result, true);
}

/* Whoever flushes an item that is then canceled in the queue does not wait for ever. */
ZTEST(work_cancel, test_cancel_ends_a_flush_of_a_queued_item)
{
	struct waiter flusher = {.item = &b, .letter = 'f'};

	submit_gated(&a);
	(void)submit(&b);
	worker_start(PRIO_HIGH, flush_item, &flusher);
	zassert_equal(flusher.result, NOT_YET);
	zassert_equal(k_work_cancel(&b.work), 0);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(flusher.result, true);
}

/* The same when the item runs too: the flush waits for the run under way. */
ZTEST(work_cancel, test_cancel_shortens_a_flush_of_a_running_and_queued_item)
{
	struct waiter flusher = {.item = &a, .letter = 'f'};

	submit_gated(&a);
	(void)submit(&a);
	worker_start(PRIO_HIGH, flush_item, &flusher);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(flusher.result, NOT_YET);
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(flusher.result, true);
	zassert_recorded("a.f");
}

/* A flush that waits for the run under way does so though a later one is canceled meanwhile. */
ZTEST(work_cancel, test_cancel_of_a_later_run_does_not_end_a_flush)
{
	struct waiter flusher = {.item = &a, .letter = 'f'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, flush_item, &flusher);
	zassert_equal(submit(&a), 2);
	zassert_equal(k_work_cancel(&a.work), K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(flusher.result, NOT_YET);
	gate_open();
	zassert_equal(flusher.result, true);
	zassert_recorded("a.f");
}

static void cancel_static(void *p1, void *p2, void *p3)
{
	static struct k_work_sync sync; /* outlives the thread, as Zephyr needs it */

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_work_cancel_sync(&((struct item *)p1)->work, &sync); /* aborted here */
	record('!');
}

/* A thread aborted while it waits for a cancellation leaves all others and the item in order. */
ZTEST(work_cancel, test_abort_in_cancel_sync)
{
	struct waiter waiter = {.item = &a, .letter = 'w'};
	k_tid_t aborted;

	submit_gated(&a);
	aborted = worker_start(PRIO_HIGH, cancel_static, &a);
	worker_start(PRIO_HIGH, cancel_item_sync, &waiter);
	k_thread_abort(aborted);
	gate_open();
	zassert_equal(waiter.result, true);

	zassert_equal(submit(&a), 1);
	gate_open();
	zassert_recorded("a.wa.");
}

static void cancel_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	cancel_result = k_work_cancel(&a.work);
	resubmit_result = submit(&a);
}

/* An interrupt may cancel, and submit again at once what was only queued. */
ZTEST(work_cancel, test_cancel_in_an_interrupt)
{
	submit_gated(&b);
	(void)submit(&a);
	irq_offload(cancel_in_isr, NULL);
	zassert_equal(cancel_result, 0);
	zassert_equal(resubmit_result, 1);
	gate_open();
	zassert_recorded("b.a");

	submit_gated(&a);
	irq_offload(cancel_in_isr, NULL);
	zassert_equal(cancel_result, K_WORK_RUNNING | K_WORK_CANCELING);
	zassert_equal(resubmit_result, -EBUSY);
	gate_open();
	zassert_recorded("b.aa.");
}

static unsigned int accepted;
static unsigned int canceled;
static unsigned int ran;
static unsigned int expiries;

static void count_run(struct k_work *work)
{
	ARG_UNUSED(work);
	ran++;
}

static K_WORK_DEFINE(counted, count_run);

static void submit_and_cancel(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	accepted += k_work_submit_to_queue(&queue, &counted) > 0 ? 1U : 0U;
	expiries++;
	if (expiries % 2U == 0U && (k_work_busy_get(&counted) & K_WORK_QUEUED) != 0) {
		(void)k_work_cancel(&counted); /* it is queued: out it goes */
		canceled++;
	}
}

static K_TIMER_DEFINE(interrupter, submit_and_cancel, NULL);

/* With interrupts that submit and cancel, each submission is either run or canceled, once. */
ZTEST(work_cancel, test_every_submission_is_run_or_canceled)
{
	struct k_work_sync sync;

	accepted = canceled = ran = expiries = 0U;
	k_timer_start(&interrupter, K_TICKS(1), K_TICKS(1));
	for (int i = 0; i < 200; i++) {
		unsigned int key = irq_lock();

		accepted += k_work_submit_to_queue(&queue, &counted) > 0 ? 1U : 0U;
		irq_unlock(key);
		if (i % 5 == 0) {
			(void)k_work_flush(&counted, &sync); /* whatever it finds */
		}
		k_busy_wait(50);
	}
	k_timer_stop(&interrupter);
	(void)k_work_flush(&counted, &sync);

	zassert_true(canceled > 10U && ran > 50U, "only %u canceled, %u ran", canceled, ran);
	zassert_equal(ran + canceled, accepted);
}
