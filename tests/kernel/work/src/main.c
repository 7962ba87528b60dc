/* SPDX-License-Identifier: Apache-2.0 */

/* Work items and queues: submission, order, state, flushing. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "items.h"
#include "workers.h"

static struct k_work_q other_queue; /* set up, but not started */

static void record_thread(struct k_work *work);

static K_WORK_DEFINE(static_work, record_thread);
static k_tid_t ran_on;

static void record_thread(struct k_work *work)
{
	record(work == &static_work ? 's' : '?');
	ran_on = k_current_get();
}

static void before(void *fixture)
{
	items_before(fixture);
	k_work_queue_init(&other_queue);
	ran_on = NULL;
}

ZTEST_SUITE(work, NULL, NULL, before, items_after, NULL);

/* K_WORK_DEFINE() makes an item that is ready before anything runs. */
ZTEST(work, test_define_makes_an_idle_item)
{
	zassert_equal(k_work_busy_get(&static_work), 0);
	zassert_false(k_work_is_pending(&static_work));
	zassert_equal(k_work_submit_to_queue(&queue, &static_work), 1);
	zassert_recorded("s");
}

/* An item runs once per submission, on the thread of its queue. */
ZTEST(work, test_submit_runs_it_on_the_queues_thread)
{
	(void)k_work_submit_to_queue(&queue, &static_work);
	zassert_equal(ran_on, k_work_queue_thread_get(&queue));

	(void)k_work_submit_to_queue(&queue, &static_work);
	zassert_recorded("ss");
	zassert_equal(k_work_busy_get(&static_work), 0);
}

/* The worker has the name and the priority that it was started with. */
ZTEST(work, test_start_sets_name_and_priority)
{
	static const struct k_work_queue_config config = {.name = "digger"};

	queue_restart(PRIO_LOW, &config);

	zassert_equal(strcmp(k_thread_name_get(k_work_queue_thread_get(&queue)), "digger"), 0);
	zassert_equal(k_thread_priority_get(k_work_queue_thread_get(&queue)), PRIO_LOW);
}

/* A queue that was not started takes nothing. */
ZTEST(work, test_submit_to_a_queue_not_started_is_refused)
{
	zassert_equal(k_work_submit_to_queue(&other_queue, &a.work), -ENODEV);
	zassert_equal(k_work_busy_get(&a.work), 0);
}

/* Without a queue an item goes where it was last; the first time that is nowhere. */
ZTEST(work, test_submit_without_a_queue_goes_to_the_last_one)
{
	zassert_equal(k_work_submit_to_queue(NULL, &a.work), -EINVAL);
	(void)submit(&a);
	zassert_equal(k_work_submit_to_queue(NULL, &a.work), 1);
	zassert_recorded("aa");
}

/* An item that is queued stays where it is, whatever queue one submits it to. */
ZTEST(work, test_submit_of_a_queued_item_has_no_effect)
{
	submit_gated(&a);
	zassert_equal(submit(&b), 1);
	zassert_equal(submit(&b), 0);
	zassert_equal(k_work_submit_to_queue(&other_queue, &b.work), 0);
	zassert_equal(k_work_submit_to_queue(NULL, &b.work), 0);

	gate_open();
	zassert_recorded("a.b");
}

/* A running item goes to the queue that runs it, and runs again after its end. */
ZTEST(work, test_submit_of_a_running_item_queues_it_there)
{
	submit_gated(&a);
	zassert_equal(k_work_submit_to_queue(&other_queue, &a.work), 2);
	zassert_equal(k_work_busy_get(&a.work), K_WORK_RUNNING | K_WORK_QUEUED);
	zassert_equal(submit(&a), 0);
	zassert_recorded("a");

	gate_open();
	zassert_recorded("a.a");
	gate_open();
	zassert_recorded("a.a.");
	zassert_equal(k_work_busy_get(&a.work), 0);
}

