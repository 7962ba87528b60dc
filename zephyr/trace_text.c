/* SPDX-License-Identifier: Apache-2.0 */

/* Zephyr's text format, CONFIG_TRACING_TEST, drops named events: so, a line per event. */

#include <zephyr/kernel.h>
#include <zephyr/tracing/tracing_format.h>

#include "trace.h"

void eddy_trace_write(const char *name, uint32_t word0, uint32_t word1)
{
	tracing_format_string("%s: 0x%x 0x%x\n", name, word0, word1);
}
