/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Run queue by rank: a heap of the tasks that are ready.
 *
 * A randomized meldable heap like that of timeq.c, which explains it: insertion, removal and a
 * change of rank take O(log n) expected steps. Executors take one task at a time, since the most
 * urgent one may become ready at any moment.
 *
 * Locking:   eddy_lock guards it all.
 * Invariant: a task's rank.link is NULL unless it is in the run queue; *link is the task's node. No
 *            child is before() its parent.
 */

#include <eddy/executor.h>
#include <eddy/rank.h>
#include <eddy/select.h>

#include "core.h"

static uint32_t coin;     /* State of the random generator. */
static uint32_t arrivals; /* Numbers the insertions. */

static struct eddy_rank *rank_of(struct eddy_waiter *waiter)
{
	return &eddy_task_of(waiter)->rank;
}

/* A linear congruential generator; its low bits are poor, so fold the high ones in. */
static uint32_t toss_coins(void)
{
	coin = coin * 1664525U + 1013904223U;
	return coin ^ (coin >> 16);
}

/* The deadline; none is the latest. */
static uint64_t due_tick(const struct eddy_rank *rank)
{
	return (((uint64_t)rank->due[1] << 32) | rank->due[0]) - 1U;
}

static void set_due_tick(struct eddy_rank *rank, uint64_t tick)
{
	rank->due[0] = (uint32_t)(tick + 1U);
	rank->due[1] = (uint32_t)((tick + 1U) >> 32);
}

static bool before(struct eddy_waiter *waiter, struct eddy_waiter *other)
{
	const struct eddy_rank *a = rank_of(waiter);
	const struct eddy_rank *b = rank_of(other);

	if (a->prio != b->prio) {
		return a->prio < b->prio;
	}
	if (due_tick(a) != due_tick(b)) {
		return due_tick(a) < due_tick(b);
	}
	return (int32_t)(a->arrival - b->arrival) < 0;
}

/* Merge two heaps into @link. */
static void meld(struct eddy_waiter **link, struct eddy_waiter *a, struct eddy_waiter *b)
{
	uint32_t coins = toss_coins();

	while (a != NULL && b != NULL) {
		if (before(b, a)) {
			struct eddy_waiter *swap = a;

			a = b;
			b = swap;
		}
		*link = a;
		rank_of(a)->link = link;
		link = &rank_of(a)->child[coins & 1U];
		coins = (coins >> 1) | (coins << 31);
		a = *link;
	}
	if (a == NULL) {
		a = b;
	}
	*link = a;
	if (a != NULL) {
		rank_of(a)->link = link;
	}
}

void eddy_runq_push(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	struct eddy_rank *rank = rank_of(waiter);

	__ASSERT(rank->link == NULL, "task %p is ready already", (void *)waiter);
	if (executor->first == NULL) {
		coin = 0U; /* what comes does not depend on what was: runs repeat exactly */
	}
	rank->child[0] = NULL;
	rank->child[1] = NULL;
	rank->arrival = arrivals++;
	meld(&executor->first, executor->first, waiter);
}

void eddy_runq_push_again(struct eddy_executor *executor, struct eddy_waiter *waiter)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	eddy_runq_push(executor, waiter);
	k_spin_unlock(&eddy_lock, key);
}

static void remove_ready(struct eddy_waiter *waiter)
{
	struct eddy_rank *rank = rank_of(waiter);

	meld(rank->link, rank->child[0], rank->child[1]);
	rank->link = NULL;
}

struct eddy_waiter *eddy_runq_take(struct eddy_executor *executor)
{
	struct eddy_waiter *first = executor->first;

	if (first != NULL) {
		remove_ready(first);
		first->next = NULL;
	}
	return first;
}

/* An executor's priority, then a task's. */
static int combine(const struct eddy_waiter *waiter, int8_t prio)
{
	return waiter->executor->prio * 256 + prio;
}

int eddy_waiter_prio(const struct eddy_waiter *waiter)
{
	if (eddy_is_arm(waiter)) {
		return combine(waiter, (int8_t)waiter->order);
	}
	return combine(waiter, rank_of((struct eddy_waiter *)(uintptr_t)waiter)->prio);
}

void eddy_rank_arm(struct eddy_waiter *arm, const struct eddy_task *task)
{
	arm->order = (uint8_t)task->rank.prio;
}

void eddy_rank_thread(struct eddy_task *task)
{
	task->rank = (struct eddy_rank){.prio = 0};
}

/* The wait queue that a waiter is in. */
static struct eddy_waitq *queue_of(const struct eddy_waiter *waiter)
{
	while (((uintptr_t)waiter->prev & 1U) == 0U) {
		waiter = waiter->prev;
	}
	return (struct eddy_waitq *)((uintptr_t)waiter->prev & ~(uintptr_t)1U);
}

void eddy_task_priority_set(struct eddy_task *task, int8_t priority)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	struct eddy_waiter *waiter = &task->waiter;

	if (task->rank.link != NULL) {
		remove_ready(waiter);
		task->rank.prio = priority;
		eddy_runq_push(waiter->executor, waiter);
	} else if ((waiter->state & EDDY_TASK_QUEUED) != 0U) {
		struct eddy_waitq *queue = queue_of(waiter);

		eddy_waitq_remove(waiter);
		task->rank.prio = priority;
		eddy_waitq_add(queue, waiter);
	} else {
		task->rank.prio = priority;
	}
	k_spin_unlock(&eddy_lock, key);
}

void eddy_task_deadline_set(struct eddy_task *task, k_ticks_t tick)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (task->rank.link != NULL) {
		remove_ready(&task->waiter);
		set_due_tick(&task->rank, (uint64_t)tick);
		eddy_runq_push(task->waiter.executor, &task->waiter);
	} else {
		set_due_tick(&task->rank, (uint64_t)tick);
	}
	k_spin_unlock(&eddy_lock, key);
}
