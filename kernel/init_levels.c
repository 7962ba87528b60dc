/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs the initialization functions of a level in the order of their priorities.
 *
 * The linker gathers the entries in no useful order. There are a handful, run once: sweep over them
 * for each possible priority in turn, rather than sort them at link time or keep a copy.
 */

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/sys/util.h>

#define INIT_PRIORITIES 100

static void run(const struct init_entry *entry)
{
	if (entry->dev == NULL) {
		(void)entry->init(); /* nobody to tell, as on Zephyr */
	} else {
		int result = entry->init_device == NULL ? 0 : entry->init_device(entry->dev);

		entry->dev->state->initialized = true;
		entry->dev->state->init_res =
			(uint8_t)MIN(result < 0 ? -result : result, UINT8_MAX);
	}
}

void init_run_level(enum init_level level)
{
	for (int priority = 0; priority < INIT_PRIORITIES; priority++) {
		STRUCT_SECTION_FOREACH(init_entry, entry) {
			if (entry->level == level && entry->priority == priority) {
				run(entry);
			}
		}
	}
}
