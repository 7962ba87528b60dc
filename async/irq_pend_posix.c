/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pend an interrupt line of Zephyr's boards that are Linux programs. The handler runs within the
 * call, unless it is masked or a more urgent one runs.
 */

#include <eddy/executor_irq.h>

/* Every such board has it; their headers declare it under different names. */
void posix_sw_set_pending_IRQ(unsigned int irq);

void eddy_irq_pend(unsigned int irq)
{
	posix_sw_set_pending_IRQ(irq);
}
