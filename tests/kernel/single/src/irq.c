/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupts by irq_offload(), which Zephyr 3.3 has with threads only. */

#include "check.h"

#include <zephyr/irq_offload.h>
#include <zephyr/kernel.h>

static volatile bool in_isr;

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

void test_irq(void)
{
	RUN(offload_is_an_interrupt);
}
