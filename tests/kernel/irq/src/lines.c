/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupt lines: connecting, enabling, priorities. For CPUs on which lines.h can be provided. */

#include <zephyr/irq.h>
#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "lines.h"
#include "workers.h"

#define URGENT   2
#define LESS_SO  4
#define LINE_ARG ((void *)0x1234)

ZTEST_SUITE(irq_lines, NULL, NULL, workers_before, workers_after, NULL);

static const void *seen_argument;

static void plain_isr(const void *argument)
{
	seen_argument = argument;
	record('i');
}

/* A connected and enabled line calls its handler with its argument. */
ZTEST(irq_lines, test_connect)
{
	IRQ_CONNECT(FREE_LINE, LESS_SO, plain_isr, LINE_ARG, 0);
	irq_enable(FREE_LINE);
	zassert_true(irq_is_enabled(FREE_LINE));
	line_raise(FREE_LINE);
	zassert_equal(strcmp(recorded(), "i"), 0);
	zassert_equal_ptr(seen_argument, LINE_ARG);
	irq_disable(FREE_LINE);
	zassert_false(irq_is_enabled(FREE_LINE));
}

/* What is raised on a disabled line is delivered when it is enabled. */
ZTEST(irq_lines, test_disabled_line_stays_pending)
{
	IRQ_CONNECT(FREE_LINE, LESS_SO, plain_isr, LINE_ARG, 0);
	irq_disable(FREE_LINE);
	line_raise(FREE_LINE);
	zassert_equal(strcmp(recorded(), ""), 0);
	irq_enable(FREE_LINE);
	k_busy_wait(10);
	zassert_equal(strcmp(recorded(), "i"), 0);
	irq_disable(FREE_LINE);
}

static void raising_isr(const void *other)
{
	record('a');
	line_raise((unsigned int)(uintptr_t)other);
	record('b');
}

/* A more urgent line interrupts a less urgent handler; the kernel is usable in both. */
ZTEST(irq_lines, test_urgent_interrupts_nest)
{
	IRQ_CONNECT(FREE_LINE, LESS_SO, raising_isr, (void *)OTHER_FREE_LINE, 0);
	IRQ_CONNECT(OTHER_FREE_LINE, URGENT, plain_isr, LINE_ARG, 0);
	irq_enable(FREE_LINE);
	irq_enable(OTHER_FREE_LINE);
	line_raise(FREE_LINE);
	zassert_equal(strcmp(recorded(), "aib"), 0, "record: %s", recorded());
	irq_disable(FREE_LINE);
	irq_disable(OTHER_FREE_LINE);
}

static struct k_sem sem;

static void giving_isr(const void *argument)
{
	ARG_UNUSED(argument);
	k_sem_give(&sem);
	record('i');
}

static void take_and_record(void *letter, void *p2, void *p3)
{
	if (k_sem_take(&sem, K_FOREVER) == 0) {
		record_letter(letter, p2, p3);
	}
}

/* A thread woken by a line's handler preempts the interrupted thread. */
ZTEST(irq_lines, test_handler_wakes_a_thread)
{
	k_sem_init(&sem, 0, 1);
	IRQ_CONNECT(FREE_LINE, LESS_SO, giving_isr, NULL, 0);
	irq_enable(FREE_LINE);
	worker_start(PRIO_HIGH, take_and_record, "a");
	line_raise(FREE_LINE);
	record('b');
	zassert_equal(strcmp(recorded(), "iab"), 0, "record: %s", recorded());
	irq_disable(FREE_LINE);
}

/* irq_lock() holds a line back as well. */
ZTEST(irq_lines, test_lock)
{
	unsigned int key;

	IRQ_CONNECT(FREE_LINE, LESS_SO, plain_isr, LINE_ARG, 0);
	irq_enable(FREE_LINE);
	key = irq_lock();
	line_raise(FREE_LINE);
	record('a');
	irq_unlock(key);
	k_busy_wait(10);
	zassert_equal(strcmp(recorded(), "ai"), 0, "record: %s", recorded());
	irq_disable(FREE_LINE);
}
