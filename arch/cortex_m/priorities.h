/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Who may interrupt whom. A smaller number is more urgent; only the top three bits exist on every
 * ARMv7-M part.
 *
 *   0x00            faults and supervisor calls: never masked by the kernel
 *   0x20 ... 0xC0   interrupts that may use the kernel: priorities 0 to 5 of IRQ_CONNECT()
 *   0x20            the system clock: as urgent as the most urgent of them
 *   0xE0            the thread switch: when nothing else is active
 */

#ifndef ARCH_CORTEX_M_PRIORITIES_H_
#define ARCH_CORTEX_M_PRIORITIES_H_

#include <arch/cpu.h>

#define PRIORITY_STEP      0x20U
#define PRIORITY_LEVELS    6U
#define PRIORITY_SVC       0x00U
#define PRIORITY_OF(level) (IRQ_LOCK_PRIORITY + (level)*PRIORITY_STEP)
#define PRIORITY_SYSTICK   PRIORITY_OF(0U)
#define PRIORITY_PENDSV    0xFFU

#endif /* ARCH_CORTEX_M_PRIORITIES_H_ */
