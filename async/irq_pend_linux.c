/* SPDX-License-Identifier: Apache-2.0 */

/* Pend an interrupt line of the Linux port. */

#include <arch/linux_host.h>
#include <eddy/executor_irq.h>

void eddy_irq_pend(unsigned int irq)
{
	linux_irq_pend(irq);
}
