/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The scheduler's part in a system without threads (CONFIG_MULTITHREADING=n): a lock, and nothing
 * to schedule. It comes before kernel/include/ on the include path, so that the objects which work
 * without threads are compiled as they stand.
 */

#ifndef KERNEL_SINGLE_KSCHED_H_
#define KERNEL_SINGLE_KSCHED_H_

#include <arch_interface.h>
#include <ktimeout.h>
#include <zephyr/kernel/timer.h>
#include <zephyr/spinlock.h>

extern struct k_spinlock sched_lock;

static inline void sched_unlock(k_spinlock_key_t key)
{
	k_spin_unlock(&sched_lock, key);
}

/* Timers are all that waits for a time. */
static inline void timeout_expired(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	timer_expired(entry, key);
}

FUNC_NORETURN void kernel_start(void);

#endif /* KERNEL_SINGLE_KSCHED_H_ */
