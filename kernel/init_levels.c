/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs the initialization functions of a level in the order of their priorities.
 *
 * The linker gathers the entries in no useful order. There are a handful, run once: sweep over them
 * for each priority in turn, rather than sort them at link time or keep a copy.
 */

#include <zephyr/device.h>
#include <zephyr/init.h>
#include <zephyr/sys/util.h>

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

/* The smallest priority of the level that is at least @floor; -1: none. */
static int next_priority(enum init_level level, int floor)
{
	int next = -1;

	STRUCT_SECTION_FOREACH(init_entry, entry) {
		if (entry->level == level && entry->priority >= floor &&
		    (next < 0 || entry->priority < next)) {
			next = entry->priority;
		}
	}
	return next;
}

void init_run_level(enum init_level level)
{
	for (int priority = next_priority(level, 0); priority >= 0;
	     priority = next_priority(level, priority + 1)) {
		STRUCT_SECTION_FOREACH(init_entry, entry) {
			if (entry->level == level && entry->priority == priority) {
				run(entry);
			}
		}
	}
}
