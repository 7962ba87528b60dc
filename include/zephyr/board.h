/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What every board of this kernel offers beside its devices.
 */

#ifndef ZEPHYR_INCLUDE_BOARD_H_
#define ZEPHYR_INCLUDE_BOARD_H_

#include <zephyr/toolchain.h>

/** End the emulator or the program with @p status. Any context. */
FUNC_NORETURN void board_exit(int status);

/** Polled output of one character to the console. Any context. */
void board_putc(char c);

#endif /* ZEPHYR_INCLUDE_BOARD_H_ */
