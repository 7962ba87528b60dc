/* SPDX-License-Identifier: Apache-2.0 */

/* The devices of this board, for <zephyr/devicetree.h>, which explains the names. */

#ifndef BOARD_DEVICES_H_
#define BOARD_DEVICES_H_

#define BOARD_DEVICES(X) X(uart0)

#define DT_N_uart0_EXISTS 1
#define DT_N_uart0_NAME   "uart0"

#define DT_CHOSEN_zephyr_console    DT_N_uart0
#define DT_CHOSEN_zephyr_shell_uart DT_N_uart0

#endif /* BOARD_DEVICES_H_ */
