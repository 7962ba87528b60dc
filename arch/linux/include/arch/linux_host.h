/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * What the Linux port offers to its drivers and its board: interrupt lines, time, host input.
 */

#ifndef ARCH_LINUX_INCLUDE_ARCH_LINUX_HOST_H_
#define ARCH_LINUX_INCLUDE_ARCH_LINUX_HOST_H_

#include <stdbool.h>
#include <stdint.h>

#include <zephyr/toolchain.h>

/** Interrupt lines. Those from LINUX_IRQ_FREE on belong to the application. */
#define LINUX_IRQ_CLOCK 0
#define LINUX_IRQ_UART  1
#define LINUX_IRQ_FREE  2
#define LINUX_IRQ_LINES 64

/** Priorities of lines, 0 (the most urgent) to LINUX_IRQ_PRIORITIES - 1. */
#define LINUX_IRQ_PRIORITIES 16

/** What things cost in virtual time. A loop that waits for the clock gets ahead by these steps. */
#define LINUX_UNLOCK_NS     10
#define LINUX_CLOCK_READ_NS 100

#define LINUX_TIME_NEVER UINT64_MAX

/** Run the kernel, for ever. @p real_time: time is the host's, else virtual. */
FUNC_NORETURN void linux_boot(bool real_time);

/** main() has returned: the program may end when nothing else can happen. */
void linux_main_returned(void);

/** Whether time is the host's. Any context. */
bool linux_time_is_real(void);

/**
 * @brief Nanoseconds since the start.
 *
 * In virtual time this costs LINUX_CLOCK_READ_NS, and if interrupts are unmasked they may be taken
 * here, so that a loop that waits for a time to come is interrupted as on any other CPU.
 */
uint64_t linux_time_read(void);

/** Raise LINUX_IRQ_CLOCK at this time, instead of the last one asked for. Interrupts masked. */
void linux_time_set_deadline(uint64_t when_ns);

/** Nanoseconds of the host's monotonic clock, in virtual time too. */
uint64_t linux_host_ns(void);

/**
 * @brief Watch a host file for input.
 *
 * One file is watched at a time. While it is, the CPU does not give up when all threads wait.
 *
 * @param fd     File descriptor; -1: stop.
 * @param ready  Called with interrupts masked when reading @p fd would not block. It pends a line.
 */
void linux_input_watch(int fd, void (*ready)(void));

/** Make an interrupt line pending, as a device would. Any context. */
void linux_irq_pend(unsigned int irq);

#endif /* ARCH_LINUX_INCLUDE_ARCH_LINUX_HOST_H_ */
