/* SPDX-License-Identifier: Apache-2.0 */

/* What the files of this port share. */

#ifndef ARCH_LINUX_PORT_H_
#define ARCH_LINUX_PORT_H_

#include <arch_interface.h>
#include <stdbool.h>
#include <stdint.h>

/* attend.c: interrupts */

/* Have the next unlock call time_pass() and look for interrupts. */
void attend_soon(void);

/* Whether an enabled line is pending. */
bool irq_is_pending(void);

/* Whether linux_set_interrupt_hook() has set one. */
bool irq_is_hooked(void);

/* time.c */

void time_init(bool real);

/* Nanoseconds since the start, without the cost of linux_time_read(). */
uint64_t time_now(void);

/* Raise the clock's line if its deadline is over, look for input, and give new credit. */
void time_pass(void);

/* When the clock's line will be raised, or LINUX_TIME_NEVER. */
uint64_t time_deadline(void);

/* Virtual time: nothing happens until the deadline, so be there. */
void time_jump_to_deadline(void);

/* idle.c */

/* Have the driver take input, if there is any. */
void input_poll(void);

/* thread.c */

/* Print nothing, remember nothing: @thread has not faulted (again). */
void fault_forget(const struct k_thread *thread);

/* fault.c */

void fault_init(void);

#endif /* ARCH_LINUX_PORT_H_ */
