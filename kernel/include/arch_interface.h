/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a port must offer to the kernel, and what it gets in return.
 *
 * A port is the short list of names below. The small, hot ones are static inline functions in the
 * port's <arch/cpu.h>; the others are functions in arch/<arch>/.
 *
 * The switch model, the same for all ports: the kernel decides at each event who runs next
 * (kernel.next) and calls arch_switch_pend(). The port switches from kernel.current to kernel.next
 * as soon as it leaves interrupt context with interrupts unlocked; it alone writes kernel.current.
 */

#ifndef KERNEL_INCLUDE_ARCH_INTERFACE_H_
#define KERNEL_INCLUDE_ARCH_INTERFACE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <arch/cpu.h>
#include <zephyr/board.h>
#include <zephyr/kernel/thread.h>

/*
 * Inline functions that <arch/cpu.h> defines
 *
 * unsigned int arch_irq_lock(void)
 *	Masks interrupts, returns the former state. Nests by its return value.
 * void arch_irq_unlock(unsigned int key)
 *	Restores the state that arch_irq_lock() returned. If that unmasks interrupts in a thread,
 *	pending interrupts and a pended switch take place now.
 * bool arch_irq_unlocked(unsigned int key)
 *	Whether @key stands for "interrupts were not masked".
 * bool arch_is_in_isr(void)
 *	Whether the caller runs in an interrupt handler (or irq_offload()).
 * void arch_switch_pend(void)
 *	Interrupts masked. Has kernel.next switched in at the next point where that is possible.
 * void arch_switch_wait(unsigned int key)
 *	Thread context, interrupts masked, switch pended, the caller is not to run on. Unmasks
 *	interrupts whatever @key says, so that the switch takes place. Returns when the caller has
 *	been switched in again, with the interrupt state of @key restored.
 */

/**
 * Entry of every thread. Defined by the kernel (thread.c), runs in the new thread with interrupts
 * unmasked, never returns.
 */
FUNC_NORETURN void thread_entry(k_thread_entry_t entry, void *p1, void *p2, void *p3);

/**
 * Prepare @thread so that the first switch to it enters thread_entry(entry, p1, p2, p3) on the
 * given stack. Writes thread->arch only.
 *
 * @param stack  Lowest address of the usable stack, aligned to ARCH_STACK_ALIGN.
 * @param size   Its size in bytes, a multiple of ARCH_STACK_ALIGN.
 */
void arch_thread_init(struct k_thread *thread, char *stack, size_t size, k_thread_entry_t entry,
		      void *p1, void *p2, void *p3);

/** A thread is gone for good: release what arch_thread_init() or the port's tools hold for it. */
void arch_thread_exit(struct k_thread *thread);

/**
 * Leave the boot context for ever and switch to kernel.next. Called once, interrupts masked and
 * kernel.current NULL. Sets kernel.current, unmasks interrupts.
 */
FUNC_NORETURN void arch_start(void);

/** Set up what the CPU needs before the kernel runs (priorities of exceptions, fault handlers). */
void arch_init(void);

/**
 * Sleep until an interrupt arrives. Called by the idle thread with interrupts masked; sleeps with
 * no chance of missing one, then unmasks and returns.
 */
void arch_cpu_idle(void);

void arch_irq_enable(unsigned int irq);
void arch_irq_disable(unsigned int irq);
bool arch_irq_is_enabled(unsigned int irq);

/** Bind a handler to a line and set its priority (0 is the most urgent). */
int arch_irq_connect(unsigned int irq, unsigned int priority, void (*isr)(const void *arg),
		     const void *arg, uint32_t flags);

/** Make a line pending by software, as if its device had raised it. */
void arch_irq_pend(unsigned int irq);

/** Run @routine in interrupt context now, on the interrupt stack. From a thread only. */
void arch_irq_offload(void (*routine)(const void *arg), const void *arg);

/** Stop for ever. A board under an emulator ends it with a failure status; see board_exit(). */
FUNC_NORETURN void arch_system_halt(unsigned int reason);

/**
 * Print the registers of a fault in the port's words. Called by the kernel's fatal error report.
 */
void arch_esf_dump(const struct arch_esf *esf);

/**
 * Offered by the kernel (fatal.c) to the port's fault handlers: report a fatal error in the current
 * context. Returns if the faulting thread was aborted: the port then leaves through a switch.
 */
void fatal_error(unsigned int reason, const struct arch_esf *esf);

#endif /* KERNEL_INCLUDE_ARCH_INTERFACE_H_ */
