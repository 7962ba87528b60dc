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

/* A line can be connected once, at build time; what it calls is chosen here. */
struct line {
	void (*isr)(const void *argument);
	const void *argument;
};

static struct line less_urgent;
static struct line urgent;

static void dispatch(const void *line)
{
	const struct line *self = line;

	self->isr(self->argument);
}

static void *setup(void)
{
	IRQ_CONNECT(FREE_LINE, LESS_SO, dispatch, &less_urgent, 0);
	IRQ_CONNECT(OTHER_FREE_LINE, URGENT, dispatch, &urgent, 0);
	return NULL;
}

static void before(void *fixture)
{
	workers_before(fixture);
	irq_enable(FREE_LINE);
	irq_enable(OTHER_FREE_LINE);
}

static void after(void *fixture)
{
	irq_disable(FREE_LINE);
	irq_disable(OTHER_FREE_LINE);
	workers_after(fixture);
}

ZTEST_SUITE(irq_lines, NULL, setup, before, after, NULL);

static const void *seen_argument;

static void plain_isr(const void *argument)
{
	seen_argument = argument;
	record('i');
}

/* A connected and enabled line calls its handler with its argument. */
ZTEST(irq_lines, test_connect)
{
	less_urgent = (struct line){plain_isr, LINE_ARG};
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
	less_urgent = (struct line){plain_isr, LINE_ARG};
	irq_disable(FREE_LINE);
	line_raise(FREE_LINE);
	zassert_equal(strcmp(recorded(), ""), 0);
	irq_enable(FREE_LINE);
	k_busy_wait(10);
	zassert_equal(strcmp(recorded(), "i"), 0);
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
	less_urgent = (struct line){raising_isr, (void *)OTHER_FREE_LINE};
	urgent = (struct line){plain_isr, LINE_ARG};
	line_raise(FREE_LINE);
	zassert_equal(strcmp(recorded(), "aib"), 0, "record: %s", recorded());
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
	less_urgent = (struct line){giving_isr, NULL};
	worker_start(PRIO_HIGH, take_and_record, "a");
	line_raise(FREE_LINE);
	record('b');
	zassert_equal(strcmp(recorded(), "iab"), 0, "record: %s", recorded());
}

/* irq_lock() holds a line back as well. */
ZTEST(irq_lines, test_lock)
{
	unsigned int key;

	less_urgent = (struct line){plain_isr, LINE_ARG};
	key = irq_lock();
	line_raise(FREE_LINE);
	record('a');
	irq_unlock(key);
	k_busy_wait(10);
	zassert_equal(strcmp(recorded(), "ai"), 0, "record: %s", recorded());
}
