/* SPDX-License-Identifier: Apache-2.0 */

/* Threads: how they begin, end, pause and are called. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define STATIC_STACK_SIZE 512

static void static_entry(void *p1, void *p2, void *p3);

static int first_argument;
static int second_argument;
static int third_argument;
static int64_t delayed_started_ms = -1;
static int static_runs;
static bool manual_ran;

static void delayed_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	delayed_started_ms = k_uptime_get();
}

static void manual_entry(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	manual_ran = true;
}

K_THREAD_DEFINE(static_thread, STATIC_STACK_SIZE, static_entry, &first_argument, &second_argument,
		&third_argument, PRIO_HIGH, 0, 0);
K_THREAD_DEFINE(delayed_thread, STATIC_STACK_SIZE, delayed_entry, NULL, NULL, NULL, PRIO_HIGH, 0,
		30);
K_THREAD_DEFINE(manual_thread, STATIC_STACK_SIZE, manual_entry, NULL, NULL, NULL, PRIO_HIGH, 0,
		SYS_FOREVER_MS);

static void static_entry(void *p1, void *p2, void *p3)
{
	if (p1 == &first_argument && p2 == &second_argument && p3 == &third_argument) {
		static_runs++;
	}
}

ZTEST_SUITE(thread, NULL, NULL, workers_before, workers_after, NULL);

/* A thread defined statically runs with its arguments and ends. */
ZTEST(thread, test_static_thread_runs)
{
	zassert_equal(k_thread_join(static_thread, K_SECONDS(1)), 0);
	zassert_equal(static_runs, 1);
}

/* A static thread with a delay does not start before it is over. */
ZTEST(thread, test_static_thread_with_delay)
{
	zassert_equal(k_thread_join(delayed_thread, K_SECONDS(1)), 0);
	zassert_true(delayed_started_ms >= 30, "started at %d ms", (int)delayed_started_ms);
}

/* A static thread without a start time waits for k_thread_start(). */
ZTEST(thread, test_static_thread_to_be_started)
{
	k_sleep(K_MSEC(50));
	zassert_false(manual_ran);
	k_thread_start(manual_thread);
	zassert_equal(k_thread_join(manual_thread, K_SECONDS(1)), 0);
	zassert_true(manual_ran);
}

/* A new thread of a higher priority runs at once. */
ZTEST(thread, test_create_preempts)
{
	worker_start(PRIO_HIGH, record_letter, "a");
	record('b');
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
}

/* A new thread of the same or a lower priority has to wait. */
ZTEST(thread, test_create_does_not_preempt_equals)
{
	worker_start(PRIO_TEST, record_letter, "b");
	worker_start(PRIO_LOW, record_letter, "c");
	record('a');
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
}

/* A thread with a delay starts when it is over. */
ZTEST(thread, test_create_with_delay)
{
	worker_create(PRIO_HIGH, record_letter, "a", K_MSEC(20));
	k_sleep(K_MSEC(10));
	zassert_equal(strcmp(recorded(), ""), 0);
	k_sleep(K_MSEC(20));
	zassert_equal(strcmp(recorded(), "a"), 0);
}

/* A thread that was aborted before its start never starts. */
ZTEST(thread, test_abort_before_the_start)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "a", K_MSEC(10));

	k_thread_abort(worker);
	k_sleep(K_MSEC(30));
	zassert_equal(strcmp(recorded(), ""), 0);
	zassert_equal(k_thread_join(worker, K_NO_WAIT), 0);
}

static void sleep_then_record(void *letter, void *p2, void *p3)
{
	k_sleep(K_MSEC(10));
	record_letter(letter, p2, p3);
}

/* Joining waits for the end of a thread. */
ZTEST(thread, test_join_waits)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_then_record, "a");

	zassert_equal(strcmp(recorded(), ""), 0);
	zassert_equal(k_thread_join(worker, K_FOREVER), 0);
	zassert_equal(strcmp(recorded(), "a"), 0);
	zassert_equal(k_thread_join(worker, K_FOREVER), 0, "a dead thread can be joined again");
}

/* Joining a thread that goes on: -EBUSY without waiting, -EAGAIN when the time is over. */
ZTEST(thread, test_join_in_vain)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_then_record, "a");

	zassert_equal(k_thread_join(worker, K_NO_WAIT), -EBUSY);
	zassert_equal(k_thread_join(worker, K_MSEC(2)), -EAGAIN);
}

static int circular_result;

