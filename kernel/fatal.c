/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fatal errors: say who, where and with which registers; then let the application's policy decide.
 *
 * The report goes out with interrupts masked and polled, since nothing else can be trusted any
 * more.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

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

static const char *thread_text(struct k_thread *thread)
{
	const char *name = thread == NULL ? NULL : k_thread_name_get(thread);

	return name != NULL && name[0] != '\0' ? name : "unnamed";
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
	struct k_thread *thread = kernel.current;
	bool in_isr = arch_is_in_isr() && esf == NULL;

	printk("FATAL: error %u: %s\n", reason, reason_text(reason));
	printk("FATAL: thread %p (%s)%s\n", (void *)thread, thread_text(thread),
	       in_isr ? ", in an interrupt" : "");
	if (esf != NULL) {
		arch_esf_dump(esf);
	}

	k_sys_fatal_error_handler(reason, esf);

	if (thread == NULL || in_isr || (thread->options & K_ESSENTIAL) != 0U ||
	    (reason == K_ERR_KERNEL_PANIC && !IS_ENABLED(CONFIG_TEST))) {
		k_fatal_halt(reason);
	}
	printk("FATAL: aborting thread %p (%s)\n", (void *)thread, thread_text(thread));
	/* Still masked: nobody may run before it is gone. Does not return in thread context. */
	k_thread_abort(thread);
	arch_irq_unlock(key);
}

FUNC_NORETURN void z_except_reason(unsigned int reason)
{
	fatal_error(reason, NULL);
	k_fatal_halt(reason);
}
