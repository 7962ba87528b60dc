/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Ending the emulator by semihosting: a breakpoint by which a program asks its debugger for a
 * service. Linked for boards that QEMU emulates (CONFIG_QEMU_TARGET).
 *
 * With nobody to serve it, the breakpoint is a fault, which fault.c skips: the program then stops
 * here.
 */

#include <arch_interface.h>

#define SYS_EXIT_EXTENDED        0x20
#define STOPPED_APPLICATION_EXIT 0x20026

FUNC_NORETURN void board_exit(int status)
{
	const uint32_t block[] = {STOPPED_APPLICATION_EXIT, (uint32_t)status};
	register uint32_t r0 __asm__("r0") = SYS_EXIT_EXTENDED;
	register const uint32_t *r1 __asm__("r1") = block;

	__asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");

	__asm__ volatile("cpsid i" : : : "memory");
	for (;;) {
		__asm__ volatile("wfi");
	}
}
