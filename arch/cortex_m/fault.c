/* SPDX-License-Identifier: Apache-2.0 */

/* The report of a fault in words. fault_thread.c and fault_single.c get it here. */

#include "scs.h"

#include <arch_interface.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

struct fault_bit {
	uint32_t mask;
	const char *text;
};

static const struct fault_bit configurable_faults[] = {
	{BIT(0), "instruction fetch not permitted"},
	{BIT(1), "data access not permitted"},
	{BIT(3), "access not permitted while returning from an exception"},
	{BIT(4), "access not permitted while entering an exception (stack overflow?)"},
	{BIT(8), "bus error on instruction fetch"},
	{BIT(9), "bus error on data access"},
	{BIT(10), "bus error on an earlier data access"},
	{BIT(11), "bus error while returning from an exception"},
	{BIT(12), "bus error while entering an exception (stack overflow?)"},
	{BIT(16), "undefined instruction"},
	{BIT(17), "not in Thumb state (jump to an even address?)"},
	{BIT(18), "invalid return from an exception"},
	{BIT(19), "no such coprocessor"},
	{BIT(24), "unaligned access"},
	{BIT(25), "division by zero"},
};

static const struct fault_bit hard_faults[] = {
	{BIT(1), "vector could not be read"},
	{BIT(30), "escalated to a hard fault"},
	{BIT(31), "breakpoint without a debugger"},
};

static void print_bits(const struct fault_bit *bits, size_t count, uint32_t status)
{
	for (size_t i = 0; i < count; i++) {
		if ((status & bits[i].mask) != 0U) {
			printk("  fault: %s\n", bits[i].text);
		}
	}
}

static void print_cause(void)
{
	uint32_t status = SCB_CFSR;

	print_bits(configurable_faults, ARRAY_SIZE(configurable_faults), status);
	print_bits(hard_faults, ARRAY_SIZE(hard_faults), SCB_HFSR);
	if ((status & CFSR_MMARVALID) != 0U) {
		printk("  address: %08x\n", (unsigned int)SCB_MMFAR);
	}
	if ((status & CFSR_BFARVALID) != 0U) {
		printk("  address: %08x\n", (unsigned int)SCB_BFAR);
	}
}

void arch_esf_dump(const struct arch_esf *esf)
{
	if (IS_ENABLED(CONFIG_PRINTK)) {
		print_cause();
	}
	printk("  pc %08x  lr %08x  xpsr %08x\n", (unsigned int)esf->pc, (unsigned int)esf->lr,
	       (unsigned int)esf->xpsr);
	printk("  r0 %08x  r1 %08x  r2   %08x\n", (unsigned int)esf->r0, (unsigned int)esf->r1,
	       (unsigned int)esf->r2);
	printk("  r3 %08x  r12 %08x\n", (unsigned int)esf->r3, (unsigned int)esf->r12);
}
