/* SPDX-License-Identifier: Apache-2.0 */

/* Fatal errors of a system with threads: the one that caused it is aborted, the others go on. */

#include <kfatal.h>
#include <ksched.h>
#include <zephyr/kernel.h>

static const char *thread_text(struct k_thread *thread)
{
	const char *name = thread == NULL ? NULL : k_thread_name_get(thread);

	return name != NULL && name[0] != '\0' ? name : "unnamed";
}

void fatal_print_culprit(bool in_isr)
{
	struct k_thread *thread = kernel.current;

	printk("FATAL: thread %p (%s)%s\n", (void *)thread, thread_text(thread),
	       in_isr ? ", in an interrupt" : "");
}

void fatal_end_culprit(unsigned int reason, bool in_isr)
{
	struct k_thread *thread = kernel.current;

	if (thread == NULL || in_isr || (thread->options & K_ESSENTIAL) != 0U ||
	    (reason == K_ERR_KERNEL_PANIC && !IS_ENABLED(CONFIG_TEST))) {
		k_fatal_halt(reason);
	}
	printk("FATAL: aborting thread %p (%s)\n", (void *)thread, thread_text(thread));
	/* Still masked: nobody may run before it is gone. Does not return in thread context. */
	k_thread_abort(thread);
}
