/* SPDX-License-Identifier: Apache-2.0 */

/* The pocket kernel can raise any line, of Linux too. */

#include "lines.h"

#include <zephyr/irq.h>

void line_raise(unsigned int irq)
{
	arch_irq_pend(irq);
}
