/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A Linux process as a CPU: the hot part of the port.
 *
 * One host thread runs everything. Nothing is asynchronous: interrupts and switches take place only
 * where the kernel lets them, when arch_irq_unlock() unmasks, when the CPU idles and when a program
 * reads the clock. Hence no host signal, no atomic access, no barrier, and runs that repeat.
 *
 * An unlock counts down linux_cpu.credit and looks no further until it falls below zero. Whoever
 * wants attention at the next unlock (an interrupt, a switch, a deadline) sets the credit to zero
 * and keeps what was left in linux_cpu.withheld. The two together also are the virtual clock: each
 * unlock takes LINUX_UNLOCK_NS, so that a busy program sees time pass, the same in each run.
 */

#ifndef ARCH_LINUX_INCLUDE_ARCH_CPU_H_
#define ARCH_LINUX_INCLUDE_ARCH_CPU_H_

#include <zephyr/sys/util.h>
#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#define ARCH_STACK_ALIGN 16

/*
 * Added to every stack: interrupt handlers run on the stack of the thread that they interrupt,
 * the host's printf() takes kilobytes, the address sanitizer pads every frame, and guard pages
 * lie at the lower end. Host memory that is never touched costs nothing.
 */
#define ARCH_STACK_RESERVE (IS_ENABLED(CONFIG_ASAN) ? KB(128) : KB(80))

/** Registers of a fault. The first @c count values are known by name. */
struct arch_esf {
	int signal;        /**< Host signal, such as SIGSEGV. */
	uintptr_t address; /**< What was accessed, if the signal tells. */
	uintptr_t pc;
	uintptr_t sp;
	const char *names[34];
	unsigned int count;
	uintptr_t values[34];
};

/** Saved context: the stack pointer; the registers lie on the thread's stack. */
struct arch_thread {
	void *sp;
	void *fake_stack; /**< The address sanitizer's. */
};

struct linux_cpu {
	unsigned int locked;    /* 1: interrupts are masked. */
	unsigned int isr_depth; /* Handlers that are running. */
	long credit;            /* Unlocks until one has to look closer. */
	long withheld;          /* Taken from credit to make the next unlock look. */
};

extern struct linux_cpu linux_cpu;

/* The rest of an unlock: takes interrupts and switches threads, as far as they are due. */
void linux_attend(void);

static ALWAYS_INLINE unsigned int arch_irq_lock(void)
{
	unsigned int key = linux_cpu.locked;

	linux_cpu.locked = 1U;
	return key;
}

static ALWAYS_INLINE void arch_irq_unlock(unsigned int key)
{
	linux_cpu.locked = key;
	if (key == 0U && unlikely(--linux_cpu.credit < 0)) {
		linux_attend();
	}
}

static ALWAYS_INLINE bool arch_irq_unlocked(unsigned int key)
{
	return key == 0U;
}

static ALWAYS_INLINE bool arch_is_in_isr(void)
{
	return linux_cpu.isr_depth != 0U;
}

/* Have the next unlock look closer: there it finds that kernel.next is not kernel.current. */
static ALWAYS_INLINE void arch_switch_pend(void)
{
	linux_cpu.withheld += linux_cpu.credit;
	linux_cpu.credit = 0;
}

static ALWAYS_INLINE void arch_switch_wait(unsigned int key)
{
	linux_cpu.locked = 0U;
	linux_attend();
	linux_cpu.locked = key;
}

#endif /* ARCH_LINUX_INCLUDE_ARCH_CPU_H_ */
