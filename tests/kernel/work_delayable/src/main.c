/* SPDX-License-Identifier: Apache-2.0 */

/* Delayable work: k_work_schedule(), k_work_reschedule() and what ends a delay. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define QUEUE_STACK_SIZE 1024
#define NOT_YET          77 /* no result of any call */

static struct k_work_q queue; /* more urgent than the test */
static K_THREAD_STACK_DEFINE(queue_stack, QUEUE_STACK_SIZE);
static K_SEM_DEFINE(gate, 0, 10);

/* An item of the tests, and what it does when it runs. */
struct item {
	struct k_work_delayable dwork;
	char letter; /* recorded */
	bool gated;  /* then it waits at the gate, and records '.' */
	int64_t ran_at;
};

static struct item a, b;

static void run_item(struct k_work *work)
{
	struct item *item = CONTAINER_OF(k_work_delayable_from_work(work), struct item, dwork);

	item->ran_at = k_uptime_ticks();
	record(item->letter);
	if (item->gated) {
		k_sem_take(&gate, K_FOREVER);
		record('.');
	}
}

static void item_init(struct item *item, char letter)
{
	*item = (struct item){.letter = letter};
	k_work_init_delayable(&item->dwork, run_item);
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_sem_reset(&gate);
	item_init(&a, 'a');
	item_init(&b, 'b');
	k_work_queue_init(&queue);
	k_work_queue_start(&queue, queue_stack, QUEUE_STACK_SIZE, PRIO_HIGH, NULL);
	k_sleep(K_TICKS(1)); /* begin at a tick */
}

static void after(void *fixture)
{
	(void)k_work_cancel_delayable(&a.dwork); /* the next test makes them anew */
	(void)k_work_cancel_delayable(&b.dwork);
	workers_after(fixture);
	k_thread_abort(k_work_queue_thread_get(&queue));
}

ZTEST_SUITE(work_delayable, NULL, NULL, before, after, NULL);

static int schedule(struct item *item, k_timeout_t delay)
{
	return k_work_schedule_for_queue(&queue, &item->dwork, delay);
}

static int reschedule(struct item *item, k_timeout_t delay)
{
	return k_work_reschedule_for_queue(&queue, &item->dwork, delay);
}

static int busy(const struct item *item)
{
	return k_work_delayable_busy_get(&item->dwork);
}

/* Have an item run until the gate is opened. */
static void run_gated(struct item *item)
{
	item->gated = true;
	(void)schedule(item, K_NO_WAIT); /* the tests see what came of it */
	k_sleep(K_TICKS(1));
}

static void record_static(struct k_work *work)
{
	ARG_UNUSED(work);
	record('s');
}

static K_WORK_DELAYABLE_DEFINE(static_dwork, record_static);

/* K_WORK_DELAYABLE_DEFINE() makes an item that is ready before anything runs. */
ZTEST(work_delayable, test_define_makes_an_idle_item)
{
	zassert_equal(k_work_delayable_busy_get(&static_dwork), 0);
	zassert_false(k_work_delayable_is_pending(&static_dwork));
	zassert_equal(k_work_schedule_for_queue(&queue, &static_dwork, K_MSEC(1)), 1);
	k_sleep(K_MSEC(2));
	zassert_recorded("s");
}

/* A scheduled item runs when its delay is over, not before. */
ZTEST(work_delayable, test_schedule_runs_it_after_the_delay)
{
	int64_t start = k_uptime_ticks();

	zassert_equal(schedule(&a, K_TICKS(50)), 1);
	zassert_equal(busy(&a), K_WORK_DELAYED);
	zassert_true(k_work_delayable_is_pending(&a.dwork));
	k_sleep(K_TICKS(100));

	zassert_recorded("a");
	zassert_equal(busy(&a), 0);
	zassert_true(IN_RANGE(a.ran_at - start, 50, 52), "after %d", (int)(a.ran_at - start));
}

