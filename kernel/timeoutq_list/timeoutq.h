/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Queue of time-outs for few: CONFIG_TIMEOUT_QUEUE_LIST. Part of timeout.c.
 *
 * A list, sorted by deadline. To add takes O(n) steps with interrupts masked; it is worth that
 * where a handful wait and each byte counts.
 *
 * Each node knows the pointer that points to it (link), so that any node can be cut out at once.
 *
 * Invariant: *node->link == node for each queued node; deadlines never fall along next.
 */

#ifndef KERNEL_TIMEOUTQ_LIST_TIMEOUTQ_H_
#define KERNEL_TIMEOUTQ_LIST_TIMEOUTQ_H_

#include <zephyr/kernel/timeout_entry.h>
#include <zephyr/sys/__assert.h>

struct timeoutq {
	struct k_timeout_entry *first;
};

static inline struct k_timeout_entry **timeoutq_head(struct timeoutq *q)
{
	return &q->first;
}

static inline struct k_timeout_entry *timeoutq_first(const struct timeoutq *q)
{
	return q->first;
}

/* Returns whether @entry is now the first to expire. */
static inline bool timeoutq_insert(struct timeoutq *q, struct k_timeout_entry *entry,
				   uint64_t deadline)
{
	struct k_timeout_entry **link = &q->first;
	struct k_timeout_entry *next = *link;

	/* Behind those of the same deadline. */
	while (next != NULL && next->deadline <= deadline) {
		link = &next->next;
		next = *link;
	}
	entry->deadline = deadline;
	entry->next = next;
	entry->link = link;
	*link = entry;
	if (next != NULL) {
		next->link = &entry->next;
	}
	return link == &q->first;
}

/* @link is what points to @entry. */
static inline void timeoutq_remove(struct timeoutq *q, struct k_timeout_entry **link,
				   struct k_timeout_entry *entry)
{
	struct k_timeout_entry *next = entry->next;

	(void)q; /* the heap needs it */
	__ASSERT_NO_MSG(*link == entry);
	entry->link = NULL;
	*link = next;
	if (next != NULL) {
		next->link = link;
	}
}

static inline bool timeoutq_is_valid(const struct timeoutq *q)
{
	struct k_timeout_entry *const *link = &q->first;

	for (const struct k_timeout_entry *node = *link; node != NULL; node = *link) {
		if (node->link != link ||
		    (node->next != NULL && node->next->deadline < node->deadline)) {
			return false;
		}
		link = &node->next;
	}
	return true;
}

#endif /* KERNEL_TIMEOUTQ_LIST_TIMEOUTQ_H_ */
