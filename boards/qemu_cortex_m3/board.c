/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The console of last resort: polled output to UART0 (a PL011), with no driver and no set-up of
 * clocks or pins, which QEMU does not need.
 */

#include <stdint.h>

#define UART0_DR (*(volatile uint32_t *)0x4000C000UL)
#define UART0_FR (*(volatile const uint32_t *)0x4000C018UL)
#define UART0_CR (*(volatile uint32_t *)0x4000C030UL)

#define FR_TXFF   (1UL << 5)
#define CR_UARTEN (1UL << 0)
#define CR_TXE    (1UL << 8)

void board_putc(char c);

void board_putc(char c)
{
	UART0_CR |= CR_UARTEN | CR_TXE;
	while ((UART0_FR & FR_TXFF) != 0U) {
		/* full */
	}
	UART0_DR = (uint8_t)c;
}
