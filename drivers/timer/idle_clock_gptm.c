/* SPDX-License-Identifier: Apache-2.0 */

/* Idle clock: timer 0 of the Stellaris' general-purpose timers, as a 32-bit counter of seconds. */

#include "idle_clock.h"

#define TIMER0(offset) (*(volatile uint32_t *)(0x40030000UL + (offset)))
#define TIMER0_CFG     TIMER0(0x00)
#define TIMER0_CTL     TIMER0(0x0C)
#define TIMER0_IMR     TIMER0(0x18)
#define TIMER0_TAMATCH TIMER0(0x30)
#define TIMER0_TAR     TIMER0(0x48)
#define SYSCTL_RCGC1   (*(volatile uint32_t *)0x400FE104UL)

#define CFG_RTC      1U
#define CTL_TAEN     (1U << 0)
#define CTL_RTCEN    (1U << 4)
#define RCGC1_TIMER0 (1U << 16)

void idle_clock_start(void)
{
	SYSCTL_RCGC1 |= RCGC1_TIMER0;
	TIMER0_CTL = 0U;
	TIMER0_CFG = CFG_RTC;
	TIMER0_TAMATCH = UINT32_MAX; /* where it starts again from 0 */
	TIMER0_IMR = 0U;
	TIMER0_CTL = CTL_TAEN | CTL_RTCEN;
}

uint32_t idle_clock_read(void)
{
	return TIMER0_TAR;
}
