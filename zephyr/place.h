/* SPDX-License-Identifier: Apache-2.0 */

/* Places in code, for people to read. */

#ifndef ZEPHYR_PLACE_H_
#define ZEPHYR_PLACE_H_

#include <stddef.h>

/* Room for an address and, where the image has them, for a function's name. */
#define EDDY_PLACE_SIZE 64

/*
 * Write a place into @text, EDDY_PLACE_SIZE bytes: its address, for addr2line, and with
 * CONFIG_SYMTAB the function.
 */
void eddy_place_str(const void *place, char *text);

#endif /* ZEPHYR_PLACE_H_ */
