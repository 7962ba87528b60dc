/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupts: locking them, and running in one. */

#include <zephyr/irq.h>
#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

static volatile unsigned int expiries;

static void on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	expiries++;
}

static K_TIMER_DEFINE(timer, on_expiry, NULL);

static void before(void *fixture)
{
	workers_before(fixture);
	expiries = 0U;
}

static void after(void *fixture)
{
	k_timer_stop(&timer);
	workers_after(fixture);
}

ZTEST_SUITE(irq, NULL, NULL, before, after, NULL);

/* What comes while interrupts are locked is delivered when they are unlocked. */
ZTEST(irq, test_lock_holds_interrupts_back)
{
	unsigned int key;

	k_timer_start(&timer, K_MSEC(2), K_NO_WAIT);
	key = irq_lock();
	k_busy_wait(10000);
	zassert_equal(expiries, 0U);
	irq_unlock(key);
	k_busy_wait(1000);
	zassert_equal(expiries, 1U);
}

/* Locks nest: only the outermost unlock lets interrupts in. */
ZTEST(irq, test_lock_nests)
{
	unsigned int outer;
	unsigned int inner;

	k_timer_start(&timer, K_MSEC(2), K_NO_WAIT);
	outer = irq_lock();
	inner = irq_lock();
	k_busy_wait(10000);
	irq_unlock(inner);
	k_busy_wait(1000);
	zassert_equal(expiries, 0U);
	irq_unlock(outer);
	k_busy_wait(1000);
	zassert_equal(expiries, 1U);
}

/* A thread made ready behind a lock has to wait for the unlock; then it is the first to run. */
ZTEST(irq, test_lock_delays_preemption)
{
	k_tid_t worker = worker_create(PRIO_HIGH, record_letter, "b", K_FOREVER);
	unsigned int key = irq_lock();

	k_thread_start(worker);
	record('a');
	irq_unlock(key);
	k_yield(); /* Zephyr itself need not switch at the unlock, but here at the latest */
	record('c');
	zassert_equal(strcmp(recorded(), "abc"), 0, "record: %s", recorded());
}

/* A lock belongs to its thread: while that one sleeps, interrupts reach the others. */
ZTEST(irq, test_lock_is_released_while_blocked)
{
	unsigned int key;

	k_timer_start(&timer, K_MSEC(2), K_NO_WAIT);
	key = irq_lock();
	k_sleep(K_MSEC(10));
	zassert_equal(expiries, 1U);

	k_timer_start(&timer, K_MSEC(2), K_NO_WAIT);
	k_busy_wait(10000);
	zassert_equal(expiries, 1U, "the lock did not come back");
	irq_unlock(key);
	k_busy_wait(1000);
	zassert_equal(expiries, 2U);
}

static bool was_in_isr;
static const void *given;
static k_tid_t interrupted;

static void look_around(const void *argument)
{
	was_in_isr = k_is_in_isr();
	interrupted = k_current_get();
	given = argument;
}

/* irq_offload() runs a function in interrupt context, with its argument, before it returns. */
ZTEST(irq, test_offload)
{
	int anything;

	zassert_false(k_is_in_isr());
	irq_offload(look_around, &anything);
	zassert_true(was_in_isr);
	zassert_equal_ptr(given, &anything);
	zassert_equal_ptr(interrupted, k_current_get());
	zassert_false(k_is_in_isr());
}

static unsigned int locked_depth;

static void lock_inside(const void *unused)
{
	unsigned int outer = irq_lock();
	unsigned int inner = irq_lock();

	ARG_UNUSED(unused);
	locked_depth++;
	irq_unlock(inner);
	irq_unlock(outer);
}

/* An interrupt may lock interrupts, and the thread's own state is untouched by it. */
ZTEST(irq, test_lock_inside_an_interrupt)
{
	k_timer_start(&timer, K_MSEC(2), K_NO_WAIT);
	locked_depth = 0U;
	irq_offload(lock_inside, NULL);
	zassert_equal(locked_depth, 1U);
	k_busy_wait(10000);
	zassert_equal(expiries, 1U);
}

static struct k_sem wake;

static void wait_for_wake(void *letter, void *p2, void *p3)
{
	for (int i = 0; i < 3; i++) {
		k_sem_take(&wake, K_FOREVER);
		record_letter(letter, p2, p3);
	}
}

static void wake_three(const void *unused)
{
	ARG_UNUSED(unused);
	for (int i = 0; i < 3; i++) {
		k_sem_give(&wake);
	}
	record('i');
}

/* Threads woken by an interrupt run after it, the most urgent first. */
ZTEST(irq, test_wakes_take_effect_after_the_interrupt)
{
	k_sem_init(&wake, 0, 10);
	worker_start(PRIO_LOW, wait_for_wake, "c");
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, wait_for_wake, "b");
	worker_start(PRIO_COOP, wait_for_wake, "a");
	irq_offload(wake_three, NULL);
	record('t');
	k_sleep(K_MSEC(1));
	zassert_equal(strcmp(recorded(), "iabtc"), 0, "record: %s", recorded());
}
