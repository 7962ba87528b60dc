/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Threads: the switch, and a thread's first context.
 *
 * A thread is always switched out inside linux_attend(), with nothing masked, and goes on there.
 */

#include "context.h"
#include "guard.h"
#include "port.h"

#include <arch/linux_host.h>
#include <ksched.h>
#include <sanitizer.h>
#include <zephyr/sys/util.h>

/* Lies at the top of a new thread's stack. */
struct beginning {
	k_thread_entry_t entry;
	void *p1;
	void *p2;
	void *p3;
};

BUILD_ASSERT(sizeof(struct beginning) % ARCH_STACK_ALIGN == 0);

static void switch_threads(void)
{
	struct k_thread *from = kernel.current;
	struct k_thread *to = kernel.next;

	if (IS_ENABLED(CONFIG_SCHED_THREAD_USAGE)) {
		usage_switch();
	}
	sanitizer_leave(from, to);
	kernel.current = to;
	context_switch(&from->arch.sp, to->arch.sp);
	sanitizer_enter(from);
}

void port_switch(void)
{
	if (kernel.next != kernel.current) {
		switch_threads();
	}
}

bool port_waits(void)
{
	return kernel.next == kernel.current && kernel.current == &idle_thread;
}

void linux_main_returned(void)
{
	/* its thread ends with it */
}

bool port_is_over(void)
{
	return (main_thread.state & THREAD_DEAD) != 0U;
}

static void thread_begin(void *arg)
{
	struct beginning self = *(struct beginning *)arg;

	sanitizer_enter(kernel.current);
	arch_irq_unlock(0U);
	thread_entry(self.entry, self.p1, self.p2, self.p3);
}

void arch_thread_init(struct k_thread *thread, char *stack, size_t size, k_thread_entry_t entry,
		      void *p1, void *p2, void *p3)
{
	struct beginning *self = (struct beginning *)(void *)(stack + size) - 1;

	*self = (struct beginning){.entry = entry, .p1 = p1, .p2 = p2, .p3 = p3};
	thread->arch.sp = context_prepare((char *)self, thread_begin, self);
	thread->arch.fake_stack = NULL;
	guard_set(thread);
	fault_forget(thread);
}

void arch_thread_exit(struct k_thread *thread)
{
	guard_clear(thread);
	/* One that ends itself still needs its stack: sanitizer_leave() cleans up behind it. */
	if (thread != kernel.current) {
		sanitizer_clean((char *)thread->stack_info.start, thread->stack_info.size);
	}
}

FUNC_NORETURN void arch_start(void)
{
	void *host_context;

	sanitizer_leave(NULL, kernel.next);
	kernel.current = kernel.next;
	context_switch(&host_context, kernel.current->arch.sp);
	CODE_UNREACHABLE;
}
