/* SPDX-License-Identifier: Apache-2.0 */

/* Places in an image with a table of symbols: CONFIG_SYMTAB, since Zephyr 3.7. */

#include <stdint.h>

#include <zephyr/debug/symtab.h>
#include <zephyr/sys/printk.h>

#include "place.h"

void eddy_place_str(const void *place, char *text)
{
	uint32_t offset;
	const char *name = symtab_find_symbol_name((uintptr_t)place, &offset);

	snprintk(text, EDDY_PLACE_SIZE, "0x%08lx %s+0x%x", (unsigned long)(uintptr_t)place, name,
		 offset);
}
