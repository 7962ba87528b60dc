/* SPDX-License-Identifier: Apache-2.0 */

/** @file Node of the kernel's queue of time-outs, embedded in threads and timers. */

#ifndef ZEPHYR_INCLUDE_KERNEL_TIMEOUT_ENTRY_H_
#define ZEPHYR_INCLUDE_KERNEL_TIMEOUT_ENTRY_H_

#include <zephyr/spinlock.h>
#include <zephyr/types.h>

struct k_timeout_entry;

/**
 * Called in the clock interrupt with the scheduler's lock held, the entry being out of the queue.
 * May release the lock with *key and must then take it again into *key.
 */
typedef void (*k_timeout_func_t)(struct k_timeout_entry *entry, k_spinlock_key_t *key);

/** Private to kernel/timeout.c, which explains the heap that these nodes form. */
struct k_timeout_entry {
	uint64_t deadline; /**< Uptime in ticks. */
	struct k_timeout_entry *child[2];
	struct k_timeout_entry **link; /**< What points to this node; NULL: not queued. */
	k_timeout_func_t expired;
	uint32_t order; /**< Breaks ties: first in, first out. */
};

#endif /* ZEPHYR_INCLUDE_KERNEL_TIMEOUT_ENTRY_H_ */
