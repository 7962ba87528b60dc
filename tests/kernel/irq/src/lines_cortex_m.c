/* SPDX-License-Identifier: Apache-2.0 */

/* Raise an interrupt on a Cortex-M, through the NVIC's software trigger register. */

#include <zephyr/kernel.h>

#include "lines.h"

#define NVIC_STIR (*(volatile uint32_t *)0xE000EF00UL)

void line_raise(unsigned int irq)
{
	NVIC_STIR = irq;
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}
