/* SPDX-License-Identifier: Apache-2.0 */

/* Fatal errors, also in the policy for them. The program then ends with a status. */

#include "check.h"

#include <zephyr/board.h>
#include <zephyr/kernel.h>

static unsigned int fatal_errors;

/* Something that faults on every board. */
static void fault(void)
{
	void (*volatile nowhere)(void) = (void (*)(void))(uintptr_t)0xFFFFFFF0U;

	nowhere();
}

/* A fatal error calls the policy; a second one, of another kind, too. Then the program ends. */
void k_sys_fatal_error_handler(unsigned int reason, const z_arch_esf_t *esf)
{
	fatal_errors++;
	if (fatal_errors == 1U) {
		CHECK(reason == K_ERR_KERNEL_OOPS);
		CHECK(esf == NULL);
		fault();
	}
	CHECK(fatal_errors == 2U);
	CHECK(reason == K_ERR_CPU_EXCEPTION);
	CHECK(esf != NULL);
	board_exit((int)MIN(check_report(), 100U));
}
