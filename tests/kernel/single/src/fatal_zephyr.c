/* SPDX-License-Identifier: Apache-2.0 */

/* A fatal error calls the policy. What an error in there would do is left open by Zephyr. */

#include "check.h"
#include "registers.h"

#include <zephyr/kernel.h>

void k_sys_fatal_error_handler(unsigned int reason, const registers_t *registers)
{
	ARG_UNUSED(registers);
	CHECK(reason == K_ERR_KERNEL_OOPS);
	(void)check_report(); /* told by twister from what is printed */
	for (;;) {
	}
}
