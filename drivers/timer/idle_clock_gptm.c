/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Idle clock of the Stellaris: timer 0 of the general-purpose timers counts seconds, and the watchdog,
 * which nobody else uses, counts cycles.
 *
 * The watchdog only counts when its interrupt is enabled; the line stays disabled at the NVIC, and
 * without its reset enabled the watchdog starts over for ever.
 *
 * The timer also serves QEMU, see idle_clock_fpgaio.c: a second is shorter than 2^24 cycles.
 */

#include "idle_clock.h"

#define TIMER0(offset)   (*(volatile uint32_t *)(0x40030000UL + (offset)))
#define TIMER0_CFG       TIMER0(0x00)
#define TIMER0_CTL       TIMER0(0x0C)
#define TIMER0_IMR       TIMER0(0x18)
#define TIMER0_TAMATCH   TIMER0(0x30)
#define TIMER0_TAR       TIMER0(0x48)
#define WATCHDOG(offset) (*(volatile uint32_t *)(0x40000000UL + (offset)))
#define WATCHDOG_LOAD    WATCHDOG(0x00)
#define WATCHDOG_VALUE   WATCHDOG(0x04)
#define WATCHDOG_CTL     WATCHDOG(0x08)
#define SYSCTL_RCGC0     (*(volatile uint32_t *)0x400FE100UL)
#define SYSCTL_RCGC1     (*(volatile uint32_t *)0x400FE104UL)

#define CFG_RTC        1U
#define CTL_TAEN       (1U << 0)
#define CTL_RTCEN      (1U << 4)
#define CTL_INTEN      (1U << 0)
#define RCGC0_WATCHDOG (1U << 3)
#define RCGC1_TIMER0   (1U << 16)

void idle_clock_start(void)
{
	SYSCTL_RCGC0 |= RCGC0_WATCHDOG;
	SYSCTL_RCGC1 |= RCGC1_TIMER0;
	TIMER0_CTL = 0U;
	TIMER0_CFG = CFG_RTC;
	TIMER0_TAMATCH = UINT32_MAX; /* where it starts again from 0 */
	TIMER0_IMR = 0U;
	TIMER0_CTL = CTL_TAEN | CTL_RTCEN;
	WATCHDOG_LOAD = UINT32_MAX;
	WATCHDOG_CTL = CTL_INTEN;
}

uint64_t idle_clock_cycles(void)
{
	return idle_clock_join(TIMER0_TAR, UINT32_MAX - WATCHDOG_VALUE);
}
