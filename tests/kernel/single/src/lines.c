/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupt lines: handlers, masking, spin locks, and sleeping until one is raised. */

#include "lines.h"
#include "check.h"

#include <zephyr/kernel.h>

static volatile unsigned int interrupts;
static volatile bool in_isr;

static void on_line(const void *arg)
{
	interrupts += *(const unsigned int *)arg;
	in_isr = k_is_in_isr();
}

static void connect(void)
{
	static const unsigned int step = 3U;

	interrupts = 0U;
	in_isr = false;
	IRQ_CONNECT(FREE_LINE, 2, on_line, &step, 0);
	irq_enable(FREE_LINE);
}

/* A line that is raised runs its handler, with its argument, in an interrupt. */
static void line_runs_its_handler(void)
{
	connect();
	line_raise(FREE_LINE);
	CHECK(interrupts == 3U);
	CHECK(in_isr);
	CHECK(!k_is_in_isr());
}

/* A disabled line stays pending until it is enabled. */
static void disabled_line_waits(void)
{
	connect();
	CHECK(irq_is_enabled(FREE_LINE));
	irq_disable(FREE_LINE);
	CHECK(!irq_is_enabled(FREE_LINE));
	line_raise(FREE_LINE);
	CHECK(interrupts == 0U);
	irq_enable(FREE_LINE);
	CHECK(interrupts == 3U);
}

/* Locked interrupts wait for the outermost unlock. */
static void lock_nests(void)
{
	unsigned int outer;
	unsigned int inner;

	connect();
	outer = irq_lock();
	inner = irq_lock();
	line_raise(FREE_LINE);
	irq_unlock(inner);
	CHECK(interrupts == 0U);
	irq_unlock(outer);
	CHECK(interrupts == 3U);
}

/* A spin lock holds interrupts back. */
static void spin_lock_locks(void)
{
	static struct k_spinlock lock;
	k_spinlock_key_t key;

	connect();
	key = k_spin_lock(&lock);
	line_raise(FREE_LINE);
	CHECK(interrupts == 0U);
	k_spin_unlock(&lock, key);
	CHECK(interrupts == 3U);
}

static void on_other_line(const void *arg)
{
	interrupts++;
}

static void connect_other(void)
{
	interrupts = 0U;
	IRQ_CONNECT(OTHER_FREE_LINE, 1, on_other_line, NULL, 0);
	irq_enable(OTHER_FREE_LINE);
}

/* An interrupt between the last look and the sleep ends that sleep: no wake is lost. */
static void atomic_idle_loses_no_wake(void)
{
	unsigned int key;

	connect_other();
	key = irq_lock();
	line_raise(OTHER_FREE_LINE);
	CHECK(interrupts == 0U);
	k_cpu_atomic_idle(key);
	CHECK(interrupts == 1U);
	line_raise(OTHER_FREE_LINE);
	CHECK(interrupts == 2U); /* unmasked again */
}

/* Under an outer lock, atomic idle wakes up too and returns with the lock in place. */
static void atomic_idle_keeps_the_lock(void)
{
	unsigned int outer = irq_lock();
	unsigned int key;
	unsigned int taken;

	connect_other();
	key = irq_lock();
	line_raise(OTHER_FREE_LINE);
	k_cpu_atomic_idle(key);
	taken = interrupts; /* Zephyr may leave it pending */
	line_raise(OTHER_FREE_LINE);
	CHECK(interrupts == taken);
	irq_unlock(outer);
	CHECK(interrupts == taken + 1U);
}

void test_lines(void)
{
	RUN(line_runs_its_handler);
	RUN(disabled_line_waits);
	RUN(lock_nests);
	RUN(spin_lock_locks);
	RUN(atomic_idle_loses_no_wake);
	RUN(atomic_idle_keeps_the_lock);
}
