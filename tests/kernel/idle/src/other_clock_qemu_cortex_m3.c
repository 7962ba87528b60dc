/* SPDX-License-Identifier: Apache-2.0 */

/* Timer 1 of the Stellaris' general-purpose timers, as a 32-bit one-shot timer. */

#include <zephyr/irq.h>
#include <zephyr/kernel.h>

#include "other_clock.h"

#define TIMER1(offset) (*(volatile uint32_t *)(0x40031000UL + (offset)))
#define TIMER1_CFG     TIMER1(0x00)
#define TIMER1_TAMR    TIMER1(0x04)
#define TIMER1_CTL     TIMER1(0x0C)
#define TIMER1_IMR     TIMER1(0x18)
#define TIMER1_ICR     TIMER1(0x24)
#define TIMER1_TAILR   TIMER1(0x28)
#define SYSCTL_RCGC1   (*(volatile uint32_t *)0x400FE104UL)

#define RCGC1_TIMER1  (1U << 17)
#define CFG_32_BIT    0U
#define TAMR_ONE_SHOT 1U
#define CTL_TAEN      (1U << 0)
#define TIME_OUT      (1U << 0)
#define TIMER1_IRQ    21
#define TIMER1_PRIO   3

/* A little fast, so that the time is never too short. */
#define TIMER1_HZ 12500000U

void other_clock_start(unsigned int seconds)
{
	IRQ_CONNECT(TIMER1_IRQ, TIMER1_PRIO, other_clock_isr, NULL, 0);
	irq_enable(TIMER1_IRQ);

	SYSCTL_RCGC1 |= RCGC1_TIMER1;
	TIMER1_CTL = 0U;
	TIMER1_CFG = CFG_32_BIT;
	TIMER1_TAMR = TAMR_ONE_SHOT;
	TIMER1_TAILR = seconds * TIMER1_HZ;
	TIMER1_IMR = TIME_OUT;
	TIMER1_CTL = CTL_TAEN;
}

void other_clock_acknowledge(void)
{
	TIMER1_CTL = 0U;
	TIMER1_ICR = TIME_OUT;
}
