/* SPDX-License-Identifier: Apache-2.0 */

/* Zephyr's trace since 4.0: it has named events. */

#include <zephyr/kernel.h>
#include <zephyr/tracing/tracing.h>

#include "trace.h"

void eddy_trace_write(const char *name, uint32_t word0, uint32_t word1)
{
	ARG_UNUSED(name); /* some formats take none */
	ARG_UNUSED(word0);
	ARG_UNUSED(word1);
	sys_trace_named_event(name, word0, word1);
}
