/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The system clock on SysTick, a 24-bit down counter, without a periodic tick.
 *
 * SysTick interrupts when it reaches 0 and has no compare register. So a deadline is set by
 * restarting it with the distance to the deadline; once it has taken that over, its reload value is
 * set to the maximum, so that behind the deadline it counts on through all 24 bits:
 *
 *	counter   delay ... 1   0   0xffffff ...     0x800000
 *	reads as  +delay ... 1  0   -1 ...           -2^23
 *	time      now          end  end + 1 ...      end + 2^23
 *
 * Read as a signed 24-bit number, one look at the counter gives the time, before and behind the
 * deadline, whether the interrupt was served or not: there is no overflow flag to look at and no
 * race with it.
 *
 * Nothing to wait for: the clock still interrupts every 2^23 cycles while the CPU works, but not
 * while it sleeps. In sleep the counter wraps unobserved; a second clock without interrupts
 * (idle_clock.h) then tells how often, before any handler runs. Once a second it also makes up for
 * the fractions of cycles that restarts lose.
 *
 * With CONFIG_SYSTEM_CLOCK_SLOPPY_IDLE there is no second clock: with nothing to wait for, the
 * counter is stopped in sleep, and time stands still.
 *
 * Locking:   interrupts masked guard all variables.
 * Invariant: time = clock.base + clock.end - signed counter, each less than 2^31 after base;
 *            clock.base is the time last announced, a multiple of a tick;
 *            the counter is restarted or its wraps are recovered at least every 2^23 cycles;
 *            the interrupt is off only between sys_clock_idle_enter() and sys_clock_idle_exit().
 */

#include "idle_clock.h"

#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/irq.h>
#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>

#define SCS_BASE 0xE000E000UL
#define SYST_CSR (*(volatile uint32_t *)(SCS_BASE + 0x10))
#define SYST_RVR (*(volatile uint32_t *)(SCS_BASE + 0x14))
#define SYST_CVR (*(volatile uint32_t *)(SCS_BASE + 0x18))

#define CSR_ENABLE    BIT(0)
#define CSR_TICKINT   BIT(1)
#define CSR_CLKSOURCE BIT(2)
#define CSR_COUNTFLAG BIT(16)

#define TICK_CYCLES (CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC / CONFIG_SYS_CLOCK_TICKS_PER_SEC)
#define COUNTER_MAX 0xFFFFFFUL
/* Time for sys_clock_set_deadline() to finish before the counter ends. */
#define DELAY_MIN 64UL
/* Below 2^23; the span is a constant that fits into an instruction. */
#define DELAY_SPAN 0x7F0000UL
#define DELAY_MAX  (DELAY_MIN + DELAY_SPAN)
/*
 * Bounds what is unannounced to 2^30, so that 32 bits hold it; a power of two for the same reason.
 */
#define DEADLINE_MAX BIT(__builtin_clz(TICK_CYCLES) - 2)
#define STEP_MAX     (1UL << 30)
/*
 * Least time from reading the counter to its restart. Rather too little: lost time can be made up.
 */
#define RESTART_CYCLES 2UL
/* By how much this clock may be off the idle clock before wraps are miscounted. */
#define IDLE_SLACK ((COUNTER_MAX - BOARD_IDLE_CLOCK_RESOLUTION) / 2UL)

#define SLOPPY_IDLE IS_ENABLED(CONFIG_SYSTEM_CLOCK_SLOPPY_IDLE)

BUILD_ASSERT(CONFIG_SYS_CLOCK_HW_CYCLES_PER_SEC % CONFIG_SYS_CLOCK_TICKS_PER_SEC == 0,
	     "a tick must be a whole number of cycles");
BUILD_ASSERT(BOARD_IDLE_CLOCK_RESOLUTION < COUNTER_MAX, "idle clock too slow to count wraps");
BUILD_ASSERT(TICK_CYCLES > DELAY_MIN && TICK_CYCLES < DELAY_MAX, "tick too short or too long");

static struct {
	uint32_t end;      /* When the counter reaches 0: cycles after base. */
	uint32_t deadline; /* Last one set, in ticks after base; SYS_CLOCK_NO_DEADLINE: none. */
	uint64_t base;     /* Cycles from start-up to the last announcement. */
} clock;

/* Apart, as not every image needs them. */
static uint32_t seconds; /* Idle clock when last compared with. */
static uint32_t interrupts;

void systick_handler(void);

static ALWAYS_INLINE uint32_t counter_signed(uint32_t counter)
{
	return (uint32_t)((int32_t)(counter << 8) >> 8);
}

/* Cycles since clock.base. */
static ALWAYS_INLINE uint32_t cycles(void)
{
	return clock.end - counter_signed(SYST_CVR);
}

/*
 * Read the counter and restart it. As one piece, so that always the same few cycles pass in
 * between. What is written to the counter does not matter.
 */
