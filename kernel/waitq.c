/* SPDX-License-Identifier: Apache-2.0 */

/* Wait queue: the parts that are not worth inlining. kwaitq.h explains the structure. */

#include <kwaitq.h>
#include <zephyr/sys/__assert.h>

void waitq_insert(struct k_waitq *q, struct k_thread *thread)
{
	struct k_thread *first = q->first;
	struct k_thread *after;

	/* From the end: most often nobody there is less urgent. */
	after = first->prev;
	while (after->prio > thread->prio) {
		if (after == first) {
			q->first = thread; /* more urgent than all */
			after = first->prev;
			break;
		}
		after = after->prev;
	}
	thread->prev = after;
	thread->next = after->next;
	after->next->prev = thread;
	after->next = thread;
}

bool waitq_is_valid(const struct k_waitq *q)
{
	const struct k_thread *thread = q->first;

	if (thread == NULL) {
		return true;
	}
	do {
		const struct k_thread *next = thread->next;

		if (thread->waits_on != q || (thread->state & THREAD_PENDING) == 0U ||
		    next->prev != thread || (next != q->first && next->prio < thread->prio)) {
			return false;
		}
		thread = next;
	} while (thread != q->first);
	return true;
}
