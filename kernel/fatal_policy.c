/* SPDX-License-Identifier: Apache-2.0 */

/* The default policy for fatal errors. An application's own, or ztest's, takes its place. */

#include <zephyr/kernel.h>

void __weak k_sys_fatal_error_handler(unsigned int reason, const z_arch_esf_t *esf)
{
	ARG_UNUSED(esf);
	k_fatal_halt(reason);
}

#ifdef CONFIG_ASSERT
FUNC_NORETURN __weak void assert_post_action(const char *file, unsigned int line)
{
	ARG_UNUSED(file);
	ARG_UNUSED(line);
	k_panic();
}
#endif
