/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Queue of time-outs for many: CONFIG_TIMEOUT_QUEUE_HEAP. Part of timeout.c.
 *
 * The queue is a randomized meldable heap (A. Gambin, A. Malinowski, "Randomized meldable priority
 * queues", 1998): a binary tree in which no node expires before its parent, and in which a new node
 * goes down by the toss of a coin. No balance is stored or restored, yet each operation takes O(log
 * n) expected steps whatever the order of insertion, because the coin does not know it. The
 * commonest cases take one step: a node that expires first becomes the root, with the old root as
 * its only child, and leaves again by giving it back.
 *
 * Each node knows the pointer that points to it (link), so that any node can be cut out without
 * knowing its parent. Nodes with one deadline expire in the order in which they were added.
 *
 * Invariant: *node->link == node for each queued node; no child is timeoutq_before() its parent.
 */

#ifndef KERNEL_TIMEOUTQ_HEAP_TIMEOUTQ_H_
#define KERNEL_TIMEOUTQ_HEAP_TIMEOUTQ_H_

#include <zephyr/kernel/timeout_entry.h>
#include <zephyr/sys/__assert.h>

struct timeoutq {
	struct k_timeout_entry *root; /* First to expire. */
	uint32_t order;               /* Numbers the additions. */
	uint32_t coin;                /* State of the random generator. */
};

static inline struct k_timeout_entry **timeoutq_head(struct timeoutq *q)
{
	return &q->root;
}

static inline struct k_timeout_entry *timeoutq_first(const struct timeoutq *q)
{
	return q->root;
}

/* A linear congruential generator; its low bits are poor, so fold the high ones in. */
static inline uint32_t timeoutq_toss_coins(struct timeoutq *q)
{
	q->coin = q->coin * 1664525U + 1013904223U;
	return q->coin ^ (q->coin >> 16);
}

static inline bool timeoutq_before(const struct k_timeout_entry *a, const struct k_timeout_entry *b)
{
	if (a->deadline != b->deadline) {
		return a->deadline < b->deadline;
	}
	return (int32_t)(a->order - b->order) < 0;
}

/* Merge two heaps into @link. */
static void timeoutq_meld(struct timeoutq *q, struct k_timeout_entry **link,
			  struct k_timeout_entry *a, struct k_timeout_entry *b)
{
	uint32_t coins = timeoutq_toss_coins(q);

	while (a != NULL && b != NULL) {
		if (timeoutq_before(b, a)) {
			struct k_timeout_entry *swap = a;

			a = b;
			b = swap;
		}
		*link = a;
		a->link = link;
		link = &a->child[coins & 1U];
		coins = (coins >> 1) | (coins << 31);
		a = *link;
	}
	if (a == NULL) {
		a = b;
	}
	*link = a;
	if (a != NULL) {
		a->link = link;
	}
}

/* Returns whether @entry is now the first to expire. */
static ALWAYS_INLINE bool timeoutq_insert(struct timeoutq *q, struct k_timeout_entry *entry,
					  uint64_t deadline)
{
	struct k_timeout_entry **link = &q->root;
	struct k_timeout_entry *below = *link;
	bool is_first = true;

	if (below == NULL) {
		q->coin = 0U; /* what comes does not depend on what was: runs repeat exactly */
	}
	entry->deadline = deadline;
	entry->order = q->order++;
	entry->child[1] = NULL;
	if (below != NULL && below->deadline <= deadline) {
		uint32_t coins = timeoutq_toss_coins(q);

		is_first = false;
		do {
			link = &below->child[coins & 1U];
			coins = (coins >> 1) | (coins << 31);
			below = *link;
		} while (below != NULL && below->deadline <= deadline);
	}

	entry->child[0] = below;
	if (below != NULL) {
		below->link = &entry->child[0];
	}
	entry->link = link;
	*link = entry;
	return is_first;
}

/* @link is what points to @entry. */
static ALWAYS_INLINE void timeoutq_remove(struct timeoutq *q, struct k_timeout_entry **link,
					  struct k_timeout_entry *entry)
{
	__ASSERT_NO_MSG(*link == entry);
	entry->link = NULL;
	if (entry->child[1] == NULL) {
		*link = entry->child[0];
		if (*link != NULL) {
			(*link)->link = link;
		}
	} else {
		timeoutq_meld(q, link, entry->child[0], entry->child[1]);
	}
}

/* Recursion is as deep as the heap, a few times log n. */
static inline bool timeoutq_subtree_is_valid(struct k_timeout_entry *const *link)
{
	const struct k_timeout_entry *node = *link;

	if (node == NULL) {
		return true;
	}
	for (int i = 0; i < 2; i++) {
		if (node->child[i] != NULL && timeoutq_before(node->child[i], node)) {
			return false;
		}
	}
	return node->link == link && timeoutq_subtree_is_valid(&node->child[0]) &&
	       timeoutq_subtree_is_valid(&node->child[1]);
}

static inline bool timeoutq_is_valid(const struct timeoutq *q)
{
	return timeoutq_subtree_is_valid(&q->root);
}

#endif /* KERNEL_TIMEOUTQ_HEAP_TIMEOUTQ_H_ */