static void join_its_creator(void *creator, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_MSEC(5)); /* by then the creator waits for us */
	circular_result = k_thread_join(creator, K_FOREVER);
}

/* Joining oneself, or one who waits for oneself, is a deadlock and is refused. */
ZTEST(thread, test_join_deadlock)
{
	zassert_equal(k_thread_join(k_current_get(), K_FOREVER), -EDEADLK);
	worker_join(worker_start(PRIO_HIGH, join_its_creator, k_current_get()));
	zassert_equal(circular_result, -EDEADLK);
}

static k_tid_t joined;

static void join_and_record(void *letter, void *p2, void *p3)
{
	if (k_thread_join(joined, K_FOREVER) == 0) {
		record_letter(letter, p2, p3);
	}
}

static void sleep_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_FOREVER);
	record('!');
}

/* An abort releases all who join, the most urgent first. */
ZTEST(thread, test_abort_releases_all_joiners)
{
	joined = worker_start(PRIO_HIGH, sleep_for_ever, NULL);
	worker_start(PRIO_LOW, join_and_record, "b");
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, join_and_record, "a");
	k_thread_abort(joined);
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
}

static void abort_itself(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	k_thread_abort(k_current_get());
	record('!');
}

/* A thread that aborts itself does not return from it. */
ZTEST(thread, test_abort_oneself)
{
	worker_join(worker_start(PRIO_HIGH, abort_itself, NULL));
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
}

static void abort_in_isr(const void *thread)
{
	k_thread_abort((k_tid_t)(uintptr_t)thread);
	record('i');
}

static void abort_on_expiry(struct k_timer *timer)
{
	abort_in_isr(k_timer_user_data_get(timer));
}

static K_TIMER_DEFINE(aborter, abort_on_expiry, NULL);

/* Not by irq_offload(): on Zephyr that locks the scheduler for the thread it interrupts. */
static void abort_itself_by_interrupt(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_timer_user_data_set(&aborter, k_current_get());
	k_timer_start(&aborter, K_MSEC(1), K_NO_WAIT);
	k_busy_wait(20000);
	record('!');
}

/* An interrupt may abort the thread that it interrupted: it finishes first, then others run. */
ZTEST(thread, test_abort_the_interrupted_thread)
{
	worker_join(worker_start(PRIO_HIGH, abort_itself_by_interrupt, NULL));
	zassert_equal(strcmp(recorded(), "i"), 0, "record: %s", recorded());
}

/* Even a cooperative one. */
ZTEST(thread, test_abort_the_interrupted_cooperative_thread)
{
	worker_join(worker_start(PRIO_COOP, abort_itself_by_interrupt, NULL));
	zassert_equal(strcmp(recorded(), "i"), 0, "record: %s", recorded());
}

/* An interrupt may abort a thread that waits. */
ZTEST(thread, test_abort_a_waiting_thread_in_an_interrupt)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_for_ever, NULL);

	irq_offload(abort_in_isr, worker);
	zassert_equal(k_thread_join(worker, K_NO_WAIT), 0);
}

/* To abort a dead thread has no effect. */
ZTEST(thread, test_abort_twice)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_for_ever, NULL);

	k_thread_abort(worker);
	k_thread_abort(worker);
	zassert_equal(k_thread_join(worker, K_NO_WAIT), 0);
}

/* Nothing brings a dead thread back. */
ZTEST(thread, test_dead_threads_stay_dead)
{
	k_tid_t worker = worker_start(PRIO_HIGH, sleep_then_record, "!");

	k_thread_abort(worker);
	k_thread_start(worker);
	k_thread_resume(worker);
	k_wakeup(worker);
	k_sleep(K_MSEC(20));
	zassert_equal(strcmp(recorded(), ""), 0, "record: %s", recorded());
	zassert_equal(k_thread_join(worker, K_NO_WAIT), 0);
}

static volatile unsigned int rounds;

static void count_rounds(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		rounds++;
		k_sleep(K_MSEC(1));
	}
}

/* A suspended thread does not run until it is resumed, however often it was suspended. */
ZTEST(thread, test_suspend_and_resume)
{
	k_tid_t worker = worker_start(PRIO_LOW, count_rounds, NULL);
	unsigned int before;

	k_sleep(K_MSEC(10));
	k_thread_suspend(worker);
	k_thread_suspend(worker);
	before = rounds;
	k_sleep(K_MSEC(10));
	zassert_equal(rounds, before);

	k_thread_resume(worker);
	k_sleep(K_MSEC(10));
	zassert_true(rounds > before);
}

