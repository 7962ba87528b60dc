/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupts: lines, their handlers, and when they run.
 *
 * A line is a bit. Handlers run as plain calls on the stack of the interrupted thread, at the
 * points that <arch/cpu.h> names. A handler that unmasks is itself interrupted by more urgent
 * lines, as it would be by an interrupt controller with priorities.
 */

#include "port.h"

#include <arch/linux_host.h>
#include <arch/linux_test.h>
#include <errno.h>
#include <ksched.h>
#include <zephyr/sys/__assert.h>

#define PRIORITY_THREAD  LINUX_IRQ_PRIORITIES /* any line interrupts a thread */
#define PRIORITY_OFFLOAD (-1)                 /* no line interrupts irq_offload() */

struct line {
	void (*isr)(const void *arg);
	const void *arg;
	int priority;
};

bool irq_attention;

static struct line lines[LINUX_IRQ_LINES];
static uint64_t pending;
static uint64_t enabled;
static int active_priority = PRIORITY_THREAD;
static void (*hook)(void);

static uint64_t line_bit(unsigned int irq)
{
	return UINT64_C(1) << irq;
}

bool irq_is_pending(void)
{
	return (pending & enabled) != 0U;
}

bool irq_is_hooked(void)
{
	return hook != NULL;
}

/* The most urgent line that may interrupt now, of equal ones the first; -1: none. */
static int best_line(void)
{
	int best = -1;
	int best_priority = active_priority;

	for (uint64_t left = pending & enabled; left != 0U; left &= left - 1U) {
		int irq = __builtin_ctzll(left);

		if (lines[irq].priority < best_priority) {
			best = irq;
			best_priority = lines[irq].priority;
		}
	}
	return best;
}

/* Run @isr as an interrupt of @priority. Interrupts masked before and after. */
static void run(void (*isr)(const void *arg), const void *arg, int priority)
{
	int interrupted = active_priority;

	active_priority = priority;
	linux_cpu.isr_depth++;
	linux_cpu.locked = 0U;
	isr(arg);
	linux_cpu.locked = 1U;
	linux_cpu.isr_depth--;
	active_priority = interrupted;
}

static void run_lines(void)
{
	int irq;

	while ((irq = best_line()) >= 0) {
		pending &= ~line_bit((unsigned int)irq);
		run(lines[irq].isr, lines[irq].arg, lines[irq].priority);
	}
}

static void run_hook(const void *arg)
{
	void (*call)(void) = hook;

	ARG_UNUSED(arg);
	call();
}

void irq_take(void)
{
	time_pass();
	if (hook != NULL && linux_cpu.isr_depth == 0U) {
		run(run_hook, NULL, PRIORITY_OFFLOAD);
	}
	run_lines();
	irq_attention = hook != NULL || irq_is_pending();
}

void linux_set_interrupt_hook(void (*new_hook)(void))
{
	unsigned int key = arch_irq_lock();

	hook = new_hook;
	attend_soon();
	arch_irq_unlock(key);
}

void arch_irq_enable(unsigned int irq)
{
	unsigned int key = arch_irq_lock();

	__ASSERT(irq < LINUX_IRQ_LINES && lines[irq].isr != NULL, "interrupt %u has no handler",
		 irq);
	enabled |= line_bit(irq);
	attend_soon(); /* it may be pending */
	arch_irq_unlock(key);
}

void arch_irq_disable(unsigned int irq)
{
	enabled &= ~line_bit(irq);
}

bool arch_irq_is_enabled(unsigned int irq)
{
	return (enabled & line_bit(irq)) != 0U;
}

int arch_irq_connect(unsigned int irq, unsigned int priority, void (*isr)(const void *arg),
		     const void *arg, uint32_t flags)
{
	unsigned int key;

	ARG_UNUSED(flags);
	if (irq >= LINUX_IRQ_LINES || priority >= LINUX_IRQ_PRIORITIES) {
		return -EINVAL;
	}
	key = arch_irq_lock();
	lines[irq] = (struct line){.isr = isr, .arg = arg, .priority = (int)priority};
	arch_irq_unlock(key);
	return (int)irq;
}

void arch_irq_pend(unsigned int irq)
{
	unsigned int key = arch_irq_lock();

	pending |= line_bit(irq);
	attend_soon();
	arch_irq_unlock(key);
}

void linux_irq_pend(unsigned int irq)
{
	arch_irq_pend(irq);
}

void arch_irq_offload(void (*routine)(const void *arg), const void *arg)
{
	unsigned int key = arch_irq_lock();

	run(routine, arg, PRIORITY_OFFLOAD);
	attend_soon(); /* what the routine has brought about is due, or at the caller's unlock */
	arch_irq_unlock(key);
}
