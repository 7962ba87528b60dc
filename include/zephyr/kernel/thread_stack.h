/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Stacks of threads. A stack is an array of k_thread_stack_t that only its thread touches.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H_
#define ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H_

#include <arch/cpu.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

/** One byte of a stack; a type of its own, so that a plain buffer is not taken for one. */
struct z_thread_stack_element {
	char data;
};

typedef struct z_thread_stack_element k_thread_stack_t;

/** Bytes that a stack of @p size usable bytes takes. ARCH_STACK_RESERVE: what the port adds. */
#define K_THREAD_STACK_LEN(size) (ROUND_UP((size), ARCH_STACK_ALIGN) + ARCH_STACK_RESERVE)

#define K_THREAD_STACK_RESERVED ((size_t)ARCH_STACK_RESERVE)

/** Usable bytes of a stack defined here. */
#define K_THREAD_STACK_SIZEOF(sym) (sizeof(sym) - K_THREAD_STACK_RESERVED)

/** Lowest usable byte. */
#define K_THREAD_STACK_BUFFER(sym) ((char *)(sym))

#define K_THREAD_STACK_DEFINE(sym, size)                                                           \
	k_thread_stack_t __noinit __aligned(ARCH_STACK_ALIGN) sym[K_THREAD_STACK_LEN(size)]

#define K_THREAD_STACK_ARRAY_DEFINE(sym, count, size)                                              \
	k_thread_stack_t __noinit __aligned(ARCH_STACK_ALIGN) sym[count][K_THREAD_STACK_LEN(size)]

#define K_THREAD_STACK_MEMBER(sym, size)                                                           \
	k_thread_stack_t __aligned(ARCH_STACK_ALIGN) sym[K_THREAD_STACK_LEN(size)]

#define K_THREAD_STACK_DECLARE(sym, size) extern k_thread_stack_t sym[K_THREAD_STACK_LEN(size)]

#define K_KERNEL_STACK_DEFINE       K_THREAD_STACK_DEFINE
#define K_KERNEL_STACK_ARRAY_DEFINE K_THREAD_STACK_ARRAY_DEFINE
#define K_KERNEL_STACK_MEMBER       K_THREAD_STACK_MEMBER
#define K_KERNEL_STACK_SIZEOF       K_THREAD_STACK_SIZEOF

#endif /* ZEPHYR_INCLUDE_KERNEL_THREAD_STACK_H_ */
