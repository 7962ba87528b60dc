/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupt lines for tests: no device of the boards uses them, and software can pend them. */

#ifndef TESTS_ASYNC_COMMON_IRQ_LINES_H_
#define TESTS_ASYNC_COMMON_IRQ_LINES_H_

#ifdef CONFIG_RISCV
#define IRQ_LINE 1 /* the only one */
#else
#define IRQ_LINE        30
#define IRQ_SECOND_LINE 31
#endif

#endif /* TESTS_ASYNC_COMMON_IRQ_LINES_H_ */
