/* SPDX-License-Identifier: Apache-2.0 */

/* Scheduling: who runs when several could. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

static void after(void *fixture)
{
	k_sched_time_slice_set(0, 0);
	workers_after(fixture);
}

ZTEST_SUITE(sched, NULL, NULL, workers_before, after, NULL);

/* Ready threads run in the order of their priorities, equal ones in the order of their start. */
ZTEST(sched, test_order)
{
	k_sched_lock();
	worker_start(PRIO_LOW, record_letter, "d");
	worker_start(PRIO_HIGH, record_letter, "b");
	worker_start(PRIO_COOP, record_letter, "a");
	worker_start(PRIO_HIGH, record_letter, "c");
	worker_start(PRIO_LOW, record_letter, "e");
	zassert_equal(strcmp(recorded(), ""), 0);
	k_sched_unlock();
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abcde"), 0, "order: %s", recorded());
}

/* Every priority has a place of its own. */
ZTEST(sched, test_extreme_priorities)
{
	k_sched_lock();
	worker_start(K_LOWEST_APPLICATION_THREAD_PRIO, record_letter, "d");
	worker_start(K_PRIO_PREEMPT(0), record_letter, "c");
	worker_start(K_PRIO_COOP(CONFIG_NUM_COOP_PRIORITIES - 1), record_letter, "b");
	worker_start(K_HIGHEST_APPLICATION_THREAD_PRIO, record_letter, "a");
	k_sched_unlock();
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

static void yield_twice(void *letter, void *p2, void *p3)
{
	for (int i = 0; i < 3; i++) {
		record_letter(letter, p2, p3);
		k_yield();
	}
}

/* To yield lets the others of the same priority run first. */
ZTEST(sched, test_yield_takes_turns)
{
	worker_start(PRIO_LOW, yield_twice, "a");
	worker_start(PRIO_LOW, yield_twice, "b");
	worker_start(PRIO_LOW, yield_twice, "c");
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "abcabcabc"), 0, "order: %s", recorded());
}

/* To yield does not let lower ones run. */
ZTEST(sched, test_yield_not_to_lower)
{
	worker_start(PRIO_LOW, record_letter, "b");
	k_yield();
	record('a');
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "ab"), 0, "order: %s", recorded());
}

/* A sleep of no time is a yield. */
ZTEST(sched, test_sleep_of_nothing_yields)
{
	worker_start(PRIO_TEST, record_letter, "a");
	worker_start(PRIO_LOW, record_letter, "!");
	zassert_equal(k_sleep(K_NO_WAIT), 0);
	zassert_equal(strcmp(recorded(), "a"), 0, "order: %s", recorded());
}

/* A cooperative thread is not preempted, by any thread. */
ZTEST(sched, test_cooperative_is_not_preempted)
{
	k_thread_priority_set(k_current_get(), PRIO_COOP);
	zassert_equal(k_is_preempt_thread(), 0);
	worker_start(PRIO_COOP - 1, record_letter, "b");
	record('a');
	k_yield();
	record('c');
	zassert_equal(strcmp(recorded(), "abc"), 0, "order: %s", recorded());
}

static void start_worker_in_isr(const void *worker)
{
	k_thread_start((k_tid_t)(uintptr_t)worker);
}

/* An interrupt that readies a more urgent thread does not make a cooperative one give way. */
ZTEST(sched, test_cooperative_goes_on_after_an_interrupt)
{
	k_tid_t worker = worker_create(PRIO_COOP - 1, record_letter, "b", K_FOREVER);

	k_thread_priority_set(k_current_get(), PRIO_COOP);
	irq_offload(start_worker_in_isr, worker);
	record('a');
	k_yield();
	zassert_equal(strcmp(recorded(), "ab"), 0, "order: %s", recorded());
}

/* An interrupt that readies a more urgent thread makes a preemptive one give way. */
ZTEST(sched, test_interrupt_preempts)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "a", K_FOREVER);

	zassert_equal(k_is_preempt_thread(), 1);
	irq_offload(start_worker_in_isr, worker);
	record('b');
	zassert_equal(strcmp(recorded(), "ab"), 0, "order: %s", recorded());
}

static void on_expiry(struct k_timer *timer)
{
	k_thread_start(k_timer_user_data_get(timer));
	record('i');
}

static K_TIMER_DEFINE(timer, on_expiry, NULL);

/* The clock's interrupt preempts a thread that does not call the kernel. */
ZTEST(sched, test_clock_interrupt_preempts)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "a", K_FOREVER);

	k_timer_user_data_set(&timer, worker);
	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
	k_busy_wait(20000);
	record('b');
	zassert_equal(strcmp(recorded(), "iab"), 0, "order: %s", recorded());
}

/* Behind k_sched_lock() nothing preempts; it happens at the last k_sched_unlock(). */
ZTEST(sched, test_lock_nests)
{
	k_sched_lock();
	k_sched_lock();
	zassert_equal(k_is_preempt_thread(), 0);
	worker_start(PRIO_HIGH, record_letter, "c");
	record('a');
	k_sched_unlock();
	record('b');
	k_sched_unlock();
	record('d');
	zassert_equal(strcmp(recorded(), "abcd"), 0, "order: %s", recorded());
}

