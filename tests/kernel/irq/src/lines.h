/* SPDX-License-Identifier: Apache-2.0 */

/* Interrupt lines that no device uses, and how to raise them by software: differs by CPU. */

#ifndef TESTS_KERNEL_IRQ_LINES_H_
#define TESTS_KERNEL_IRQ_LINES_H_

#define FREE_LINE       30
#define OTHER_FREE_LINE 31
#define THIRD_FREE_LINE 29

void line_raise(unsigned int irq);

#endif /* TESTS_KERNEL_IRQ_LINES_H_ */