static ALWAYS_INLINE uint32_t counter_restart(uint32_t delay)
{
	uint32_t counter;

	__asm__ volatile("ldr %0, [%1, #0x18]\n\t" /* SYST_CVR */
			 "str %2, [%1, #0x14]\n\t" /* SYST_RVR */
			 "str %2, [%1, #0x18]"
			 : "=&r"(counter)
			 : "r"(SCS_BASE), "r"(delay - 1U));
	return counter;
}

uint32_t sys_clock_elapsed(void)
{
	return cycles() / TICK_CYCLES;
}

void sys_clock_set_deadline(uint32_t ticks)
{
	uint32_t delay = MIN(ticks, DEADLINE_MAX) * TICK_CYCLES - cycles();

	clock.deadline = ticks;
	if (unlikely(delay - DELAY_MIN > DELAY_SPAN)) {
		delay = (int32_t)delay < (int32_t)DELAY_MIN ? DELAY_MIN : DELAY_MAX;
	}
	clock.end += delay + RESTART_CYCLES - counter_signed(counter_restart(delay));
	while (SYST_CVR <= 1U) {
		/* Not loaded yet. QEMU may show 1 instead of 0. */
	}
	SYST_RVR = COUNTER_MAX;
}

/* Let the kernel know the time. */
static __noinline void announce(void)
{
	uint32_t ticks = cycles() / TICK_CYCLES;

	clock.end -= ticks * TICK_CYCLES;
	clock.base += ticks * TICK_CYCLES;
	sys_clock_announce((int32_t)ticks);
}

/* Have time jump forward by @missed cycles, so many at a time that 32 bits hold them. */
static void catch_up(uint64_t missed)
{
	for (; missed > STEP_MAX; missed -= STEP_MAX) {
		clock.end += STEP_MAX;
		announce();
	}
	clock.end += (uint32_t)missed;
}

/* By how much the idle clock is ahead, less @slack; 0: it is not. */
static uint64_t lag(uint32_t slack)
{
	uint64_t now = idle_clock_cycles();
	/* Signed: after a sleep the counter may read as a time before the last announcement. */
	uint64_t counted = clock.base + (uint64_t)(int64_t)(int32_t)(cycles() + slack);

	return now > counted ? now - counted : 0U;
}

/* Make up for lost cycles. Time never goes back: if this clock is ahead, it stays so. */
static __noinline void sync(void)
{
	seconds = idle_clock_seconds();
	catch_up(lag(0U));
}

/*
 * The counter has wrapped, nobody knows how often: it reads as a time too early by so many spans.
 */
static __noinline void recover(void)
{
	sys_clock_set_deadline(SYS_CLOCK_NO_DEADLINE); /* so that it does not wrap once more */
	catch_up((lag(IDLE_SLACK) + COUNTER_MAX) & ~(uint64_t)COUNTER_MAX);
	sync();
	announce();
}

void sys_clock_idle_enter(void)
{
	if (clock.deadline == SYS_CLOCK_NO_DEADLINE) {
		(void)SYST_CSR; /* clears the flag: from now on it means a wrap in sleep */
		SYST_CSR = SLOPPY_IDLE ? CSR_CLKSOURCE : CSR_ENABLE | CSR_CLKSOURCE;
	}
}

void sys_clock_idle_exit(void)
{
	if (clock.deadline != SYS_CLOCK_NO_DEADLINE) {
		return;
	}
	/*
	 * First the interrupt, then the look: a wrap in between is seen, one behind it interrupts.
	 */
	SYST_CSR = CSR_ENABLE | CSR_TICKINT | CSR_CLKSOURCE;
	if (!SLOPPY_IDLE && (SYST_CSR & CSR_COUNTFLAG) != 0U) {
		recover();
	}
}

void systick_handler(void)
{
	if (IS_ENABLED(CONFIG_SYSTEM_CLOCK_COUNT)) {
		interrupts++;
	}
	if (!SLOPPY_IDLE && unlikely(idle_clock_seconds() != seconds)) {
		sync();
	}
	announce();
}

void sys_clock_init(void)
{
	if (!SLOPPY_IDLE) {
		idle_clock_start();
	}
	SYST_RVR = COUNTER_MAX;
	SYST_CSR = CSR_ENABLE | CSR_TICKINT | CSR_CLKSOURCE;
	sys_clock_set_deadline(SYS_CLOCK_NO_DEADLINE);
	clock.end = DELAY_MAX; /* the counter's former value meant nothing */
}

uint64_t sys_clock_cycle_get_64(void)
{
	unsigned int key = irq_lock();
	uint64_t now = clock.base + cycles();

	irq_unlock(key);
	return now;
}

uint32_t sys_clock_cycle_get_32(void)
{
	unsigned int key = irq_lock();
	uint32_t now = (uint32_t)clock.base + cycles();

	irq_unlock(key);
	return now;
}

#ifdef CONFIG_SYSTEM_CLOCK_COUNT
uint32_t sys_clock_interrupts(void)
{
	return interrupts;
}
#endif