/* The state of an item tells whether it is queued or running. */
ZTEST(work, test_busy_get_follows_the_item)
{
	submit_gated(&a);
	zassert_equal(k_work_busy_get(&a.work), K_WORK_RUNNING);
	zassert_true(k_work_is_pending(&a.work));

	(void)submit(&b);
	zassert_equal(k_work_busy_get(&b.work), K_WORK_QUEUED);

	gate_open();
	zassert_equal(k_work_busy_get(&a.work), 0);
	zassert_equal(k_work_busy_get(&b.work), 0);
}

/* Items run in the order of their submission. */
ZTEST(work, test_items_run_in_order)
{
	submit_gated(&b);
	(void)submit(&c);
	(void)submit(&a);
	gate_open();
	zassert_recorded("b.ca");
}

/* An item that submits itself lets the others run in between. */
ZTEST(work, test_resubmission_goes_to_the_end)
{
	a.resubmissions = 2;
	b.resubmissions = 1;
	submit_gated(&c);
	(void)submit(&a);
	(void)submit(&b);
	gate_open();
	zassert_recorded("c.ababa");
	zassert_equal(a.result, 2);
}

/* A queue less urgent than its user runs nothing until that one waits. */
ZTEST(work, test_worker_has_its_own_priority)
{
	queue_restart(PRIO_LOW, NULL);
	(void)submit(&a);
	zassert_equal(k_work_busy_get(&a.work), K_WORK_QUEUED);
	k_sleep(K_MSEC(1));
	zassert_recorded("a");
}

static void submit_two_beside_a_thread(void)
{
	k_sched_lock();
	(void)submit(&a);
	(void)submit(&b);
	worker_start(PRIO_HIGH, record_letter, "x");
	k_sched_unlock();
}

/* Between two items the worker yields to threads of its priority. */
ZTEST(work, test_worker_yields_between_items)
{
	submit_two_beside_a_thread();
	zassert_recorded("axb");
}

/* With no_yield it does not. */
ZTEST(work, test_worker_told_not_to_yield_does_not)
{
	static const struct k_work_queue_config config = {.no_yield = true};

	queue_restart(PRIO_HIGH, &config);
	submit_two_beside_a_thread();
	zassert_recorded("abx");
}

static int isr_results[3];

static void submit_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_results[0] = submit(&b);
	isr_results[1] = submit(&a);
	isr_results[2] = submit(&b);
}

/* An interrupt may submit; the items run when it is over, in its order. */
ZTEST(work, test_submit_in_an_interrupt)
{
	irq_offload(submit_in_isr, NULL);
	zassert_equal(isr_results[0], 1);
	zassert_equal(isr_results[1], 1);
	zassert_equal(isr_results[2], 0);
	zassert_recorded("ba");
}

/* The system's queue runs items on its own thread, at the configured priority. */
ZTEST(work, test_system_queue)
{
	k_tid_t worker = k_work_queue_thread_get(&k_sys_work_q);

	zassert_equal(k_work_submit(&static_work), 1);
	k_sleep(K_MSEC(1));
	zassert_equal(ran_on, worker);
	zassert_equal(k_thread_priority_get(worker), CONFIG_SYSTEM_WORKQUEUE_PRIORITY);
}

/* There is nothing to wait for if an item is idle. */
ZTEST(work, test_flush_of_an_idle_item_returns_at_once)
{
	struct k_work_sync sync;

	zassert_false(k_work_flush(&a.work, &sync));
	(void)submit(&a);
	zassert_false(k_work_flush(&a.work, &sync));
}

/* A flush waits for the end of the run, not only for its beginning. */
ZTEST(work, test_flush_waits_for_a_running_item)
{
	struct waiter waiter = {.item = &a, .letter = 'f'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, flush_item, &waiter);
	zassert_equal(waiter.result, NOT_YET);
	gate_open();
	zassert_equal(waiter.result, true);
	zassert_recorded("a.f");
}

