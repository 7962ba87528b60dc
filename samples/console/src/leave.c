/* SPDX-License-Identifier: Apache-2.0 */

/* Leaving is not part of Zephyr's API: it is done where the kernel offers it. */

#include "leave.h"

#include <zephyr/kernel.h>

#if __has_include(<zephyr/board.h>)

#include <zephyr/board.h>

void leave(void)
{
	board_exit(0);
}

#else

void leave(void)
{
	printk("there is nothing to return to\n");
}

#endif
