/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Idle clock of the Stellaris: timer 0 of the general-purpose timers, as a counter of seconds.
 *
 * QEMU's machine has no finer counter that runs on by itself. The timer also serves QEMU in the way
 * that idle_clock_fpgaio.c explains, as a second is shorter than 2^24 cycles.
 */

#include "idle_clock.h"

#define TIMER0(offset) (*(volatile uint32_t *)(0x40030000UL + (offset)))
#define TIMER0_CFG     TIMER0(0x00)
#define TIMER0_CTL     TIMER0(0x0C)
#define TIMER0_IMR     TIMER0(0x18)
#define TIMER0_TAMATCH TIMER0(0x30)
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

uint64_t idle_clock_cycles(void)
{
	return (uint64_t)idle_clock_seconds() * CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC;
}
