/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The part of QEMU's plugin interface, version 1, that we use.
 *
 * Debian ships QEMU with plugins enabled but without the header, so this declares the few names
 * that the emulator exports and that we call. Written for QEMU 7.2; the emulator itself refuses a
 * plugin whose version it does not serve.
 */

#ifndef BENCH_PLUGIN_QEMU_PLUGIN_H_
#define BENCH_PLUGIN_QEMU_PLUGIN_H_

#include <stddef.h>
#include <stdint.h>

/* The interface that qemu_plugin_version states. */
#define PLUGIN_INTERFACE 1

/* What the emulator looks up by name in the shared object. */
#define PLUGIN_EXPORT __attribute__((visibility("default")))

/* Which of our callbacks touch guest registers. Ours touch none. */
enum qemu_plugin_cb_flags {
	PLUGIN_CB_NO_REGISTERS = 0,
};

/* What generated code can do by itself, without a call. */
enum qemu_plugin_op {
	PLUGIN_INLINE_ADD_U64 = 0,
};

/* Owned by the emulator; we only pass pointers on. */
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info_t;

typedef uint64_t qemu_plugin_id_t;

typedef void (*plugin_exit_cb)(qemu_plugin_id_t id, void *context);
typedef void (*plugin_translate_cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *block);
typedef void (*plugin_execute_cb)(unsigned int cpu, void *context);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, plugin_translate_cb cb);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, plugin_exit_cb cb, void *context);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, plugin_execute_cb cb,
					    enum qemu_plugin_cb_flags flags, void *context);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn,
						enum qemu_plugin_op op, void *target,
						uint64_t operand);

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

#endif /* BENCH_PLUGIN_QEMU_PLUGIN_H_ */
