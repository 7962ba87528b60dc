/* SPDX-License-Identifier: Apache-2.0 */

/* How the kernel starts and stops in a process. */

#include "port.h"

#include <arch/linux_host.h>
#include <ksched.h>

FUNC_NORETURN void linux_boot(bool real_time)
{
	time_init(real_time);
	kernel_start();
}

void arch_init(void)
{
	fault_init();
}

FUNC_NORETURN void arch_system_halt(unsigned int reason)
{
	ARG_UNUSED(reason);
	board_exit(1);
}
