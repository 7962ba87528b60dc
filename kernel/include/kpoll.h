/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Polling, as the kernel's objects and the pollers see it. poll.c explains the structure.
 *
 * An object that can be polled has a field `poll_events` with CONFIG_POLL, and calls one of the
 * first two names below when it has become available and nobody waits for it. Without CONFIG_POLL
 * they cost nothing.
 */

#ifndef KERNEL_INCLUDE_KPOLL_H_
#define KERNEL_INCLUDE_KPOLL_H_

#include <ksched.h>
#include <zephyr/kernel/poll.h>

/* In poller->result: nothing has happened yet. */
#define POLL_PENDING 1

#ifdef CONFIG_POLL
/* Tell the first poller of @obj, if there is one, that @obj is in @state. sched_lock held. */
#define poll_notify(obj, state) poll_notify_list(&(obj)->poll_events, state)
/* The same, and release sched_lock. Yields 0, so that it can be the last call of its caller. */
#define poll_unlock(obj, state, key) poll_unlock_list(&(obj)->poll_events, state, key)
/* A thread is about to end: withdraw what it polls. sched_lock held. */
void poll_thread_ended(struct k_thread *thread);
#else
#define poll_notify(obj, state)      ((void)(obj))
#define poll_unlock(obj, state, key) (sched_unlock(key), 0)
#define poll_thread_ended(thread)    ((void)(thread))
#endif

/* Tell the first poller of a list that is not empty. sched_lock held. */
void poll_notify_first(struct k_poll_event **list, uint32_t state);

/* The same, and release sched_lock. Returns 0. */
int poll_notify_first_and_unlock(struct k_poll_event **list, uint32_t state, k_spinlock_key_t key);

static ALWAYS_INLINE void poll_notify_list(struct k_poll_event **list, uint32_t state)
{
	if (unlikely(*list != NULL)) {
		poll_notify_first(list, state);
	}
}

static ALWAYS_INLINE int poll_unlock_list(struct k_poll_event **list, uint32_t state,
					  k_spinlock_key_t key)
{
	if (unlikely(*list != NULL)) {
		return poll_notify_first_and_unlock(list, state, key);
	}
	sched_unlock(key);
	return 0;
}

/*
 * Look at all events, which are in no list, and set the states of those that have happened. Takes
 * no lock. Returns whether any has.
 */
bool poll_check(struct k_poll_event *events, int num_events);

/*
 * Put the events of @poller into the lists of their objects, until one has happened: that sets
 * poller->result. sched_lock held with @key, and again on return with the key returned; released
 * after each event.
 */
k_spinlock_key_t poll_register(struct k_poller *poller, k_spinlock_key_t key);

/* Take the events of @poller from the lists. Takes sched_lock for each. */
void poll_withdraw(struct k_poller *poller);

/* The same for a poller that others end: sched_lock held. */
void poll_withdraw_locked(struct k_poller *poller);

#endif /* KERNEL_INCLUDE_KPOLL_H_ */
