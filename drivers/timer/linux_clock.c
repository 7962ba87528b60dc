/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The system clock of a Linux process: ticks on top of the port's nanoseconds, virtual or the
 * host's.
 *
 * Locking:   interrupts masked guard all of `clock`.
 * Invariant: announced_ns is a multiple of a tick, and not in the future.
 */

#include <arch/linux_host.h>
#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/irq.h>
#include <zephyr/sys/util.h>
#include <zephyr/sys_clock.h>

#define TICK_NS        (NSEC_PER_SEC / CONFIG_SYS_CLOCK_TICKS_PER_SEC)
#define CLOCK_PRIORITY 1

/* Announced at the latest, so that the ticks since the last announcement fit into 32 bits. */
#define REAL_TICKS_MAX ((uint32_t)INT32_MAX)

BUILD_ASSERT(CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC == NSEC_PER_SEC, "a cycle is a nanosecond here");
BUILD_ASSERT(NSEC_PER_SEC % CONFIG_SYS_CLOCK_TICKS_PER_SEC == 0,
	     "a tick must be a whole number of nanoseconds");

static struct {
	uint64_t announced_ns; /* Time last announced to the kernel. */
	uint32_t interrupts;
} clock;

uint32_t sys_clock_elapsed(void)
{
	return (uint32_t)((linux_time_read() - clock.announced_ns) / TICK_NS);
}

void sys_clock_set_deadline(uint32_t ticks)
{
	uint64_t when_ns = clock.announced_ns + (uint64_t)ticks * TICK_NS;

	if (ticks == SYS_CLOCK_NO_DEADLINE) {
		/* Virtual time does not pass while nobody waits. */
		when_ns = linux_time_is_real()
				  ? clock.announced_ns + (uint64_t)REAL_TICKS_MAX * TICK_NS
				  : LINUX_TIME_NEVER;
	}
	linux_time_set_deadline(when_ns);
}

static void clock_isr(const void *arg)
{
	unsigned int key = irq_lock();
	uint32_t ticks = sys_clock_elapsed();

	ARG_UNUSED(arg);
	clock.interrupts++;
	clock.announced_ns += (uint64_t)ticks * TICK_NS;
	irq_unlock(key);
	sys_clock_announce((int32_t)ticks);
}

uint64_t sys_clock_cycle_get_64(void)
{
	return linux_time_read();
}

uint32_t sys_clock_cycle_get_32(void)
{
	return (uint32_t)linux_time_read();
}

uint32_t sys_clock_interrupts(void)
{
	return clock.interrupts;
}

void sys_clock_init(void)
{
	IRQ_CONNECT(LINUX_IRQ_CLOCK, CLOCK_PRIORITY, clock_isr, NULL, 0);
	irq_enable(LINUX_IRQ_CLOCK);
}
