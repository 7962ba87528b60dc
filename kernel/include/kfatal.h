/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The part of a fatal error that depends on whether there are threads: fatal_thread.c, or
 * single/single.c. Interrupts masked.
 */

#ifndef KERNEL_INCLUDE_KFATAL_H_
#define KERNEL_INCLUDE_KFATAL_H_

#include <stdbool.h>

/* Print who is to blame. */
void fatal_print_culprit(bool in_isr);

/*
 * The policy returned: end the culprit, or halt if the system cannot go on without it. Returns only
 * if the culprit has been aborted and its context is still to be left.
 */
void fatal_end_culprit(unsigned int reason, bool in_isr);

#endif /* KERNEL_INCLUDE_KFATAL_H_ */
