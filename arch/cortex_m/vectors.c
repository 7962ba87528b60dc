/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Vectors of the system exceptions and the reset code.
 *
 * The vectors of interrupt lines follow in isr_table.c: an image that connects no interrupt does
 * without them. Reset runs on the interrupt stack, which nobody else needs before arch_start();
 * without threads main() stays on it.
 */

#include <arch_interface.h>
#include <ksched.h>
#include <zephyr/kernel/thread_stack.h>

/* Defined by the linker script. */
extern uint32_t __data_start[], __data_end[];
extern const uint32_t __data_load[];
extern uint32_t __bss_end[];

void fault_entry(void);
FUNC_NORETURN void reset_handler(void);

/* Absent drivers or threads: an exception that nobody handles is a fatal error. */
void pendsv_handler(void) __attribute__((__weak__, __alias__("unexpected_exception")));
void svc_handler(void) __attribute__((__weak__, __alias__("unexpected_exception")));
void systick_handler(void) __attribute__((__weak__, __alias__("unexpected_exception")));

/* Without threads main() stays here, beside interrupts: room for both. */
#define STACK_SIZE                                                                                 \
	(CONFIG_ISR_STACK_SIZE + (IS_ENABLED(CONFIG_MULTITHREADING) ? 0 : CONFIG_MAIN_STACK_SIZE))

K_KERNEL_STACK_DEFINE(k_interrupt_stack, STACK_SIZE);

__attribute__((__naked__, __used__)) static void unexpected_exception(void)
{
	__asm__ volatile("b fault_entry");
}

struct vectors {
	char *initial_sp;
	void (*reset)(void);
	void (*nmi)(void);
	void (*hard_fault)(void);
	void (*mem_fault)(void);
	void (*bus_fault)(void);
	void (*usage_fault)(void);
	void (*reserved_7[4])(void);
	void (*svc)(void);
	void (*debug_monitor)(void);
	void (*reserved_13)(void);
	void (*pendsv)(void);
	void (*systick)(void);
};

__attribute__((__section__(".vectors"), __used__)) const struct vectors vectors = {
	.initial_sp = (char *)k_interrupt_stack + sizeof(k_interrupt_stack),
	.reset = reset_handler,
	.nmi = fault_entry,
	.hard_fault = fault_entry,
	.mem_fault = fault_entry,
	.bus_fault = fault_entry,
	.usage_fault = fault_entry,
	.svc = svc_handler,
	.debug_monitor = fault_entry,
	.pendsv = pendsv_handler,
	.systick = systick_handler,
};

FUNC_NORETURN void reset_handler(void)
{
	const uint32_t *from = __data_load;

	uint32_t *to;

	for (to = __data_start; to < __data_end; to++) {
		*to = *from++;
	}
	for (; to < __bss_end; to++) { /* follows, by the linker script */
		*to = 0U;
	}
	kernel_start();
}
