/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Ready queue: per priority a circular list without sentinel, and a bitmap of the lists in use.
 *
 * Every operation is O(1). The most urgent level is bit 31 of word 0, so that counting leading
 * zeros finds it. The running thread stays in its list, mostly at the head: to yield is to move
 * that on.
 *
 * Locking:   sched_lock guards it all.
 * Invariant: a level's bit is set if and only if its list is not empty. A thread is in here if and
 *            only if its state is 0.
 */

#ifndef KERNEL_INCLUDE_KREADYQ_H_
#define KERNEL_INCLUDE_KREADYQ_H_

#include <zephyr/kernel/thread.h>

/* One level for the idle thread. */
#define READYQ_LEVELS (CONFIG_NUM_COOP_PRIORITIES + CONFIG_NUM_PREEMPT_PRIORITIES + 1)
#define READYQ_WORDS  DIV_ROUND_UP(READYQ_LEVELS, 32)

struct readyq {
	uint32_t used[READYQ_WORDS];
	struct k_thread *head[READYQ_LEVELS];
};

static inline unsigned int readyq_level(const struct k_thread *thread)
{
	return (unsigned int)(thread->prio + CONFIG_NUM_COOP_PRIORITIES);
}

/* The usual single word needs no index. */
static inline uint32_t *readyq_word(struct readyq *q, unsigned int level)
{
	return &q->used[READYQ_WORDS == 1 ? 0U : level / 32U];
}

static inline uint32_t readyq_bit(unsigned int level)
{
	return 0x80000000U >> (READYQ_WORDS == 1 ? level : level % 32U);
}

/* The most urgent thread. The queue is not empty: the idle thread is always ready. */
static inline struct k_thread *readyq_best(const struct readyq *q)
{
	int word = 0;

	while (word < READYQ_WORDS - 1 && q->used[word] == 0U) {
		word++;
	}
	return q->head[word * 32 + __builtin_clz(q->used[word])];
}

/* Put @thread behind the others of its priority. */
static inline void readyq_add(struct readyq *q, struct k_thread *thread)
{
	unsigned int level = readyq_level(thread);
	struct k_thread *head = q->head[level];

	if (head == NULL) {
		thread->next = thread;
		thread->prev = thread;
		q->head[level] = thread;
		*readyq_word(q, level) |= readyq_bit(level);
	} else {
		struct k_thread *last = head->prev;

		thread->next = head;
		thread->prev = last;
		last->next = thread;
		head->prev = thread;
	}
}

static inline void readyq_remove(struct readyq *q, struct k_thread *thread)
{
	unsigned int level = readyq_level(thread);
	struct k_thread *next = thread->next;

	if (next == thread) {
		q->head[level] = NULL;
		*readyq_word(q, level) &= ~readyq_bit(level);
	} else {
		next->prev = thread->prev;
		thread->prev->next = next;
		if (q->head[level] == thread) {
			q->head[level] = next;
		}
	}
}

/* Move @thread, which is not the head of its level, to the end. */
void readyq_requeue(struct readyq *q, struct k_thread *thread);

/* Move @thread to the end of its level; it is nearly always the head. */
static inline void readyq_rotate(struct readyq *q, struct k_thread *thread)
{
	struct k_thread **head = &q->head[readyq_level(thread)];

	if (likely(*head == thread)) {
		*head = thread->next;
	} else {
		readyq_requeue(q, thread);
	}
}

#endif /* KERNEL_INCLUDE_KREADYQ_H_ */
