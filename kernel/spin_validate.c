/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Spinlocks after a fatal error.
 *
 * Whoever fails while it holds a lock does not go on; it is aborted, or the system is halted. Both
 * take locks. So a failure begins a new epoch, in which no lock is held. Interrupts are masked
 * while any is: nobody else can hold one at that moment.
 */

#include <zephyr/spinlock.h>

uint16_t z_spin_epoch = 1U;

void z_spin_forget(void)
{
	if (++z_spin_epoch == 0U) {
		z_spin_epoch = 1U; /* 0 stands for free */
	}
}
