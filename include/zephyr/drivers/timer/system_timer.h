/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The system clock, between its driver and the kernel.
 *
 * The driver counts cycles and turns them into ticks; the kernel keeps the uptime and the queue of
 * time-outs. The driver interrupts only when asked to: in a system that sleeps with nobody waiting,
 * not at all.
 *
 * Uptime in ticks is what was announced so far plus sys_clock_elapsed().
 */

#ifndef ZEPHYR_INCLUDE_DRIVERS_TIMER_SYSTEM_TIMER_H_
#define ZEPHYR_INCLUDE_DRIVERS_TIMER_SYSTEM_TIMER_H_

#include <zephyr/types.h>

/**
 * Start counting. Called once by the kernel, interrupts masked, before anything else but reading.
 */
void sys_clock_init(void);

/** For sys_clock_set_deadline(): nobody waits. */
#define SYS_CLOCK_NO_DEADLINE UINT32_MAX

/**
 * @brief Ask for an interrupt.
 *
 * The last call counts. The interrupt announces the time that has passed by then, which may be less
 * than asked for if that is further away than the hardware can count: the kernel then asks again.
 *
 * @param ticks  Interrupt when sys_clock_elapsed() reaches this, counted from the last
 *               announcement. Passed already: at once. SYS_CLOCK_NO_DEADLINE: none needed.
 *
 * @par Context
 * Any, interrupts masked.
 */
void sys_clock_set_deadline(uint32_t ticks);

/** Ticks that have passed since the last announcement. Interrupts masked. */
uint32_t sys_clock_elapsed(void);

/** Cycles since start-up; wraps. Any context. */
uint32_t sys_clock_cycle_get_32(void);

/** Cycles since start-up. Any context. */
uint64_t sys_clock_cycle_get_64(void);

/** Interrupts of the clock taken so far; CONFIG_SYSTEM_CLOCK_COUNT. Any context. */
uint32_t sys_clock_interrupts(void);

/**
 * @brief The CPU is about to sleep until an interrupt: take none if nobody waits.
 *
 * For ports whose clock needs it, in arch_cpu_idle(), with every interrupt masked.
 */
void sys_clock_idle_enter(void);

/**
 * @brief The CPU has slept. Comes before any interrupt handler, so that each finds the time right.
 *
 * May announce the time, if nobody waits for any.
 */
void sys_clock_idle_exit(void);

/**
 * @brief Let time pass.
 *
 * The kernel's; called by the driver in its interrupt, interrupts not masked, and in
 * sys_clock_idle_exit().
 *
 * Expires what is due, then calls sys_clock_set_deadline(), always.
 *
 * @param ticks  Ticks since the last call. Not negative.
 */
void sys_clock_announce(int32_t ticks);

#endif /* ZEPHYR_INCLUDE_DRIVERS_TIMER_SYSTEM_TIMER_H_ */
