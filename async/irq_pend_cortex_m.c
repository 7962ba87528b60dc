/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pend an interrupt line on a Cortex-M: one store to the NVIC, by its architected address. The
 * kernel API has no such call.
 */

#include <eddy/executor_irq.h>

void eddy_irq_pend(unsigned int irq)
{
	/* "Software Triggered Interrupt Register", of ARMv7-M and ARMv8-M Mainline: the line. */
	*(volatile uint32_t *)0xE000EF00U = irq;
}
