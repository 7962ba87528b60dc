/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Node of the kernel's queue of time-outs, embedded in threads and timers.
 */

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

/** Private to kernel/timeout.c and the queue, kernel/timeoutq_heap/ for one, that these form. */
struct k_timeout_entry {
	/* Uptime in ticks. Aligned as a pointer is, or four bytes at the end were lost. */
	uint64_t deadline __packed __aligned(sizeof(void *));
#ifdef CONFIG_TIMEOUT_QUEUE_LIST
	struct k_timeout_entry *next;
#else
	struct k_timeout_entry *child[2];
#endif
	struct k_timeout_entry **link; /**< What points to this node; NULL: not queued. */
#ifdef CONFIG_MULTITHREADING
	k_timeout_func_t expired; /**< Without threads there are timers only. */
#endif
#ifndef CONFIG_TIMEOUT_QUEUE_LIST
	uint32_t order; /**< Breaks ties: first in, first out. */
#endif
};

#ifdef CONFIG_MULTITHREADING
#define Z_TIMEOUT_INITIALIZER(function)                                                            \
	{                                                                                          \
		.expired = (function)                                                              \
	}
#else
#define Z_TIMEOUT_INITIALIZER(function)                                                            \
	{                                                                                          \
		.link = NULL                                                                       \
	}
#endif

#endif /* ZEPHYR_INCLUDE_KERNEL_TIMEOUT_ENTRY_H_ */
