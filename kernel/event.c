/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Events.
 *
 * Whoever waits leaves a pointer to a struct wish in wait_data. A change of the events looks at all
 * waiters and ends every wait that it can. A waiter gets what was set at that moment, though it may
 * be cleared before the waiter runs.
 *
 * Locking:   sched_lock guards every field.
 * Invariant: no waiter's wish is granted by the events that are set.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

struct wish {
	uint32_t events;
	bool all;
	uint32_t granted; /* Written by the waker. */
};

void k_event_init(struct k_event *event)
{
	*event = (struct k_event)Z_EVENT_INITIALIZER(*event);
}

/* Those of the wanted events that are set, if that is enough; else 0. */
static uint32_t grant(const struct wish *wish, uint32_t events)
{
	uint32_t match = wish->events & events;

	return wish->all && match != wish->events ? 0U : match;
}

void k_event_set_masked(struct k_event *event, uint32_t events, uint32_t events_mask)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_thread *thread = event->waiters.first;

	event->events = (event->events & ~events_mask) | (events & events_mask);
	while (thread != NULL) {
		struct k_thread *after = waitq_after(&event->waiters, thread);
		struct wish *wish = thread->wait_data;

		wish->granted = grant(wish, event->events);
		if (wish->granted != 0U) {
			waitq_remove(&event->waiters, thread);
			sched_wake(thread, 0);
		}
		thread = after;
	}
	sched_unlock(key); /* may switch threads */
}

void k_event_post(struct k_event *event, uint32_t events)
{
	k_event_set_masked(event, events, events);
}

void k_event_set(struct k_event *event, uint32_t events)
{
	k_event_set_masked(event, events, UINT32_MAX);
}

void k_event_clear(struct k_event *event, uint32_t events)
{
	k_event_set_masked(event, 0U, events);
}

static uint32_t wait_for(struct k_event *event, struct wish *wish, bool reset, k_timeout_t timeout)
{
	k_spinlock_key_t key;
	uint32_t granted;

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "events %p: an interrupt must not wait", (void *)event);
	if (wish->events == 0U) {
		return 0U; /* nothing is reset either */
	}

	key = k_spin_lock(&sched_lock);
	if (reset) {
		event->events = 0U;
	}
	granted = grant(wish, event->events);
	if (granted != 0U || K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		sched_unlock(key);
		return granted;
	}
	kernel.current->wait_data = wish;
	return sched_wait(&event->waiters, key, timeout) == 0 ? wish->granted : 0U;
}

uint32_t k_event_wait(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	struct wish wish = {.events = events, .all = false};

	return wait_for(event, &wish, reset, timeout);
}

uint32_t k_event_wait_all(struct k_event *event, uint32_t events, bool reset, k_timeout_t timeout)
{
	struct wish wish = {.events = events, .all = true};

	return wait_for(event, &wish, reset, timeout);
}