/* While the delay runs one can ask when it ends. */
ZTEST(work_delayable, test_expires_and_remaining)
{
	int64_t expires;
	int64_t remaining;

	(void)schedule(&a, K_TICKS(50));
	k_sleep(K_TICKS(10));
	expires = k_work_delayable_expires_get(&a.dwork);
	remaining = k_work_delayable_remaining_get(&a.dwork);
	zassert_true(IN_RANGE(remaining, 36, 40), "remaining: %d", (int)remaining);

	k_sleep(K_TICKS(100));
	zassert_true(IN_RANGE(a.ran_at - expires, 0, 1), "off by %d", (int)(a.ran_at - expires));
	zassert_equal(k_work_delayable_remaining_get(&a.dwork), 0);
}

/* Items run in the order of their deadlines, and of scheduling where these are equal. */
ZTEST(work_delayable, test_deadlines_decide_the_order)
{
	unsigned int key = irq_lock(); /* the clock stands still */

	(void)schedule(&b, K_TICKS(20));
	(void)schedule(&a, K_TICKS(20));
	(void)k_work_schedule_for_queue(&queue, &static_dwork, K_TICKS(10));
	irq_unlock(key);
	k_sleep(K_TICKS(30));
	zassert_recorded("sba");
}

/* To schedule what is scheduled changes nothing. */
ZTEST(work_delayable, test_schedule_does_not_move_a_deadline)
{
	int64_t start = k_uptime_ticks();

	(void)schedule(&a, K_TICKS(50));
	zassert_equal(schedule(&a, K_TICKS(10)), 0);
	zassert_equal(schedule(&a, K_TICKS(90)), 0);
	zassert_equal(schedule(&a, K_NO_WAIT), 0);
	k_sleep(K_TICKS(200));
	zassert_recorded("a");
	zassert_true(IN_RANGE(a.ran_at - start, 50, 52), "after %d", (int)(a.ran_at - start));
}

/* To reschedule moves the deadline, to earlier and to later. */
ZTEST(work_delayable, test_reschedule_moves_a_deadline)
{
	int64_t start = k_uptime_ticks();

	(void)schedule(&a, K_TICKS(50));
	(void)schedule(&b, K_TICKS(50));
	zassert_equal(reschedule(&a, K_TICKS(90)), 1);
	zassert_equal(reschedule(&b, K_TICKS(10)), 1);
	k_sleep(K_TICKS(200));
	zassert_recorded("ba");
	zassert_true(IN_RANGE(a.ran_at - start, 90, 92), "after %d", (int)(a.ran_at - start));
	zassert_true(IN_RANGE(b.ran_at - start, 10, 12), "after %d", (int)(b.ran_at - start));
}

/* Again and again rescheduled, as a watchdog is, an item does not run before all is quiet. */
ZTEST(work_delayable, test_reschedule_in_time_keeps_it_from_running)
{
	for (int i = 0; i < 10; i++) {
		zassert_equal(reschedule(&a, K_TICKS(20)), 1);
		k_sleep(K_TICKS(10));
	}
	zassert_recorded("");
	k_sleep(K_TICKS(20));
	zassert_recorded("a");
}

/* Without a delay, to schedule is to submit. */
ZTEST(work_delayable, test_schedule_without_a_delay_submits)
{
	run_gated(&b);
	zassert_equal(schedule(&a, K_NO_WAIT), 1);
	zassert_equal(busy(&a), K_WORK_QUEUED);
	zassert_equal(schedule(&a, K_NO_WAIT), 0);
	zassert_equal(reschedule(&a, K_NO_WAIT), 0);
	zassert_equal(schedule(&b, K_NO_WAIT), 2);
	k_sem_give(&gate);
	k_sem_give(&gate);
	k_sleep(K_TICKS(1));
	zassert_recorded("b.ab.");
}

/* To reschedule without a delay ends one that runs. */
ZTEST(work_delayable, test_reschedule_without_a_delay_submits_now)
{
	(void)schedule(&a, K_TICKS(50));
	zassert_equal(reschedule(&a, K_NO_WAIT), 1);
	k_sleep(K_TICKS(1));
	zassert_recorded("a");
	zassert_equal(busy(&a), 0);
	k_sleep(K_TICKS(60));
	zassert_recorded("a");
}