static void suspend_itself(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	k_thread_suspend(k_current_get());
	record('c');
}

/* A thread may suspend itself; resuming a higher one switches to it at once. */
ZTEST(thread, test_suspend_oneself)
{
	k_tid_t worker = worker_start(PRIO_HIGH, suspend_itself, NULL);

	record('b');
	k_thread_resume(worker);
	record('d');
	zassert_equal(strcmp(recorded(), "abcd"), 0, "record: %s", recorded());
}

static void suspend_on_expiry(struct k_timer *timer)
{
	k_thread_suspend(k_timer_user_data_get(timer));
	record('i');
}

static K_TIMER_DEFINE(suspender, suspend_on_expiry, NULL);

static void suspend_itself_by_interrupt(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_timer_user_data_set(&suspender, k_current_get());
	k_timer_start(&suspender, K_MSEC(1), K_NO_WAIT);
	k_busy_wait(20000);
	record('c');
}

/* An interrupt may suspend the thread that it interrupted. */
ZTEST(thread, test_suspend_the_interrupted_thread)
{
	k_tid_t worker = worker_start(PRIO_HIGH, suspend_itself_by_interrupt, NULL);

	record('b');
	k_thread_resume(worker);
	zassert_equal(strcmp(recorded(), "ibc"), 0, "record: %s", recorded());
}

/* Even if that one is cooperative. */
ZTEST(thread, test_suspend_the_interrupted_cooperative_thread)
{
	k_tid_t worker = worker_start(PRIO_COOP, suspend_itself_by_interrupt, NULL);

	record('b');
	k_thread_resume(worker);
	zassert_equal(strcmp(recorded(), "ibc"), 0, "record: %s", recorded());
}

/* Resuming a thread that waits, but is not suspended, does not end its wait. */
ZTEST(thread, test_resume_without_suspend)
{
	k_tid_t waiter;

	joined = worker_start(PRIO_HIGH, sleep_for_ever, NULL);
	waiter = worker_start(PRIO_HIGH, join_and_record, "a");
	k_thread_resume(waiter);
	zassert_equal(strcmp(recorded(), ""), 0);
	zassert_equal(k_thread_join(waiter, K_NO_WAIT), -EBUSY);
	k_thread_abort(joined);
	k_sleep(K_MSEC(1)); /* Zephyr need not switch in k_thread_abort() */
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
}

/* A lowered thread gives way at once; a raised one runs at once. */
ZTEST(thread, test_priority_change_switches)
{
	k_tid_t worker = worker_start(PRIO_LOW, record_letter, "b");

	zassert_equal(k_thread_priority_get(worker), PRIO_LOW);
	record('a');
	k_thread_priority_set(worker, PRIO_HIGH);
	record('c');
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());

	worker_start(PRIO_LOW, record_letter, "e");
	record('d');
	k_thread_priority_set(k_current_get(), PRIO_LOW + 1);
	record('f');
	zassert_equal(strcmp(recorded(), "abcdef"), 0, "record: %s", recorded());
}

static K_THREAD_STACK_DEFINE(reused_stack, STATIC_STACK_SIZE);
static struct k_thread reused;

static void reuse(k_thread_entry_t entry, const char *letter)
{
	k_thread_create(&reused, reused_stack, K_THREAD_STACK_SIZEOF(reused_stack), entry,
			(void *)(uintptr_t)letter, NULL, NULL, PRIO_HIGH, 0, K_NO_WAIT);
}

/* A control block and a stack can be used anew once their thread has ended. */
ZTEST(thread, test_reuse)
{
	for (int i = 0; i < 10; i++) {
		reuse(record_letter, "x");
		zassert_equal(k_thread_join(&reused, K_FOREVER), 0);
	}
	zassert_equal(strcmp(recorded(), "xxxxxxxxxx"), 0);
}

/* Also if it was aborted while it slept: of its time-out nothing is left. */
ZTEST(thread, test_reuse_after_abort)
{
	worker_create(PRIO_LOW, record_letter, "c", K_MSEC(15)); /* is queued beside it */
	for (int i = 0; i < 10; i++) {
		reuse(sleep_then_record, "!");
		k_thread_abort(&reused);
	}
	reuse(sleep_then_record, "b");
	record('a');
	k_sleep(K_MSEC(30));
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
	zassert_equal(k_thread_join(&reused, K_NO_WAIT), 0);
}
