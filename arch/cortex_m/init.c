/* SPDX-License-Identifier: Apache-2.0 */

/* What the CPU needs before the kernel runs, how it idles, and how it stops. */

#include "priorities.h"
#include "scs.h"

#include <arch_interface.h>
#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/sys/util.h>

extern const struct vectors vectors;

void arch_init(void)
{
	SCB_VTOR = (uint32_t)&vectors;
	/*
	 * The division trap finds bugs; unaligned access is left to the hardware, as C code
	 * expects.
	 */
	SCB_CCR |= CCR_STKALIGN | CCR_DIV_0_TRP;
	SCB_SHPR(EXC_SVC) = PRIORITY_SVC;
	SCB_SHPR3 = PRIORITY_PENDSV << 16 | PRIORITY_SYSTICK << 24;
	SCB_SHCSR |= SHCSR_MEMFAULTENA | SHCSR_BUSFAULTENA | SHCSR_USGFAULTENA;
}

/*
 * WFI wakes for an interrupt that PRIMASK holds back but not for one that BASEPRI does. So trade
 * BASEPRI for PRIMASK: from then on an interrupt ends or prevents the WFI, and is taken at CPSIE,
 * after the clock has been put right.
 */
void arch_cpu_idle(void)
{
	__asm__ volatile("cpsid i\n\t"
			 "msr basepri, %0"
			 :
			 : "r"(0)
			 : "memory");
	if (IS_ENABLED(CONFIG_SYS_CLOCK_EXISTS)) {
		sys_clock_idle_enter();
	}
	__asm__ volatile("dsb\n\twfi" : : : "memory");
	if (IS_ENABLED(CONFIG_SYS_CLOCK_EXISTS)) {
		sys_clock_idle_exit();
	}
	/* The switch that the handler asks for takes place before the caller goes on. */
	__asm__ volatile("cpsie i\n\tisb" : : : "memory");
}

FUNC_NORETURN void arch_system_halt(unsigned int reason)
{
	ARG_UNUSED(reason);
	board_exit(1);
}