/* An item can be scheduled while it runs; it runs again. */
ZTEST(work_delayable, test_schedule_of_a_running_item)
{
	run_gated(&a);
	zassert_equal(schedule(&a, K_TICKS(20)), 1);
	zassert_equal(busy(&a), K_WORK_RUNNING | K_WORK_DELAYED);
	k_sem_give(&gate);
	k_sem_give(&gate);
	zassert_equal(busy(&a), K_WORK_DELAYED);
	k_sleep(K_TICKS(30));
	zassert_recorded("a.a.");
}

/* A delay that ends while the item still runs queues it behind itself. */
ZTEST(work_delayable, test_delay_ends_while_it_runs)
{
	run_gated(&a);
	(void)schedule(&a, K_TICKS(5));
	k_sleep(K_TICKS(10));
	zassert_equal(busy(&a), K_WORK_RUNNING | K_WORK_QUEUED);
	k_sem_give(&gate);
	k_sem_give(&gate);
	zassert_recorded("a.a.");
}

/* A queued item cannot be scheduled, but rescheduled: then it runs now and later. */
ZTEST(work_delayable, test_reschedule_of_a_queued_item)
{
	run_gated(&b);
	(void)schedule(&a, K_NO_WAIT);
	zassert_equal(schedule(&a, K_TICKS(10)), 0);
	zassert_equal(busy(&a), K_WORK_QUEUED);
	zassert_equal(reschedule(&a, K_TICKS(10)), 1);
	zassert_equal(busy(&a), K_WORK_QUEUED | K_WORK_DELAYED);
	k_sem_give(&gate);
	zassert_recorded("b.a");
	k_sleep(K_TICKS(20));
	zassert_recorded("b.aa");
}

static int handler_result;

static void run_thrice(struct k_work *work)
{
	struct k_work_delayable *dwork = k_work_delayable_from_work(work);

	record('p');
	if (strlen(recorded()) < 3U) {
		handler_result = k_work_schedule_for_queue(&queue, dwork, K_TICKS(10));
	}
}

/* An item can schedule itself, to run periodically. */
ZTEST(work_delayable, test_schedule_by_the_item_itself)
{
	static K_WORK_DELAYABLE_DEFINE(periodic, run_thrice);

	(void)k_work_schedule_for_queue(&queue, &periodic, K_TICKS(10));
	k_sleep(K_TICKS(100));
	zassert_equal(handler_result, 1);
	zassert_recorded("ppp");
	zassert_equal(k_work_delayable_busy_get(&periodic), 0);
}

/* A delay may be given as an uptime; one that has passed is over at the next tick. */
ZTEST(work_delayable, test_absolute_delay)
{
	int64_t start = k_uptime_ticks();

	(void)schedule(&a, K_TIMEOUT_ABS_TICKS(start + 30));
	(void)schedule(&b, K_TIMEOUT_ABS_TICKS(start - 1));
	k_sleep(K_TICKS(5));
	zassert_recorded("b");
	k_sleep(K_TICKS(50));
	zassert_recorded("ba");
	zassert_true(IN_RANGE(a.ran_at - start, 30, 31), "after %d", (int)(a.ran_at - start));
}

/* Delayed for ever, an item waits to be rescheduled. */
ZTEST(work_delayable, test_delay_without_end)
{
	zassert_equal(schedule(&a, K_FOREVER), 1);
	zassert_equal(busy(&a), K_WORK_DELAYED);
	zassert_equal(k_work_delayable_remaining_get(&a.dwork), 0);
	zassert_equal(schedule(&a, K_TICKS(1)), 0);
	k_sleep(K_TICKS(20));
	zassert_recorded("");

	zassert_equal(reschedule(&a, K_TICKS(1)), 1);
	k_sleep(K_TICKS(5));
	zassert_recorded("a");
}

/* Delayed for ever, an item is not what a flush would wait for; the flush ends the delay. */
ZTEST(work_delayable, test_flush_of_a_delay_without_end)
{
	struct k_work_sync sync;

	(void)schedule(&a, K_FOREVER);
	zassert_false(k_work_flush_delayable(&a.dwork, &sync));
	zassert_equal(busy(&a), 0);
	zassert_recorded("");
}

