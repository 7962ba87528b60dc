/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The Common Trace Format before Zephyr 4.0, which has no named events: so we write them as later
 * versions do. named_event.tsdl describes them to readers of the trace.
 */

#include <string.h>

#include <zephyr/kernel.h>
#include <zephyr/tracing/tracing_format.h>

#include "trace.h"

#define NAMED_EVENT 0x62U
#define NAME_SIZE   20 /* with the NUL */

/* As it lies in the trace. */
struct __packed named_event {
	uint32_t timestamp; /* ns; with CONFIG_TRACING_CTF_TIMESTAMP */
	uint8_t id;
	char name[NAME_SIZE];
	uint32_t words[2];
};

void eddy_trace_write(const char *name, uint32_t word0, uint32_t word1)
{
	const size_t skip =
		IS_ENABLED(CONFIG_TRACING_CTF_TIMESTAMP) ? 0 : offsetof(struct named_event, id);
	struct named_event event = {
		.timestamp = (uint32_t)k_cyc_to_ns_floor64(k_cycle_get_32()),
		.id = NAMED_EVENT,
		.words = {word0, word1},
	};

	strncpy(event.name, name, NAME_SIZE - 1);
	tracing_format_raw_data((uint8_t *)&event + skip, sizeof(event) - skip);
}
