/* SPDX-License-Identifier: Apache-2.0 */

/* What the files of this port share. */

#ifndef ARCH_LINUX_PORT_H_
#define ARCH_LINUX_PORT_H_

#include <arch_interface.h>
#include <stdbool.h>
#include <stdint.h>

/* thread.c, or single.c without threads */

/* Switch to another thread if that is due. Interrupts masked before and after. */
void port_switch(void);

/* Whether all still wait, after interrupts were taken. */
bool port_waits(void);

/* Whether main() has ended, and whatever went on without it may end the program. */
bool port_is_over(void);

/* irq.c */

/* Something may want an interrupt: the next unlock has to call irq_take(). */
extern bool irq_attention;

/* Have the next unlock look for interrupts and deadlines. */
static inline void attend_soon(void)
{
	irq_attention = true;
	arch_switch_pend(); /* one and the same countdown */
}

/* Take all interrupts that are due in the present context. Interrupts masked before and after. */
void irq_take(void);

/* Whether an enabled line is pending. */
bool irq_is_pending(void);

/* Whether a test injects interrupts. */
bool irq_is_hooked(void);

/* time.c */

void time_init(bool real);

/* Nanoseconds since the start, without the cost of linux_time_read(). */
uint64_t time_now(void);

/* Raise the clock's line if its deadline is over, look for input, and grant new credit. */
void time_pass(void);

/* When the clock's line will be raised, or LINUX_TIME_NEVER. */
uint64_t time_deadline(void);

/* Virtual time: nothing happens until the deadline, so be there. */
void time_jump_to_deadline(void);

/* idle.c */

/* Have the driver take input, if there is any. */
void input_poll(void);

/* fault.c */

void fault_init(void);

/* fault_thread.c */

/* @thread begins anew: forget the fault that ended it. */
void fault_forget(const struct k_thread *thread);

#endif /* ARCH_LINUX_PORT_H_ */
