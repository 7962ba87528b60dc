/* SPDX-License-Identifier: Apache-2.0 */

/* The kernel's queue of time-outs. timeout.c explains the structure. */

#ifndef KERNEL_INCLUDE_KTIMEOUT_H_
#define KERNEL_INCLUDE_KTIMEOUT_H_

#include <zephyr/kernel/timeout_entry.h>
#include <zephyr/sys_clock.h>

/*
 * Queue @entry, which is not queued and has its `expired` set. @timeout is not K_FOREVER.
 * sched_lock held. O(log n) expected, O(1) if it is the next to expire.
 */
void timeout_add(struct k_timeout_entry *entry, k_timeout_t timeout);

/* As timeout_add() with the uptime, in ticks, at which to expire. */
void timeout_add_at(struct k_timeout_entry *entry, uint64_t deadline);

/* Remove @entry, which is queued. sched_lock held. O(log n) expected. */
void timeout_remove(struct k_timeout_entry *entry);

static inline bool timeout_is_queued(const struct k_timeout_entry *entry)
{
	return entry->link != NULL;
}

static inline void timeout_cancel(struct k_timeout_entry *entry)
{
	if (timeout_is_queued(entry)) {
		timeout_remove(entry);
	}
}

/* Ticks until @entry expires, 0 if it is not queued or due. sched_lock held. */
k_ticks_t timeout_remaining(const struct k_timeout_entry *entry);

/* Uptime in ticks. sched_lock held. */
uint64_t timeout_now(void);

/*
 * Called by the idle thread with interrupts masked: with nothing queued, stops the clock's
 * interrupt.
 */
void timeout_idle(void);

/* Whether the heap is well formed. For assertions and tests; O(n). */
bool timeout_queue_is_valid(void);

#endif /* KERNEL_INCLUDE_KTIMEOUT_H_ */
