/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupt context on demand, by a supervisor call.
 *
 * Its priority is above everything that arch_irq_lock() masks, so it works under a lock too, where
 * a maskable one would escalate to a fault. No interrupt runs during the routine.
 */

#include <arch_interface.h>

/*
 * The arguments are fetched from the frame: the registers themselves may have been changed by an
 * exception that came in between. The routine returns from the exception by itself.
 */
__attribute__((__naked__)) void svc_handler(void)
{
	__asm__ volatile("tst lr, #4\n\t"
			 "ite eq\n\t"
			 "mrseq r2, msp\n\t"
			 "mrsne r2, psp\n\t"
			 "ldrd r3, r0, [r2, #8]\n\t"
			 "bx r3");
}

void arch_irq_offload(void (*routine)(const void *arg), const void *arg)
{
	register uint32_t r2 __asm__("r2") = (uint32_t)routine;
	register uint32_t r3 __asm__("r3") = (uint32_t)arg;

	__asm__ volatile("svc #0" : : "r"(r2), "r"(r3) : "memory");
}
