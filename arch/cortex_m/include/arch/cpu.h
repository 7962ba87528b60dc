/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Cortex-M (ARMv7-M): the hot part of the port.
 *
 * Critical sections raise BASEPRI to IRQ_LOCK_PRIORITY: three instructions in, one out. Exceptions
 * above that (faults, zero-latency interrupts) stay on; they must not touch the kernel. Raising
 * BASEPRI takes effect at once; lowering it does so by the next context synchronization, hence the
 * ISB only where the code after it depends on the interrupt (ARMv7-M ARM, B1.4 and B5.2.3).
 *
 * All switches happen in PendSV, the least urgent exception: it runs when no handler is active and
 * nothing is masked, which is the point that arch_interface.h asks for.
 */

#ifndef ARCH_CORTEX_M_INCLUDE_ARCH_CPU_H_
#define ARCH_CORTEX_M_INCLUDE_ARCH_CPU_H_

#include <zephyr/toolchain.h>
#include <zephyr/types.h>

#define ARCH_STACK_ALIGN   8
#define ARCH_STACK_RESERVE 0

/* Implemented priority bits differ; the top three exist everywhere. */
#define IRQ_LOCK_PRIORITY 0x20

/** What the exception frame of the hardware holds, in its order, and the rest on demand. */
struct arch_esf {
	uint32_t r0;
	uint32_t r1;
	uint32_t r2;
	uint32_t r3;
	uint32_t r12;
	uint32_t lr;
	uint32_t pc;
	uint32_t xpsr;
};

/** Saved context: the stack pointer; the registers lie on the thread's stack. */
struct arch_thread {
	uint32_t sp;
};

static ALWAYS_INLINE unsigned int arch_irq_lock(void)
{
	unsigned int key;
	unsigned int mask = IRQ_LOCK_PRIORITY;

	__asm__ volatile("mrs %0, basepri\n\tmsr basepri, %1" : "=&r"(key) : "r"(mask) : "memory");
	return key;
}

static ALWAYS_INLINE void arch_irq_unlock(unsigned int key)
{
	__asm__ volatile("msr basepri, %0" : : "r"(key) : "memory");
}

static ALWAYS_INLINE bool arch_irq_unlocked(unsigned int key)
{
	return key == 0U;
}

static ALWAYS_INLINE bool arch_is_in_isr(void)
{
	uint32_t ipsr;

	__asm__ volatile("mrs %0, ipsr" : "=r"(ipsr));
	return ipsr != 0U;
}

static ALWAYS_INLINE void arch_switch_pend(void)
{
	*(volatile uint32_t *)0xE000ED04UL = 1UL << 28; /* SCB->ICSR = PENDSVSET */
}

static ALWAYS_INLINE void arch_switch_wait(unsigned int key)
{
	/* Pairs with the pending PendSV: after the ISB it has been taken and has come back. */
	__asm__ volatile("msr basepri, %0\n\tisb" : : "r"(0) : "memory");
	__asm__ volatile("msr basepri, %0" : : "r"(key) : "memory");
}

#endif /* ARCH_CORTEX_M_INCLUDE_ARCH_CPU_H_ */