/* Without a queue an item goes where it was last; the first time that is nowhere. */
ZTEST(work_delayable, test_schedule_without_a_queue)
{
	zassert_equal(k_work_schedule_for_queue(NULL, &a.dwork, K_NO_WAIT), -EINVAL);
	zassert_equal(k_work_schedule_for_queue(NULL, &a.dwork, K_TICKS(1)), 1);
	k_sleep(K_TICKS(5));
	zassert_recorded("");
	zassert_equal(busy(&a), 0);

	(void)schedule(&a, K_NO_WAIT);
	k_sleep(K_TICKS(1));
	zassert_equal(k_work_schedule_for_queue(NULL, &a.dwork, K_TICKS(1)), 1);
	k_sleep(K_TICKS(5));
	zassert_recorded("aa");
}

/* An item whose queue takes nothing when its delay ends is dropped. */
ZTEST(work_delayable, test_delay_ends_at_a_plugged_queue)
{
	(void)schedule(&a, K_TICKS(5));
	(void)k_work_queue_drain(&queue, true);
	k_sleep(K_TICKS(10));
	zassert_equal(busy(&a), 0);
	zassert_equal(k_work_queue_unplug(&queue), 0);
	zassert_equal(schedule(&a, K_NO_WAIT), 1);
	k_sleep(K_TICKS(10));
	zassert_recorded("a");
}

/* A drain does not wait for delays. */
ZTEST(work_delayable, test_drain_does_not_wait_for_delays)
{
	(void)schedule(&a, K_TICKS(50));
	zassert_equal(k_work_queue_drain(&queue, false), 0);
	zassert_equal(busy(&a), K_WORK_DELAYED);
}

/* The same item can be delayed for one queue and run on another. */
ZTEST(work_delayable, test_system_queue)
{
	zassert_equal(k_work_schedule(&a.dwork, K_TICKS(5)), 1);
	zassert_equal(k_work_schedule(&a.dwork, K_TICKS(5)), 0);
	zassert_equal(k_work_reschedule(&a.dwork, K_TICKS(8)), 1);
	k_sleep(K_TICKS(20));
	zassert_recorded("a");
	zassert_equal(schedule(&a, K_TICKS(5)), 1);
	k_sleep(K_TICKS(20));
	zassert_recorded("aa");
}

static int isr_results[3];

static void schedule_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_results[0] = schedule(&a, K_TICKS(50));
	isr_results[1] = reschedule(&a, K_TICKS(5));
	isr_results[2] = schedule(&b, K_NO_WAIT);
}

static void cancel_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_results[0] = k_work_cancel_delayable(&a.dwork);
	isr_results[1] = k_work_cancel_delayable(&b.dwork);
}

/* Interrupts may schedule, reschedule and cancel. */
ZTEST(work_delayable, test_interrupts)
{
	irq_offload(schedule_in_isr, NULL);
	zassert_equal(isr_results[0], 1);
	zassert_equal(isr_results[1], 1);
	zassert_equal(isr_results[2], 1);
	k_sleep(K_TICKS(10));
	zassert_recorded("ba");

	run_gated(&b);
	(void)schedule(&a, K_TICKS(5));
	irq_offload(cancel_in_isr, NULL);
	zassert_equal(isr_results[0], 0);
	zassert_equal(isr_results[1], K_WORK_RUNNING | K_WORK_CANCELING);
	k_sem_give(&gate);
	k_sleep(K_TICKS(10));
	zassert_recorded("bab.");
}

/* A canceled delay never ends in a run. */
ZTEST(work_delayable, test_cancel_of_a_delayed_item)
{
	(void)schedule(&a, K_TICKS(10));
	zassert_equal(k_work_cancel_delayable(&a.dwork), 0);
	zassert_equal(busy(&a), 0);
	k_sleep(K_TICKS(20));
	zassert_recorded("");
	zassert_equal(schedule(&a, K_TICKS(1)), 1);
	k_sleep(K_TICKS(5));
	zassert_recorded("a");
}

