/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fatal errors: say who, where and with which registers; then let the application's policy decide.
 *
 * The report goes out with interrupts masked and polled, since nothing else can be trusted any
 * more.
 */

#include <arch_interface.h>
#include <kfatal.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/__assert.h>

static const char *reason_text(unsigned int reason)
{
	static const char *const texts[] = {
		[K_ERR_CPU_EXCEPTION] = "CPU exception",
		[K_ERR_SPURIOUS_IRQ] = "unhandled interrupt",
		[K_ERR_STACK_CHK_FAIL] = "stack overflow",
		[K_ERR_KERNEL_OOPS] = "kernel oops",
		[K_ERR_KERNEL_PANIC] = "kernel panic",
	};

	return reason < ARRAY_SIZE(texts) ? texts[reason] : "error";
}

FUNC_NORETURN void k_fatal_halt(unsigned int reason)
{
	(void)arch_irq_lock();
	printk("FATAL: halting the system\n");
	arch_system_halt(reason);
}

void fatal_error(unsigned int reason, const struct arch_esf *esf)
{
	unsigned int key = arch_irq_lock();
	bool in_isr = arch_is_in_isr() && esf == NULL;

	z_spin_forget();
	printk("FATAL: error %u: %s\n", reason, reason_text(reason));
	fatal_print_culprit(in_isr);
	if (esf != NULL) {
		arch_esf_dump(esf);
	}
	k_sys_fatal_error_handler(reason, esf);
	fatal_end_culprit(reason, in_isr);
	arch_irq_unlock(key);
}

FUNC_NORETURN void z_except_reason(unsigned int reason)
{
	fatal_error(reason, NULL);
	k_fatal_halt(reason);
}
