/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Faults: from the host's signal to the kernel's fatal error report, and the report in words.
 *
 * The signal handler runs on a stack of its own, as the thread's may be what overflowed. It only
 * notes the registers and diverts the thread: the report is written in the thread's context, with
 * no signal going on, so that the thread can be aborted and the others go on.
 */

#include "fault.h"
#include "port.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zephyr/fatal.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#define SIGNAL_STACK_SIZE KB(64)

static const int fault_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};

static struct arch_esf fault_esf;

/* Runs in the context of what faulted. */
static void report(void)
{
	struct arch_esf esf = fault_esf; /* before another thread faults */

	if (arch_is_in_isr()) {
		/*
		 * A handler faulted: no thread is to blame, and there is no way to leave it
		 * half-way.
		 */
		arch_esf_dump(&esf);
		z_except_reason(fault_reason(&esf));
	}
	fatal_error(fault_reason(&esf), &esf);
	CODE_UNREACHABLE; /* it has aborted the thread, or halted */
}

/* Without a kernel that could still be trusted. */
static FUNC_NORETURN void die(int number)
{
	static const char text[] = "linux: fault while a fault was reported\n";

	(void)!write(STDERR_FILENO, text, sizeof(text) - 1U);
	(void)signal(number, SIG_DFL);
	(void)raise(number);
	_exit(EXIT_FAILURE);
}

static void handle(int number, siginfo_t *info, void *host_context)
{
	ucontext_t *context = host_context;

	if (!fault_begin()) {
		die(number);
	}
	fault_esf = (struct arch_esf){.signal = number, .address = (uintptr_t)info->si_addr};
	fault_registers(context, &fault_esf);
	fault_divert(context, report, fault_report_stack(fault_esf.sp));
}

void fault_init(void)
{
	static char stack[SIGNAL_STACK_SIZE] __aligned(16);
	stack_t where = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK};

	/* None of these fails with valid arguments. */
	(void)sigaltstack(&where, NULL);
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_SIZE(fault_signals); i++) {
		(void)sigaction(fault_signals[i], &action, NULL);
	}
}

void arch_esf_dump(const struct arch_esf *esf)
{
	printk("  fault: %s, address %016lx\n", strsignal(esf->signal),
	       (unsigned long)esf->address);
	printk("  pc  %016lx  sp  %016lx\n", (unsigned long)esf->pc, (unsigned long)esf->sp);
	for (unsigned int i = 0; i < esf->count; i++) {
		printk("  %-3s %016lx%s", esf->names[i], (unsigned long)esf->values[i],
		       i % 2U != 0U || i + 1U == esf->count ? "\n" : "");
	}
}