/* An item whose delay is over but that has not run can be canceled as well. */
ZTEST(work_delayable, test_cancel_of_a_queued_item)
{
	run_gated(&b);
	(void)schedule(&a, K_TICKS(5));
	k_sleep(K_TICKS(10));
	zassert_equal(busy(&a), K_WORK_QUEUED);
	zassert_equal(k_work_cancel_delayable(&a.dwork), 0);
	k_sem_give(&gate);
	zassert_recorded("b.");
}

/* Of an item that runs, is queued and is delayed, only the run under way remains. */
ZTEST(work_delayable, test_cancel_of_an_item_in_all_states)
{
	run_gated(&a);
	(void)schedule(&a, K_NO_WAIT);
	(void)reschedule(&a, K_TICKS(20));
	zassert_equal(busy(&a), K_WORK_RUNNING | K_WORK_QUEUED | K_WORK_DELAYED);
	zassert_equal(k_work_cancel_delayable(&a.dwork), K_WORK_RUNNING | K_WORK_CANCELING);
	k_sem_give(&gate);
	k_sleep(K_TICKS(30));
	zassert_recorded("a.");
	zassert_equal(busy(&a), 0);
}

/* An item that is being canceled can be rescheduled for later; now it is refused. */
ZTEST(work_delayable, test_reschedule_while_canceling)
{
	run_gated(&a);
	(void)k_work_cancel_delayable(&a.dwork); /* it runs on */
	zassert_equal(schedule(&a, K_NO_WAIT), 0);
	zassert_equal(schedule(&a, K_TICKS(1)), 0);
	zassert_equal(reschedule(&a, K_NO_WAIT), -EBUSY);
	zassert_equal(reschedule(&a, K_TICKS(10)), 1);
	k_sem_give(&gate);
	k_sem_give(&gate);
	zassert_equal(busy(&a), K_WORK_DELAYED);
	k_sleep(K_TICKS(20));
	zassert_recorded("a.a.");
}

/* A delay that ends while the item is still being canceled is for nothing. */
ZTEST(work_delayable, test_delay_ends_while_canceling)
{
	run_gated(&a);
	(void)k_work_cancel_delayable(&a.dwork); /* it runs on */
	(void)reschedule(&a, K_TICKS(5));
	k_sleep(K_TICKS(10));
	zassert_equal(busy(&a), K_WORK_RUNNING | K_WORK_CANCELING);
	k_sem_give(&gate);
	k_sleep(K_TICKS(10));
	zassert_recorded("a.");
}

/* A thread that waits for a delayable item. */
struct waiter {
	struct item *item;
	int result;
};

static void cancel_sync(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;
	struct k_work_sync sync;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = NOT_YET;
	waiter->result = k_work_cancel_delayable_sync(&waiter->item->dwork, &sync);
}

static void flush(void *p1, void *p2, void *p3)
{
	struct waiter *waiter = p1;
	struct k_work_sync sync;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	waiter->result = NOT_YET;
	waiter->result = k_work_flush_delayable(&waiter->item->dwork, &sync);
}

/* A delay is canceled at once; an idle item has nothing to cancel. */
ZTEST(work_delayable, test_cancel_sync_of_a_delayed_item_does_not_wait)
{
	struct k_work_sync sync;

	(void)schedule(&a, K_TICKS(10));
	zassert_true(k_work_cancel_delayable_sync(&a.dwork, &sync));
	zassert_false(k_work_cancel_delayable_sync(&a.dwork, &sync));
	k_sleep(K_TICKS(20));
	zassert_recorded("");
}

/* A run is waited for, by any number of threads, while its next delay is canceled. */
ZTEST(work_delayable, test_cancel_sync_waits_for_a_running_item)
{
	struct waiter waiters[] = {{.item = &a}, {.item = &a}, {.item = &a}};
	static const int prios[] = {PRIO_HIGH, PRIO_LOW, PRIO_COOP};

	run_gated(&a);
	(void)schedule(&a, K_TICKS(20));
	for (int i = 0; i < 3; i++) {
		worker_start(prios[i], cancel_sync, &waiters[i]);
		k_sleep(K_TICKS(1));
		zassert_equal(waiters[i].result, NOT_YET);
	}
	k_sem_give(&gate);
	k_sleep(K_TICKS(40));
	for (int i = 0; i < 3; i++) {
		zassert_equal(waiters[i].result, true);
	}
	zassert_recorded("a.");
	zassert_equal(busy(&a), 0);
}

