/* SPDX-License-Identifier: Apache-2.0 */

/*
 * fault: a thread does what it must not. The kernel reports it, asks the policy below, and aborts
 * that thread; all else goes on.
 */

#include "commands.h"

#include <zephyr/fatal.h>

#define PRIORITY 5 /* more urgent than the console: it faults at once */

/* The registers at the time of the fault: Zephyr 3.7 changed the name. */
#if __has_include(<zephyr/version.h>)
typedef struct arch_esf registers_t;
#else
typedef z_arch_esf_t registers_t;
#endif

static K_THREAD_STACK_DEFINE(stack, CONFIG_CONSOLE_THREAD_STACK_SIZE);
static struct k_thread faulty;

/* Only the thread that was made for it may fault; anything else is a bug. */
void k_sys_fatal_error_handler(unsigned int reason, const registers_t *registers)
{
	ARG_UNUSED(registers);
	if (k_current_get() != &faulty) {
		k_fatal_halt(reason);
	}
}

static void execute_no_instruction(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	if (IS_ENABLED(CONFIG_ARCH_POSIX)) {
		k_oops(); /* Zephyr as a Linux program: a fault would end it */
	}
	__builtin_trap();
}

int command_fault(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	ARG_UNUSED(self);
	ARG_UNUSED(frame);
	ARG_UNUSED(operand);
	(void)k_thread_create(&faulty, stack, K_THREAD_STACK_SIZEOF(stack), execute_no_instruction,
			      NULL, NULL, NULL, PRIORITY, 0, K_FOREVER);
	(void)k_thread_name_set(&faulty, "faulty");
	k_thread_start(&faulty);
	/* By now it has faulted, so this does not block the other tasks. */
	(void)k_thread_join(&faulty, K_FOREVER);
	printk("the thread is gone, the console goes on\n");
	return 0;
}
