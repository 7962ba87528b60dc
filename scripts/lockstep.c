/* SPDX-License-Identifier: Apache-2.0 */

/*
 * QEMU plugin: has the emulated CPU ask for input when it is about to go idle.
 *
 * With -icount, virtual time depends on executed instructions only; what does not is the moment at
 * which input from the host arrives. Here the CPU stops before the first instruction of the idle
 * function, says so to scripts/lockstep.py, and goes on when that has put the next byte into the
 * UART. No virtual time passes meanwhile. (A debugger's breakpoint does not do: QEMU takes the
 * stopped CPU for a sleeping one and moves virtual time on to the next timer.)
 *
 * A CPU that does not become idle asks all the same, at every so many clock interrupts.
 *
 * Arguments: idle= clock= addresses of the idle function and of the one that each clock interrupt
 * calls, fd= a connected socket. Protocol: the plugin writes ASK; the answer is GO, or DONE after
 * the last byte.
 */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "qemu_plugin.h"

#define ASK 'a'
#define GO  'g'

#define BUSY_INTERRUPTS 10

static uint64_t idle_address;
static uint64_t clock_address;
static unsigned int interrupts; /* since the CPU asked */
static int connection = -1;
static bool done;

PLUGIN_EXPORT int qemu_plugin_version = PLUGIN_INTERFACE;

static void ask(void)
{
	char word = ASK;

	interrupts = 0;
	if (write(connection, &word, 1) != 1 || read(connection, &word, 1) != 1 || word != GO) {
		done = true;
	}
}

static void on_idle(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	if (!done) {
		ask();
	}
}

static void on_clock(unsigned int cpu, void *context)
{
	(void)cpu;
	(void)context;
	if (!done && ++interrupts == BUSY_INTERRUPTS) {
		ask();
	}
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
		uint64_t address = qemu_plugin_insn_vaddr(insn);

		if (address == idle_address || address == clock_address) {
			qemu_plugin_register_vcpu_insn_exec_cb(
				insn, address == idle_address ? on_idle : on_clock,
				PLUGIN_CB_NO_REGISTERS, NULL);
		}
	}
}

PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info_t *info,
				      int count, char **arguments)
{
	(void)info;
	for (int i = 0; i < count; i++) {
		if (strncmp(arguments[i], "idle=", 5) == 0) {
			idle_address = strtoull(arguments[i] + 5, NULL, 0);
		} else if (strncmp(arguments[i], "clock=", 6) == 0) {
			clock_address = strtoull(arguments[i] + 6, NULL, 0);
		} else if (strncmp(arguments[i], "fd=", 3) == 0) {
			connection = atoi(arguments[i] + 3);
		}
	}
	if (connection < 0) {
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	return 0;
}
