/* SPDX-License-Identifier: Apache-2.0 */

/* Places in an image without a table of symbols. */

#include <stdint.h>

#include <zephyr/sys/printk.h>

#include "place.h"

void eddy_place_str(const void *place, char *text)
{
	snprintk(text, EDDY_PLACE_SIZE, "0x%08lx", (unsigned long)(uintptr_t)place);
}
