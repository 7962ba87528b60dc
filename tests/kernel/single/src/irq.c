/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupts: masking, lines with handlers, spin locks, atomics. */

#include "check.h"

#include <zephyr/irq_offload.h>
#include <zephyr/kernel.h>

#define FREE_LINE 30 /* no device has it, on any of the boards */

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
	arch_irq_pend(FREE_LINE);
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
	arch_irq_pend(FREE_LINE);
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
	arch_irq_pend(FREE_LINE);
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
	arch_irq_pend(FREE_LINE);
	CHECK(interrupts == 0U);
	k_spin_unlock(&lock, key);
	CHECK(interrupts == 3U);
}

static void note_context(const void *arg)
{
	in_isr = k_is_in_isr();
}

/* irq_offload() runs a function in an interrupt. */
static void offload_is_an_interrupt(void)
{
	in_isr = false;
	irq_offload(note_context, NULL);
	CHECK(in_isr);
	CHECK(!k_is_in_isr());
}

/* Atomic variables work. */
static void atomics_work(void)
{
	atomic_t value = ATOMIC_INIT(5);

	CHECK(atomic_add(&value, 2) == 5);
	CHECK(atomic_cas(&value, 7, 9));
	CHECK(!atomic_cas(&value, 7, 1));
	CHECK(atomic_get(&value) == 9);
}

void test_irq(void)
{
	RUN(line_runs_its_handler);
	RUN(disabled_line_waits);
	RUN(lock_nests);
	RUN(spin_lock_locks);
	RUN(offload_is_an_interrupt);
	RUN(atomics_work);
}
