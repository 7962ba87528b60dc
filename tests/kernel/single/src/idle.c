/* SPDX-License-Identifier: Apache-2.0 */

/* Sleeping the CPU until an interrupt. */

#include "check.h"

#include <zephyr/kernel.h>

#define FREE_LINE 31 /* no device has it, on any of the boards */

static volatile unsigned int interrupts;

static void on_line(const void *arg)
{
	interrupts++;
}

static void on_expiry(struct k_timer *timer)
{
	interrupts++;
}

static void connect(void)
{
	interrupts = 0U;
	IRQ_CONNECT(FREE_LINE, 1, on_line, NULL, 0);
	irq_enable(FREE_LINE);
}

/* Idle, the CPU sleeps until the timer's interrupt, which has been taken when the call returns. */
static void idle_ends_with_an_interrupt(void)
{
	static K_TIMER_DEFINE(timer, on_expiry, NULL);
	int64_t start = k_uptime_ticks();

	interrupts = 0U;
	k_timer_start(&timer, K_MSEC(20), K_NO_WAIT);
	while (interrupts == 0U) {
		k_cpu_idle();
	}
	CHECK(interrupts == 1U);
	CHECK(k_uptime_ticks() - start >= 200);
}

/* An interrupt between the last look and the sleep ends that sleep: no wake is lost. */
static void atomic_idle_loses_no_wake(void)
{
	unsigned int key;

	connect();
	key = irq_lock();
	arch_irq_pend(FREE_LINE);
	CHECK(interrupts == 0U);
	k_cpu_atomic_idle(key);
	CHECK(interrupts == 1U);
	arch_irq_pend(FREE_LINE);
	CHECK(interrupts == 2U); /* unmasked again */
}

/* Under an outer lock, atomic idle takes the interrupt and returns with the lock in place. */
static void atomic_idle_keeps_the_lock(void)
{
	unsigned int outer = irq_lock();
	unsigned int key;

	connect();
	key = irq_lock();
	arch_irq_pend(FREE_LINE);
	k_cpu_atomic_idle(key);
	CHECK(interrupts == 1U);
	arch_irq_pend(FREE_LINE);
	CHECK(interrupts == 1U);
	irq_unlock(outer);
	CHECK(interrupts == 2U);
}

void test_idle(void)
{
	RUN(idle_ends_with_an_interrupt);
	RUN(atomic_idle_loses_no_wake);
	RUN(atomic_idle_keeps_the_lock);
}
