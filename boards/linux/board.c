/* SPDX-License-Identifier: Apache-2.0 */

/* The console of last resort, and the way out: those of the process. */

#include <stdio.h>
#include <stdlib.h>

#include <zephyr/board.h>

void board_putc(char c)
{
	(void)putc_unlocked(c, stdout); /* no other way to tell */
}

FUNC_NORETURN void board_exit(int status)
{
	exit(status); /* flushes, has the terminal restored and leaks looked for */
}
