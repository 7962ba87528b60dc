/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupt lines: the NVIC's registers and the table of handlers.
 *
 * The table lies in RAM, as handlers are connected at run time. All lines share one vector, which
 * looks up its handler and jumps to it: the handler itself returns from the exception.
 */

#include "priorities.h"
#include "scs.h"

#include <arch_interface.h>
#include <errno.h>
#include <zephyr/sys/__assert.h>

struct isr_entry {
	void (*isr)(const void *arg);
	const void *arg;
};

__attribute__((__used__)) static struct isr_entry isr_table[CONFIG_NUM_IRQS];

__attribute__((__naked__)) static void isr_entry(void)
{
	__asm__ volatile("mrs r1, ipsr\n\t"
			 "ldr r2, =isr_table - 8 * 16\n\t"
			 "add r2, r2, r1, lsl #3\n\t"
			 "ldrd r3, r0, [r2]\n\t"
			 "bx r3\n\t"
			 ".ltorg");
}

/* Follows the vectors of the system exceptions, by the linker script. */
__attribute__((__section__(".vectors_irq"), __used__)) static void (*const irq_vectors[])(void) = {
	[0 ... CONFIG_NUM_IRQS - 1] = isr_entry,
};

/* Keep the vectors in every image that contains the caller, at no cost in code. */
#define REQUIRE_IRQ_VECTORS() __asm__ volatile(".reloc ., R_ARM_NONE, irq_vectors")

static uint32_t line_bit(unsigned int irq)
{
	return 1UL << (irq % 32U);
}

void arch_irq_enable(unsigned int irq)
{
	__ASSERT(irq < CONFIG_NUM_IRQS && isr_table[irq].isr != NULL, "interrupt %u has no handler",
		 irq);
	NVIC_ISER(irq / 32U) = line_bit(irq);
}

void arch_irq_disable(unsigned int irq)
{
	NVIC_ICER(irq / 32U) = line_bit(irq);
	/* The line may be pending: after this it can no longer be taken. */
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

bool arch_irq_is_enabled(unsigned int irq)
{
	return (NVIC_ISER(irq / 32U) & line_bit(irq)) != 0U;
}

int arch_irq_connect(unsigned int irq, unsigned int priority, void (*isr)(const void *arg),
		     const void *arg, uint32_t flags)
{
	unsigned int key;

	REQUIRE_IRQ_VECTORS();
	ARG_UNUSED(flags);
	if (irq >= CONFIG_NUM_IRQS || priority >= PRIORITY_LEVELS) {
		return -EINVAL;
	}
	key = arch_irq_lock();
	isr_table[irq] = (struct isr_entry){.isr = isr, .arg = arg};
	NVIC_IPR(irq) = (uint8_t)PRIORITY_OF(priority);
	arch_irq_unlock(key);
	return (int)irq;
}

void arch_irq_pend(unsigned int irq)
{
	NVIC_ISPR(irq / 32U) = line_bit(irq);
	/* Taken before the caller goes on, if nothing masks it. */
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}