/* A flush of a queued item lets those before it run, and does not wait for those behind it. */
ZTEST(work, test_flush_waits_for_a_queued_item_only)
{
	struct waiter waiter = {.item = &b, .letter = 'f'};

	submit_gated(&a);
	(void)submit(&b);
	submit_gated(&c);
	worker_start(PRIO_COOP, flush_item, &waiter);
	zassert_equal(waiter.result, NOT_YET);
	gate_open();
	zassert_equal(waiter.result, true);
	zassert_recorded("a.bfc");
	gate_open();
}

/* An item both running and queued is waited for until it has run again. */
ZTEST(work, test_flush_of_a_running_and_queued_item_waits_for_both)
{
	struct waiter waiter = {.item = &a, .letter = 'f'};

	submit_gated(&a);
	(void)submit(&a);
	worker_start(PRIO_HIGH, flush_item, &waiter);
	gate_open();
	zassert_equal(waiter.result, NOT_YET);
	gate_open();
	zassert_equal(waiter.result, true);
	zassert_recorded("a.a.f");
}

/* A flush is over with the run it waited for, though the item was submitted again meanwhile. */
ZTEST(work, test_flush_does_not_wait_for_later_submissions)
{
	struct waiter waiter = {.item = &a, .letter = 'f'};

	submit_gated(&a);
	worker_start(PRIO_HIGH, flush_item, &waiter);
	zassert_equal(submit(&a), 2);
	gate_open();
	zassert_equal(waiter.result, true);
	zassert_equal(k_work_busy_get(&a.work), K_WORK_RUNNING);
	gate_open();
}

/* Any number of threads can flush, the same item and others. */
ZTEST(work, test_flush_by_several_threads)
{
	struct waiter first = {.item = &a, .letter = '1'};
	struct waiter second = {.item = &a, .letter = '2'};
	struct waiter third = {.item = &b, .letter = '3'};

	submit_gated(&a);
	submit_gated(&b);
	worker_start(PRIO_COOP, flush_item, &third);
	worker_start(PRIO_COOP, flush_item, &first);
	worker_start(PRIO_LOW, flush_item, &second);
	k_sleep(K_MSEC(1));
	gate_open();
	k_sleep(K_MSEC(1));
	zassert_equal(first.result, true);
	zassert_equal(second.result, true);
	zassert_equal(third.result, NOT_YET);
	gate_open();
	zassert_equal(third.result, true);
}

static void flush_static(void *p1, void *p2, void *p3)
{
	static struct k_work_sync sync; /* outlives the thread, as Zephyr needs it */

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_work_flush(&((struct item *)p1)->work, &sync); /* aborted here */
	record('!');
}

/* A thread aborted in a flush leaves item and queue in order, and other waiters to be served. */
ZTEST(work, test_abort_in_flush)
{
	struct waiter waiter = {.item = &a, .letter = 'f'};
	k_tid_t aborted;

	submit_gated(&a);
	aborted = worker_start(PRIO_HIGH, flush_static, &a);
	worker_start(PRIO_HIGH, flush_item, &waiter);
	k_thread_abort(aborted);
	gate_open();
	zassert_equal(waiter.result, true);

	zassert_equal(submit(&a), 1);
	gate_open();
	zassert_recorded("a.fa.");
	zassert_equal(k_work_busy_get(&a.work), 0);
}

/* A flush by a thread that is suspended meanwhile is over when that one runs again. */
ZTEST(work, test_flush_by_a_suspended_thread)
{
	struct waiter waiter = {.item = &a, .letter = 'f'};
	k_tid_t worker;

	submit_gated(&a);
	worker = worker_start(PRIO_HIGH, flush_item, &waiter);
	k_thread_suspend(worker);
	gate_open();
	zassert_equal(waiter.result, NOT_YET);
	k_thread_resume(worker);
	zassert_equal(waiter.result, true);
}
