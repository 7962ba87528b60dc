/* SPDX-License-Identifier: Apache-2.0 */

/* The port without threads: main() runs on the process's own stack, and faults halt the system. */

#include "fault.h"
#include "port.h"

#include <arch/linux_host.h>
#include <zephyr/fatal.h>
#include <zephyr/sys/util.h>

#define RED_ZONE 512 /* bytes below the stack pointer that may be in use */

static bool main_returned;
static bool fault_under_way;

void linux_main_returned(void)
{
	main_returned = true;
}

void port_switch(void)
{
	/* nobody to switch to */
}

bool port_waits(void)
{
	return false; /* main() sees for itself what the interrupt has brought */
}

bool port_is_over(void)
{
	return main_returned;
}

unsigned int fault_reason(const struct arch_esf *esf)
{
	ARG_UNUSED(esf);
	return K_ERR_CPU_EXCEPTION;
}

bool fault_begin(void)
{
	bool first = !fault_under_way;

	fault_under_way = true;
	return first;
}

uintptr_t fault_report_stack(uintptr_t sp)
{
	return ROUND_DOWN(sp - RED_ZONE, 16);
}
