/* SPDX-License-Identifier: Apache-2.0 */

/* What only the Linux port has: injected interrupts, virtual time, guards below the stacks. */

#include <arch/linux_host.h>
#include <arch/linux_test.h>
#include <zephyr/irq.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>
#include <zephyr/ztest_error_hook.h>

#define LINE_URGENT LINUX_IRQ_FREE
#define LINE_OTHER  (LINUX_IRQ_FREE + 1)

static char record[8];
static unsigned int recorded;
static unsigned int reason_seen;

static K_SEM_DEFINE(sem, 0, 1);
static K_THREAD_STACK_DEFINE(stack, 1024);
static struct k_thread thread;

static void note(char letter)
{
	if (recorded < sizeof(record) - 1U) {
		record[recorded++] = letter;
	}
}

void ztest_post_fatal_error_hook(unsigned int reason, const z_arch_esf_t *esf)
{
	ARG_UNUSED(esf);
	reason_seen = reason;
}

static void urgent(const void *arg)
{
	ARG_UNUSED(arg);
	zassert_true(k_is_in_isr());
	note('u');
}

static void other(const void *arg)
{
	ARG_UNUSED(arg);
	note('(');
	arch_irq_pend(LINE_URGENT);
	note(')');
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(record, 0, sizeof(record));
	recorded = 0U;
	k_sem_reset(&sem);
	IRQ_CONNECT(LINE_URGENT, 3, urgent, NULL, 0);
	IRQ_CONNECT(LINE_OTHER, 4, other, NULL, 0);
	irq_enable(LINE_URGENT);
	irq_enable(LINE_OTHER);
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	linux_set_interrupt_hook(NULL);
	irq_disable(LINE_URGENT);
	irq_disable(LINE_OTHER);
}

ZTEST_SUITE(linux_port, NULL, NULL, before, after, NULL);

static k_tid_t start(k_thread_entry_t entry)
{
	return k_thread_create(&thread, stack, K_THREAD_STACK_SIZEOF(stack), entry, NULL, NULL,
			       NULL, K_PRIO_COOP(1), 0, K_NO_WAIT);
}

/* A more urgent line interrupts a handler. */
ZTEST(linux_port, test_interrupts_nest)
{
	arch_irq_pend(LINE_OTHER);
	zassert_str_equal(record, "(u)");
}

/* Handlers do not start while interrupts are masked; then the most urgent comes first. */
ZTEST(linux_port, test_the_most_urgent_comes_first)
{
	unsigned int key = irq_lock();

	arch_irq_pend(LINE_OTHER);
	arch_irq_pend(LINE_URGENT);
	zassert_str_equal(record, "");
	irq_unlock(key);
	zassert_str_equal(record, "u(u)");
}

/* What a disabled line raises is not lost. */
ZTEST(linux_port, test_a_disabled_line_stays_pending)
{
	irq_disable(LINE_URGENT);
	arch_irq_pend(LINE_URGENT);
	zassert_str_equal(record, "");
	irq_enable(LINE_URGENT);
	zassert_str_equal(record, "u");
}

static void count_call(void)
{
	zassert_true(k_is_in_isr());
	recorded++;
}

/* The hook is called at each unlock, until it is taken away. */
ZTEST(linux_port, test_the_hook_comes_at_each_unlock)
{
	unsigned int first;

	linux_set_interrupt_hook(count_call);
	first = recorded;
	for (int i = 0; i < 10; i++) {
		irq_unlock(irq_lock());
	}
	zassert_equal(recorded - first, 10U);

	linux_set_interrupt_hook(NULL);
	first = recorded;
	irq_unlock(irq_lock());
	zassert_equal(recorded, first);
}

static void give_when_lucky(void)
{
	if (++recorded % 1000U == 0U) {
		k_sem_give(&sem);
	}
}

/* The hook can wake a system in which all threads wait and no time-out is pending. */
ZTEST(linux_port, test_the_hook_wakes_the_idle)
{
	linux_set_interrupt_hook(give_when_lucky);
	zassert_ok(k_sem_take(&sem, K_FOREVER));
}

/* An hour of sleep takes no time, and exactly an hour of virtual time. */
ZTEST(linux_port, test_time_jumps)
{
	uint64_t host_ns = linux_host_ns();
	int64_t uptime_ms;

	zassume_false(linux_time_is_real());
	uptime_ms = k_uptime_get();
	k_sleep(K_HOURS(1));
	zassert_between_inclusive(k_uptime_get() - uptime_ms, 3600000, 3600001);
	zassert_true(linux_host_ns() - host_ns < NSEC_PER_SEC);
}

static void spin(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		irq_unlock(irq_lock());
	}
}

/* Time passes for a thread that does not look at the clock; it is preempted. */
ZTEST(linux_port, test_a_spinning_thread_is_preempted)
{
	int64_t uptime = k_uptime_ticks();

	start(spin);
	k_thread_priority_set(&thread, K_LOWEST_APPLICATION_THREAD_PRIO);
	k_sleep(K_TICKS(10));
	zassert_between_inclusive(k_uptime_ticks() - uptime, 10, 12);
	k_thread_abort(&thread);
}

/* Touches each page on its way down, as calls do. Not a tail call. */
static int descend(int depth)
{
	volatile char frame[1024];

	frame[0] = (char)depth;
	return depth == INT32_MAX ? 0 : descend(depth + 1) + frame[0];
}

static void overflow(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ztest_set_fault_valid(true);
	(void)descend(0); /* does not return */
}

/* An overflow ends its thread before it does any harm, time and again. */
ZTEST(linux_port, test_an_overflow_is_caught)
{
	for (int i = 0; i < 3; i++) {
		reason_seen = 0U;
		zassert_ok(k_thread_join(start(overflow), K_SECONDS(1)));
		zassert_equal(reason_seen, K_ERR_STACK_CHK_FAIL);
	}
}
