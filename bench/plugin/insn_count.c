/* SPDX-License-Identifier: Apache-2.0 */

/*
 * QEMU plugin: how many guest instructions run between two marker functions.
 *
 * The guest calls empty functions; this plugin knows their addresses. A segment lasts from the
 * first instruction of bench_begin() to the first one of bench_end(), wherever in the guest the two
 * run: a segment may begin in a thread and end in another thread or in an interrupt. bench_row()
 * closes a row: its totals go to a file, one line per row, and the next row starts from zero.
 * bench_arm() lets the next interrupt begin the segment, with the first instruction of its handler.
 *
 * Exact, because each instruction of the guest adds one to a counter by itself; the counter is read
 * at the markers only. The emulator adds one inline, without a call, so the guest stays quick.
 *
 * Arguments, all of the form name=value:
 *   begin= end= row= arm=  addresses of the marker functions
 *   irq=                   address of the handler that an armed segment begins at
 *   out=                   file for the rows: "segments instructions shortest longest armed nested"
 *   trace_row= trace_segment= trace_out=   optional: write the addresses executed in that
 *                          segment (numbers count from 0), one per line
 */

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "qemu_plugin.h"

struct row {
	uint64_t segments;
	uint64_t instructions;
	uint64_t shortest;
	uint64_t longest;
	uint64_t armed;  /* segments that an interrupt began */
	uint64_t nested; /* begins inside a segment: a mistake in the guest */
};

/* The guest has one CPU, hence one thread runs all of this; nothing needs a lock. */
static uint64_t executed;
static uint64_t begun_at;
static bool in_segment;
static bool armed;
static struct row row;
static uint64_t rows_done;
static FILE *out;

static bool tracing;
static uint64_t trace_row;
static uint64_t trace_segment;
static FILE *trace_out;

PLUGIN_EXPORT int qemu_plugin_version = PLUGIN_INTERFACE;

static void segment_begin(void)
{
	if (in_segment) {
		row.nested++;
		return;
	}
	in_segment = true;
	row.armed += armed ? 1 : 0;
	armed = false;
	begun_at = executed;
}

static void on_begin(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	segment_begin();
}

static void on_arm(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	armed = true;
}

static void on_interrupt(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	if (armed) {
		segment_begin();
	}
}

static void on_end(unsigned int cpu, void *context)
{
	uint64_t length = executed - begun_at;

	(void)cpu;
	(void)context;
	if (!in_segment) {
		return; /* e.g. a helper thread on its way to its first wait */
	}
	in_segment = false;
	row.shortest = (row.segments == 0 || length < row.shortest) ? length : row.shortest;
	row.longest = (length > row.longest) ? length : row.longest;
	row.instructions += length;
	row.segments++;
}

static void on_row(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	fprintf(out, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
		row.segments, row.instructions, row.shortest, row.longest, row.armed, row.nested);
	fflush(out);
	memset(&row, 0, sizeof(row));
	in_segment = false;
	armed = false;
	rows_done++;
}

static void on_traced_instruction(unsigned int cpu, void *address)
{
	(void)cpu;
	if (in_segment && rows_done == trace_row && row.segments == trace_segment) {
		fprintf(trace_out, "%" PRIxPTR "\n", (uintptr_t)address);
	}
}

static struct marker {
	const char *name;
	plugin_execute_cb callback;
	uint64_t address;
} markers[] = {
	{"begin", on_begin, 0}, {"end", on_end, 0},       {"row", on_row, 0},
	{"arm", on_arm, 0},     {"irq", on_interrupt, 0},
};

#define MARKER_COUNT (sizeof(markers) / sizeof(markers[0]))

/*
 * The markers' callbacks run before their instruction is counted, all alike, so that the difference
 * of two of them is the number of instructions from the one up to, not including, the other.
 */
static void instrument(struct qemu_plugin_insn *insn)
{
	uint64_t address = qemu_plugin_insn_vaddr(insn);

	for (size_t i = 0; i < MARKER_COUNT; i++) {
		if (markers[i].address == address) {
			qemu_plugin_register_vcpu_insn_exec_cb(insn, markers[i].callback,
							       PLUGIN_CB_NO_REGISTERS, NULL);
		}
	}
	if (tracing) {
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_traced_instruction,
						       PLUGIN_CB_NO_REGISTERS,
						       (void *)(uintptr_t)address);
	}
	qemu_plugin_register_vcpu_insn_exec_inline(insn, PLUGIN_INLINE_ADD_U64, &executed, 1);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
	size_t count = qemu_plugin_tb_n_insns(block);

	(void)id;
	for (size_t i = 0; i < count; i++) {
		instrument(qemu_plugin_tb_get_insn(block, i));
	}
}

static void on_exit_emulator(qemu_plugin_id_t id, void *context)
{
	(void)id;
	(void)context;
	fclose(out);
	if (trace_out != NULL) {
		fclose(trace_out);
	}
}

static FILE *open_or_complain(const char *path)
{
	FILE *file = fopen(path, "w");

	if (file == NULL) {
		perror(path);
	}
	return file;
}

static bool take_marker(const char *name, size_t length, const char *value)
{
	for (size_t i = 0; i < MARKER_COUNT; i++) {
		if (strncmp(markers[i].name, name, length) == 0 &&
		    markers[i].name[length] == '\0') {
			markers[i].address = strtoull(value, NULL, 0) & ~UINT64_C(1); /* Thumb */
			return true;
		}
	}
	return false;
}

static bool is_named(const char *argument, size_t length, const char *name)
{
	return strlen(name) == length && strncmp(argument, name, length) == 0;
}

/* One name=value; false if it cannot be used. */
static bool take_argument(const char *argument)
{
	const char *equals = strchr(argument, '=');
	size_t length = (equals == NULL) ? 0 : (size_t)(equals - argument);

	if (equals == NULL) {
		return false;
	}
	if (take_marker(argument, length, equals + 1)) {
		return true;
	}
	if (is_named(argument, length, "out")) {
		out = open_or_complain(equals + 1);
		return out != NULL;
	}
	if (is_named(argument, length, "trace_out")) {
		trace_out = open_or_complain(equals + 1);
		tracing = trace_out != NULL;
		return tracing;
	}
	if (is_named(argument, length, "trace_row")) {
		trace_row = strtoull(equals + 1, NULL, 0);
		return true;
	}
	if (is_named(argument, length, "trace_segment")) {
		trace_segment = strtoull(equals + 1, NULL, 0);
		return true;
	}
	return false;
}

/* Called by the emulator once, by name. Nonzero: it gives up. */
PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info, int argc,
				      char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (!take_argument(argv[i])) {
			fprintf(stderr, "insn_count: cannot use \"%s\"\n", argv[i]);
			return -1;
		}
	}
	if (out == NULL) {
		fprintf(stderr, "insn_count: needs out=FILE\n");
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_atexit_cb(id, on_exit_emulator, NULL);
	return 0;
}
