/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Idle clock of the MPS2: the counters of seconds and of cycles in the FPGA system control and I/O
 * block, which always run.
 *
 * Beside them, one of the dual timers runs for nobody, twice a second, without interrupts. QEMU
 * needs it: in its mode where idle time passes at once (-icount sleep=off), a timer that starts its
 * next period (as SysTick does at a deadline) while the CPU sleeps and no other timer is due
 * earlier takes QEMU to the end of that period before the interrupt of this one is seen. 2^24
 * cycles are 0.67 s, so half a second is early enough.
 */

#include "idle_clock.h"

#define FPGAIO_CLK1HZ   (*(volatile uint32_t *)0x40028010UL)
#define FPGAIO_COUNTER  (*(volatile uint32_t *)0x40028018UL)
#define FPGAIO_PRESCALE (*(volatile uint32_t *)0x4002801CUL)
#define TIMER1_LOAD     (*(volatile uint32_t *)0x40002000UL)
#define TIMER1_CONTROL  (*(volatile uint32_t *)0x40002008UL)

#define CONTROL_32_BITS  (1UL << 1)
#define CONTROL_PERIODIC (1UL << 6)
#define CONTROL_ENABLE   (1UL << 7)

void idle_clock_start(void)
{
	FPGAIO_PRESCALE = 0U; /* one count per cycle */
	FPGAIO_CLK1HZ = 0U;
	FPGAIO_COUNTER = 0U;
	TIMER1_CONTROL = CONTROL_32_BITS | CONTROL_PERIODIC;
	TIMER1_LOAD = CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC / 2;
	TIMER1_CONTROL = CONTROL_32_BITS | CONTROL_PERIODIC | CONTROL_ENABLE;
}

/* Two counters started together: the time near @coarse whose low half is @fast. */
static uint64_t join(uint64_t coarse, uint32_t fast)
{
	return coarse + (uint64_t)(int64_t)(int32_t)(fast - (uint32_t)coarse);
}

uint64_t idle_clock_cycles(void)
{
	return join((uint64_t)FPGAIO_CLK1HZ * CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC, FPGAIO_COUNTER);
}
