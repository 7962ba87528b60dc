/* SPDX-License-Identifier: Apache-2.0 */

/* Guards against stack overflow, with CONFIG_HW_STACK_PROTECTION. */

#ifndef ARCH_LINUX_GUARD_H_
#define ARCH_LINUX_GUARD_H_

#include <stdbool.h>
#include <stdint.h>

struct k_thread;

/* From now on an overflow of @thread's stack is a fault. */
void guard_set(const struct k_thread *thread);

/* @thread has ended: its stack may be used for something else. */
void guard_clear(const struct k_thread *thread);

/* Whether a fault at @address was an overflow of @thread's stack. */
bool guard_is_hit(const struct k_thread *thread, uintptr_t address);

#endif /* ARCH_LINUX_GUARD_H_ */
