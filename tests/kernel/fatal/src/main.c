/* SPDX-License-Identifier: Apache-2.0 */

/* Fatal errors: the guilty thread ends, the others go on, and the reason is told. */

#include <zephyr/ztest.h>
#include <zephyr/ztest_error_hook.h>

#include "registers.h"
#include "workers.h"

#define NO_REASON 1000U

static unsigned int reason_seen = NO_REASON;
static k_tid_t thread_seen;

void ztest_post_fatal_error_hook(unsigned int reason, const registers_t *registers)
{
	ARG_UNUSED(registers);
	reason_seen = reason;
	thread_seen = k_current_get();
}

static void before(void *fixture)
{
	workers_before(fixture);
	reason_seen = NO_REASON;
	thread_seen = NULL;
}

ZTEST_SUITE(fatal, NULL, NULL, before, workers_after, NULL);

static void fault(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_fault_valid(true);
	__builtin_trap(); /* an instruction that no CPU has */
	record('!');
}

static void oops(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_fault_valid(true);
	k_oops();
	record('!');
}

static void panic(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_fault_valid(true);
	k_panic();
	record('!');
}

static void expect_death(k_thread_entry_t entry)
{
	k_tid_t worker = worker_start(PRIO_HIGH, entry, NULL);

	zassert_equal(k_thread_join(worker, K_SECONDS(1)), 0);
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
	zassert_equal_ptr(thread_seen, worker);
}

/* A CPU fault ends its thread only. */
ZTEST(fatal, test_fault)
{
	expect_death(fault);
	zassert_true(reason_seen == K_ERR_CPU_EXCEPTION || reason_seen >= K_ERR_ARCH_START,
		     "reason %u", reason_seen);
}

/* So does k_oops(). */
ZTEST(fatal, test_oops)
{
	expect_death(oops);
	zassert_equal(reason_seen, K_ERR_KERNEL_OOPS);
}

/* In a test system k_panic() does so too. */
ZTEST(fatal, test_panic)
{
	expect_death(panic);
	zassert_equal(reason_seen, K_ERR_KERNEL_PANIC);
}

static K_SEM_DEFINE(sem, 0, 1);

static void fault_later(void *p1, void *p2, void *p3)
{
	k_sleep(K_MSEC(5));
	fault(p1, p2, p3);
}

/* Whoever sleeps or waits for something else is not disturbed by a fault. */
ZTEST(fatal, test_others_go_on)
{
	worker_start(PRIO_HIGH, fault_later, NULL);
	worker_create(PRIO_HIGH, record_letter, "b", K_MSEC(10));
	zassert_equal(k_sem_take(&sem, K_MSEC(20)), -EAGAIN);
	zassert_equal(strcmp(recorded(), "ab"), 0, "record: %s", recorded());
}

static void fault_with_interrupts_locked(void *p1, void *p2, void *p3)
{
	(void)irq_lock(); /* never unlocked */
	fault(p1, p2, p3);
}

/* Interrupts are not left locked by a fault with interrupts locked. */
ZTEST(fatal, test_fault_with_interrupts_locked)
{
	expect_death(fault_with_interrupts_locked);
	zassert_equal(k_sem_take(&sem, K_MSEC(5)), -EAGAIN); /* needs the clock's interrupt */
}

/* Several threads may fault, one after the other. */
ZTEST(fatal, test_fault_again_and_again)
{
	for (int i = 0; i < WORKER_COUNT; i++) {
		worker_join(worker_start(PRIO_HIGH, fault, NULL));
	}
	zassert_equal(strcmp(recorded(), "aaaaa"), 0, "record: %s", recorded());
}

static void fail_assertion(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	ztest_set_assert_valid(true);
	__ASSERT(p1 != NULL, "expected: %d", 5);
	record('!');
}

static void fail_assertion_in_lock(void *p1, void *p2, void *p3)
{
	k_sched_lock();
	fail_assertion(p1, p2, p3);
}

/* A failed assertion ends its thread, and a scheduler lock of its ends with it. */
ZTEST(fatal, test_assertion)
{
	worker_join(worker_start(PRIO_HIGH, fail_assertion, NULL));
	worker_join(worker_start(PRIO_HIGH, fail_assertion_in_lock, NULL));
	zassert_equal(strcmp(recorded(), "aa"), 0, "record: %s", recorded());
}

static void sleep_for_ever(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_FOREVER);
}

static void abort_other(void *other, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record('a');
	/* Which of the two comes first is up to the kernel. */
	ztest_set_fault_valid(true);
	ztest_set_assert_valid(true);
	k_thread_abort(other);
	record('!');
}

/* To abort an essential thread is a fatal error of whoever tries; the thread lives on. */
ZTEST(fatal, test_abort_of_an_essential_thread)
{
	static K_THREAD_STACK_DEFINE(stack, 512);
	static struct k_thread essential;

	k_thread_create(&essential, stack, K_THREAD_STACK_SIZEOF(stack), sleep_for_ever, NULL, NULL,
			NULL, PRIO_HIGH, K_ESSENTIAL, K_NO_WAIT);
	worker_join(worker_start(PRIO_HIGH, abort_other, &essential));
	ztest_set_fault_valid(false);
	ztest_set_assert_valid(false);
	zassert_equal(strcmp(recorded(), "a"), 0, "record: %s", recorded());
	zassert_equal(k_thread_join(&essential, K_NO_WAIT), -EBUSY);
}

static unsigned int evaluations;

static bool evaluate(void)
{
	evaluations++;
	return true;
}

/* An assertion that holds has no effect, and its condition is evaluated once. */
ZTEST(fatal, test_assertion_that_holds)
{
	evaluations = 0U;
	__ASSERT(evaluate(), "not seen");
	__ASSERT_NO_MSG(evaluate());
	zassert_equal(evaluations, 2U);
}