/* Interrupts go on while the scheduler is locked. */
ZTEST(sched, test_lock_does_not_stop_interrupts)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "c", K_FOREVER);

	k_timer_user_data_set(&timer, worker);
	k_timer_start(&timer, K_MSEC(5), K_NO_WAIT);
	k_sched_lock();
	k_busy_wait(20000);
	record('b');
	k_sched_unlock();
	zassert_equal(strcmp(recorded(), "ibc"), 0, "order: %s", recorded());
}

static void lock_and_sleep(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sched_lock();
	record('a');
	k_sleep(K_MSEC(5));
	record('c');
	k_sched_unlock();
}

/* A thread that blocks with the scheduler locked lets others run, and is locked again after. */
ZTEST(sched, test_lock_belongs_to_its_thread)
{
	worker_start(PRIO_HIGH, lock_and_sleep, NULL);
	record('b');
	zassert_equal(k_is_preempt_thread(), 1);
	k_sleep(K_MSEC(10));
	zassert_equal(strcmp(recorded(), "abc"), 0, "order: %s", recorded());
}

/* A worker that spins until told to stop, and notes each time that it gets going again. */
struct spinner {
	char letter;
	volatile bool stop;
};

static volatile char last_runner;

static void spin(void *p1, void *p2, void *p3)
{
	struct spinner *spinner = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!spinner->stop) {
		unsigned int key = irq_lock();

		if (last_runner != spinner->letter) {
			last_runner = spinner->letter;
			record(spinner->letter);
		}
		irq_unlock(key);
		k_busy_wait(100);
	}
}

static const char *spin_two_for(int prio, uint32_t ms)
{
	static struct spinner first;
	static struct spinner second;

	first = (struct spinner){'a', false};
	second = (struct spinner){'b', false};
	last_runner = '\0';
	worker_start(prio, spin, &first);
	worker_start(prio, spin, &second);
	k_sleep(K_MSEC(ms));
	first.stop = true;
	second.stop = true;
	return recorded();
}

/* Without slices the first of two equals keeps the CPU. */
ZTEST(sched, test_no_slices)
{
	const char *order = spin_two_for(PRIO_LOW, 50);

	zassert_equal(strcmp(order, "a"), 0, "order: %s", order);
}

/* With slices two equals take turns. */
ZTEST(sched, test_slices)
{
	const char *order;

	k_sched_time_slice_set(10, 0);
	order = spin_two_for(PRIO_LOW, 95);
	k_sched_time_slice_set(0, 0);
	zassert_between_inclusive(strlen(order), 8, 11, "order: %s", order);
	zassert_equal(strncmp(order, "abababab", 8), 0, "order: %s", order);
}

/* Who came to a priority first runs first, though the one that yields came in between. */
ZTEST(sched, test_yield_from_the_middle)
{
	k_thread_priority_set(k_current_get(), K_PRIO_COOP(5));
	worker_start(PRIO_COOP, record_letter, "e");
	k_thread_priority_set(k_current_get(), PRIO_COOP); /* behind it, and not preempted */
	worker_start(PRIO_COOP, record_letter, "f");

	k_yield();

	zassert_equal(strcmp(recorded(), "ef"), 0, "order: %s", recorded());
}

/* A slice that ended while the scheduler was locked does not end the taking of turns. */
ZTEST(sched, test_slices_go_on_after_a_scheduler_lock)
{
	static struct spinner other;
	static K_TIMER_DEFINE(clock, NULL, NULL);

	/* Zephyr notices at the next interrupt of the clock, whoever asked for that. */
	k_timer_start(&clock, K_MSEC(5), K_MSEC(5));
	other = (struct spinner){'b', false};
	last_runner = '\0';
	worker_start(PRIO_TEST, spin, &other);
	k_sched_time_slice_set(10, 0);
	k_sched_lock();
	k_busy_wait(30000);
	k_sched_unlock();

	k_busy_wait(30000);

	other.stop = true;
	k_timer_stop(&clock);
	k_sched_time_slice_set(0, 0);
	zassert_equal(strcmp(recorded(), "b"), 0, "order: %s", recorded());
}

/* Threads more urgent than the priority given with the slice are not sliced. */
ZTEST(sched, test_slices_from_a_priority_on)
{
	const char *order;

	k_sched_time_slice_set(10, PRIO_LOW + 1);
	order = spin_two_for(PRIO_LOW, 50);
	k_sched_time_slice_set(0, 0);
	zassert_equal(strcmp(order, "a"), 0, "order: %s", order);
}

/* A more urgent thread does not have to wait for the end of a slice, nor does it lose its place. */
ZTEST(sched, test_slice_is_preempted)
{
	k_sched_time_slice_set(20, 0);
	worker_create(PRIO_HIGH, record_letter, "h", K_MSEC(5));
	zassert_equal(strncmp(spin_two_for(PRIO_LOW, 70), "ahb", 3), 0, "order: %s", recorded());
	k_sched_time_slice_set(0, 0);
}
