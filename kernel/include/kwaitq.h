/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Wait queue: threads that wait for one object, by priority, then by arrival.
 *
 * A circular list without sentinel: the queue itself is one pointer. Taking and removing is O(1);
 * adding walks past the waiters of lower priority only.
 *
 * Locking:   sched_lock guards it all.
 * Invariant: thread->waits_on names the queue that it is in, and is NULL if and only if
 *            THREAD_PENDING is not set. Along next from first, prio never falls.
 */

#ifndef KERNEL_INCLUDE_KWAITQ_H_
#define KERNEL_INCLUDE_KWAITQ_H_

#include <zephyr/kernel/thread.h>

/* Find the place of a thread in a queue that is not empty. */
void waitq_insert(struct k_waitq *q, struct k_thread *thread);

/* Add a thread that is not ready, and mark it as pending. */
static inline void waitq_add(struct k_waitq *q, struct k_thread *thread)
{
	thread->waits_on = q;
	thread->state |= THREAD_PENDING;
	if (q->first == NULL) {
		thread->next = thread;
		thread->prev = thread;
		q->first = thread;
	} else {
		waitq_insert(q, thread);
	}
}

/* Remove @thread, which is in @q, and clear its mark. */
static inline void waitq_remove(struct k_waitq *q, struct k_thread *thread)
{
	struct k_thread *next = thread->next;

	if (next == thread) {
		q->first = NULL;
	} else {
		next->prev = thread->prev;
		thread->prev->next = next;
		if (q->first == thread) {
			q->first = next;
		}
	}
	thread->waits_on = NULL;
	thread->state &= (uint8_t)~THREAD_PENDING;
}

/* Remove and return the first waiter, or NULL. */
static inline struct k_thread *waitq_take_first(struct k_waitq *q)
{
	struct k_thread *first = q->first;

	if (first != NULL) {
		waitq_remove(q, first);
	}
	return first;
}

/* The waiter behind @thread in @q, or NULL. To walk along while removing, ask before. */
static inline struct k_thread *waitq_after(const struct k_waitq *q, const struct k_thread *thread)
{
	return thread->next == q->first ? NULL : thread->next;
}

/* Whether the invariant holds. For assertions and tests; O(waiters). */
bool waitq_is_valid(const struct k_waitq *q);

#endif /* KERNEL_INCLUDE_KWAITQ_H_ */
