/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The end of a sample's program.
 *
 * Ending is not part of Zephyr's API. Where it can be had, on the pocket kernel and where Zephyr
 * runs as a Linux program, the emulator or the program ends; elsewhere the system idles from here
 * on.
 */

#ifndef SAMPLES_COMMON_LEAVE_H_
#define SAMPLES_COMMON_LEAVE_H_

#if __has_include(<zephyr/board.h>)

#include <zephyr/board.h>

/** End with @p status: 0 if all is well. Any context. */
static inline void leave(int status)
{
	board_exit(status);
}

#elif __has_include("posix_board_if.h")

#include "posix_board_if.h"

static inline void leave(int status)
{
	posix_exit(status);
}

#else

static inline void leave(int status)
{
	(void)status; /* nobody to tell */
}

#endif

#endif /* SAMPLES_COMMON_LEAVE_H_ */
