/* SPDX-License-Identifier: Apache-2.0 */

/* The console of last resort: polled output to UART0 (CMSDK), with no driver. */

#include <stdint.h>

#define UART0_DATA    (*(volatile uint32_t *)0x40004000UL)
#define UART0_STATE   (*(volatile const uint32_t *)0x40004004UL)
#define UART0_CTRL    (*(volatile uint32_t *)0x40004008UL)
#define UART0_BAUDDIV (*(volatile uint32_t *)0x40004010UL)

#define STATE_TXFULL (1UL << 0)
#define CTRL_TX_EN   (1UL << 0)
#define BAUDDIV_MIN  16U

void board_putc(char c);

void board_putc(char c)
{
	if ((UART0_CTRL & CTRL_TX_EN) == 0U) {
		UART0_BAUDDIV = BAUDDIV_MIN; /* the fastest, until a driver says otherwise */
		UART0_CTRL |= CTRL_TX_EN;
	}
	while ((UART0_STATE & STATE_TXFULL) != 0U) {
		/* full */
	}
	UART0_DATA = (uint8_t)c;
}
