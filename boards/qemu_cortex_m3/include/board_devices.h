/* SPDX-License-Identifier: Apache-2.0 */

/* The devices of this board, for <zephyr/devicetree.h>, which explains the names. */

#ifndef BOARD_DEVICES_H_
#define BOARD_DEVICES_H_

#define BOARD_DEVICES(X) X(uart0)

#define DT_N_uart0_EXISTS   1
#define DT_N_uart0_NAME     "uart0"
#define DT_N_uart0_ADDRESS  0x4000C000UL
#define DT_N_uart0_IRQ      5
#define DT_N_uart0_CLOCK_HZ 12500000

#define DT_CHOSEN_zephyr_console    DT_N_uart0
#define DT_CHOSEN_zephyr_shell_uart DT_N_uart0

/* The clock that tells how long the system slept, see drivers/timer/idle_clock.h. */
#define BOARD_SECONDS_COUNTER       0x40030048UL
#define BOARD_IDLE_CLOCK_RESOLUTION 12500000UL

#endif /* BOARD_DEVICES_H_ */
