/* SPDX-License-Identifier: Apache-2.0 */

/* Idle clock: the 100 Hz counter in the MPS2's FPGA system control and I/O block. It always runs. */

#include "idle_clock.h"

#define FPGAIO_CLK100HZ (*(volatile uint32_t *)0x40028014UL)

void idle_clock_start(void)
{
	FPGAIO_CLK100HZ = 0U;
}

uint32_t idle_clock_read(void)
{
	return FPGAIO_CLK100HZ;
}
