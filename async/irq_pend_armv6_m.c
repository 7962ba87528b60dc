/* SPDX-License-Identifier: Apache-2.0 */

/* Pend an interrupt line, as irq_pend_cortex_m.c, on a Cortex-M that lacks the register for it. */

#include <eddy/executor_irq.h>

void eddy_irq_pend(unsigned int irq)
{
	/* "Interrupt Set-Pending Registers": one bit per line, zeros have no effect. */
	volatile uint32_t *const set_pending = (volatile uint32_t *)0xE000E200U;

	set_pending[irq / 32U] = UINT32_C(1) << (irq % 32U);
}
