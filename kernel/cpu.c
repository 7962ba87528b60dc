/* SPDX-License-Identifier: Apache-2.0 */

/* What a program asks of the CPU itself: where it runs, to sleep, to pass the time busily. */

#include <arch_interface.h>
#include <zephyr/kernel.h>

bool k_is_in_isr(void)
{
	return arch_is_in_isr();
}

void k_cpu_idle(void)
{
	(void)arch_irq_lock();
	arch_cpu_idle();
}

void k_cpu_atomic_idle(unsigned int key)
{
	arch_cpu_idle(); /* called masked; an interrupt that is pending ends it at once */
	if (!arch_irq_unlocked(key)) {
		(void)arch_irq_lock();
	}
}

void k_busy_wait(uint32_t usec)
{
	uint64_t cycles = k_us_to_cyc_ceil64(usec);
	uint64_t start = k_cycle_get_64();

	while (k_cycle_get_64() - start < cycles) {
		/* spin */
	}
}
