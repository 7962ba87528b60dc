/* SPDX-License-Identifier: Apache-2.0 */

/* An interrupt line that no device uses, and how to raise it by software: differs by CPU. */

#ifndef TESTS_KERNEL_IRQ_LINES_H_
#define TESTS_KERNEL_IRQ_LINES_H_

#define FREE_LINE       30
#define OTHER_FREE_LINE 31

void line_raise(unsigned int irq);

#endif /* TESTS_KERNEL_IRQ_LINES_H_ */