/* A flush runs a delayed item now, and waits for its end. */
ZTEST(work_delayable, test_flush_ends_the_delay)
{
	struct waiter waiter = {.item = &a};
	int64_t start = k_uptime_ticks();

	a.gated = true;
	(void)schedule(&a, K_TICKS(1000));
	worker_start(PRIO_HIGH, flush, &waiter);
	k_sleep(K_TICKS(1));
	zassert_equal(waiter.result, NOT_YET);
	zassert_recorded("a");
	k_sem_give(&gate);
	zassert_equal(waiter.result, true);
	zassert_true(k_uptime_ticks() - start < 100);
	zassert_equal(busy(&a), 0);
}

/* A flush of an idle item returns at once. */
ZTEST(work_delayable, test_flush_of_an_idle_item)
{
	struct k_work_sync sync;

	zassert_false(k_work_flush_delayable(&a.dwork, &sync));
	zassert_recorded("");
}

static void cancel_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	isr_results[0] = busy(&a);
	isr_results[1] = k_work_cancel_delayable(&a.dwork);
}

static K_TIMER_DEFINE(canceler, cancel_on_expiry, NULL);

/* A delay that is canceled in the very tick of its end: the item runs, or it never does. */
ZTEST(work_delayable, test_cancel_at_the_tick_of_the_expiry)
{
	for (int offset = -2; offset <= 2; offset++) {
		bool ran_before_cancel;
		unsigned int key;

		k_sleep(K_TICKS(1)); /* begin at a tick */
		key = irq_lock();
		a.ran_at = 0;
		(void)schedule(&a, K_TICKS(10));
		k_timer_start(&canceler, K_TICKS(10 + offset), K_NO_WAIT);
		irq_unlock(key);
		k_sleep(K_TICKS(20));

		ran_before_cancel = isr_results[0] == 0;
		zassert_equal(isr_results[1], 0);
		zassert_equal(a.ran_at != 0, ran_before_cancel, "offset %d", offset);
		zassert_equal(busy(&a), 0);
	}
}

static unsigned int scheduled;
static unsigned int ran;
static unsigned int withdrawn;

static void count_run(struct k_work *work)
{
	ARG_UNUSED(work);
	ran++;
}

static K_WORK_DELAYABLE_DEFINE(counted, count_run);

static void meddle(struct k_timer *timer)
{
	int state = k_work_delayable_busy_get(&counted);

	ARG_UNUSED(timer);
	if ((state & (K_WORK_DELAYED | K_WORK_QUEUED)) != 0) {
		(void)k_work_cancel_delayable(&counted); /* out it goes */
		withdrawn++;
	}
}

static K_TIMER_DEFINE(meddler, meddle, NULL);

/* With interrupts that cancel at all moments, what was scheduled either runs or was canceled. */
ZTEST(work_delayable, test_every_delay_is_run_or_canceled)
{
	struct k_work_sync sync;

	scheduled = ran = withdrawn = 0U;
	k_timer_start(&meddler, K_TICKS(3), K_TICKS(7));
	for (int i = 0; i < 200; i++) {
		unsigned int key = irq_lock();

		scheduled += k_work_schedule_for_queue(&queue, &counted, K_TICKS(i % 4)) == 1;
		irq_unlock(key);
		k_busy_wait(130);
	}
	k_timer_stop(&meddler);
	withdrawn += k_work_cancel_delayable_sync(&counted, &sync) ? 1U : 0U;
	zassert_true(ran > 20U && withdrawn > 5U, "too little happened: %u, %u", ran, withdrawn);
	zassert_equal(ran + withdrawn, scheduled, "%u + %u of %u", ran, withdrawn, scheduled);
}
