/* SPDX-License-Identifier: Apache-2.0 */

/* Timer 0 of the CMSDK, 32 bits at the system's 25 MHz. */

#include <zephyr/irq.h>
#include <zephyr/kernel.h>

#include "other_clock.h"

#define TIMER0(offset)  (*(volatile uint32_t *)(0x40000000UL + (offset)))
#define TIMER0_CTRL     TIMER0(0x00)
#define TIMER0_VALUE    TIMER0(0x04)
#define TIMER0_RELOAD   TIMER0(0x08)
#define TIMER0_INTCLEAR TIMER0(0x0C)

#define CTRL_EN     (1U << 0)
#define CTRL_IRQEN  (1U << 3)
#define TIMER0_IRQ  8
#define TIMER0_PRIO 3
#define TIMER0_HZ   25000000U

void other_clock_start(unsigned int seconds)
{
	IRQ_CONNECT(TIMER0_IRQ, TIMER0_PRIO, other_clock_isr, NULL, 0);
	irq_enable(TIMER0_IRQ);

	TIMER0_CTRL = 0U;
	TIMER0_RELOAD = seconds * TIMER0_HZ;
	TIMER0_VALUE = seconds * TIMER0_HZ;
	TIMER0_CTRL = CTRL_EN | CTRL_IRQEN;
}

void other_clock_acknowledge(void)
{
	TIMER0_CTRL = 0U;
	TIMER0_INTCLEAR = 1U;
}
