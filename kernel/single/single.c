/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A system without threads: from reset to main(), and its fatal errors.
 *
 * main() runs on the stack that the reset code runs on, and so do interrupts.
 */

#include <kfatal.h>
#include <kinit.h>
#include <ksched.h>
#include <zephyr/kernel.h>

struct k_spinlock sched_lock;

int main(void);

FUNC_NORETURN void kernel_start(void)
{
	unsigned int key = arch_irq_lock();

	arch_init();
	init_level(INIT_LEVEL_EARLY);
	init_level(INIT_LEVEL_PRE_KERNEL_1);
	sys_clock_init();
	init_level(INIT_LEVEL_PRE_KERNEL_2);
	arch_irq_unlock(key);

	init_level(INIT_LEVEL_POST_KERNEL);
	init_level(INIT_LEVEL_APPLICATION);
	(void)main();
	/* Interrupts and timers go on without it. */
	for (;;) {
		k_cpu_idle();
	}
}

void fatal_print_culprit(bool in_isr)
{
	printk("FATAL: in %s\n", in_isr ? "an interrupt" : "main()");
}

void fatal_end_culprit(unsigned int reason, bool in_isr)
{
	ARG_UNUSED(in_isr);
	k_fatal_halt(reason); /* there is nobody else to go on */
}
