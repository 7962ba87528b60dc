/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Events: 32 bits that anyone may set, and that threads wait for, some of them or all.
 *
 * Needs CONFIG_EVENTS.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_EVENT_H_
#define ZEPHYR_INCLUDE_KERNEL_EVENT_H_

#include <zephyr/kernel/thread.h>

/** Guarded by the scheduler's lock. */
struct k_event {
	struct k_waitq waiters;
	uint32_t events;
};

#define Z_EVENT_INITIALIZER(obj)                                                                   \
	{                                                                                          \
		.events = 0U                                                                       \
	}

/** Define an event object with no event set. */
#define K_EVENT_DEFINE(name) struct k_event name = Z_EVENT_INITIALIZER(name)

/** Set up an event object. Any context, while nobody else uses it. */
void k_event_init(struct k_event *event);

/**
 * @brief Add to the events, and wake all whose wait that ends.
 *
 * Events stay set until somebody clears them: a wait does not consume them.
 *
 * @par Context
 * Any. In a thread it may switch threads.
 * @par Cost
 * O(waiters) with interrupts masked; so are the following three.
 */
void k_event_post(struct k_event *event, uint32_t events);

/** Replace the events, and wake all whose wait that ends. Any context. */
void k_event_set(struct k_event *event, uint32_t events);

/** Replace those events that are in @p events_mask, and wake all whose wait that ends. */
void k_event_set_masked(struct k_event *event, uint32_t events, uint32_t events_mask);

/** Clear events. Any context. */
void k_event_clear(struct k_event *event, uint32_t events);

/**
 * @brief Wait until any of some events is set.
 *
 * @param events   The events, one bit each. 0: there is nothing to wait for.
 * @param reset    Clear all events, wanted or not, before the wait.
 * @param timeout  Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @return Those of @p events that were set when the wait ended; 0 after a time-out.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 */
uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);

/** As k_event_wait(), until all of @p events are set at once. */
uint32_t k_event_wait_all(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout);

#endif /* ZEPHYR_INCLUDE_KERNEL_EVENT_H_ */
