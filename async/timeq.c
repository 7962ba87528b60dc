/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Deadlines of tasks: one queue per executor.
 *
 * An executor sleeps until its earliest deadline: that is the time-out of the very k_sem_take()
 * that it sleeps in. So a deadline costs no timer of its own, its expiry runs at the executor's
 * priority instead of in an interrupt, and an executor without deadlines sets no clock at all.
 * While tasks are ready, the executor looks at the clock once per batch, if it has deadlines.
 *
 * The queue is a randomized meldable heap (A. Gambin, A. Malinowski, "Randomized meldable priority
 * queues", 1998), as in the pocket kernel, which explains it; here the nodes lie in tasks and are
 * kept as small as they can be. Insertion and removal take O(log n) expected steps, one step for a
 * deadline that comes before all others. Equal deadlines expire in the order in which they were
 * added, as long as fewer than 32,768 lie between them.
 *
 * Locking:   eddy_lock guards it all. Tasks add (in their executor's thread), whoever wakes a task
 *            removes (any context), the executor expires.
 * Invariant: *node->link == node for each queued node; no child is before() its parent.
 */

#include "core.h"

BUILD_ASSERT(sizeof(k_ticks_t) == sizeof(int64_t), "deadlines need CONFIG_TIMEOUT_64BIT=y");

static uint32_t coin;  /* State of the random generator. */
static uint16_t order; /* Numbers the additions. */

static struct eddy_task *owner_of(const struct eddy_deadline *node)
{
	return CONTAINER_OF(node, struct eddy_task, deadline);
}

/* A linear congruential generator; its low bits are poor, so fold the high ones in. */
static uint32_t toss_coins(void)
{
	coin = coin * 1664525U + 1013904223U;
	return coin ^ (coin >> 16);
}

static bool before(const struct eddy_deadline *a, const struct eddy_deadline *b)
{
	if (eddy_deadline_tick(a) != eddy_deadline_tick(b)) {
		return eddy_deadline_tick(a) < eddy_deadline_tick(b);
	}
	return (int16_t)(owner_of(a)->waiter.order - owner_of(b)->waiter.order) < 0;
}

/* Merge two heaps into @link. */
static void meld(struct eddy_deadline **link, struct eddy_deadline *a, struct eddy_deadline *b)
{
	uint32_t coins = toss_coins();

	while (a != NULL && b != NULL) {
		if (before(b, a)) {
			struct eddy_deadline *swap = a;

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

static ALWAYS_INLINE void insert(struct eddy_deadline **link, struct eddy_deadline *node,
				 uint64_t tick)
{
	struct eddy_deadline *below = *link;

	if (below == NULL) {
		coin = 0U; /* what comes does not depend on what was: runs repeat exactly */
	}
	node->tick[0] = (uint32_t)tick;
	node->tick[1] = (uint32_t)(tick >> 32);
	node->child[1] = NULL;
	owner_of(node)->waiter.order = order++;
	if (below != NULL && eddy_deadline_tick(below) <= tick) {
		uint32_t coins = toss_coins();

		do {
			link = &below->child[coins & 1U];
			coins = (coins >> 1) | (coins << 31);
			below = *link;
		} while (below != NULL && eddy_deadline_tick(below) <= tick);
	}
	node->child[0] = below;
	if (below != NULL) {
		below->link = &node->child[0];
	}
	node->link = link;
	*link = node;
}

/* The furthest tick that K_TIMEOUT_ABS_TICKS() can express. */
#define TICK_MAX (INT64_MAX - 1)

/* Queue a deadline @ticks from now. The tick that is under way does not count: never too short. */
static ALWAYS_INLINE void add_relative(struct eddy_task *task, int64_t ticks)
{
	uint64_t tick = (uint64_t)k_uptime_ticks() + (uint64_t)ticks + 1U;

	if (unlikely(tick > TICK_MAX)) {
		tick = TICK_MAX;
	}
	insert(&task->waiter.executor->deadlines, &task->deadline, tick);
}

void eddy_timeq_add(struct eddy_task *task)
{
	int64_t ticks = eddy_limit_ticks(task);

	task->waiter.state |= EDDY_TASK_TIMED;
	if (ticks >= 0) {
		add_relative(task, ticks);
	} else {
		insert(&task->waiter.executor->deadlines, &task->deadline,
		       MIN((uint64_t)eddy_tick_of_(ticks), TICK_MAX));
	}
}

static ALWAYS_INLINE void remove_from(struct eddy_deadline **link, struct eddy_deadline *node)
{
	node->link = NULL;
	if (node->child[1] == NULL) {
		*link = node->child[0];
		if (*link != NULL) {
			(*link)->link = link;
		}
	} else {
		meld(link, node->child[0], node->child[1]);
	}
}

void eddy_timeq_remove(struct eddy_task *task)
{
	remove_from(task->deadline.link, &task->deadline);
}

/* State of a task that sleeps, with nothing unusual about it. */
#define PLAIN_SLEEP (EDDY_TASK_ACTIVE | EDDY_TASK_WAITING | EDDY_TASK_TIMED)

/* What comes of a wait whose time is up: the result. */
static __noinline int end_wait(struct eddy_task *task)
{
	uint8_t state = task->waiter.state;

	if ((state & EDDY_TASK_QUEUED) != 0U) {
		eddy_waitq_remove(&task->waiter);
	}
	task->waiter.state = state & (uint8_t) ~(EDDY_TASK_WAITING | EDDY_TASK_QUEUED |
						 EDDY_TASK_TIMED | EDDY_TASK_SELECTS);
	/* One that waits in no queue and no select only slept. */
	return (state & (EDDY_TASK_QUEUED | EDDY_TASK_SELECTS)) != 0U ? -EAGAIN : 0;
}

/*
 * Wake the task whose deadline is the first. As eddy_wake(), but the executor does not sleep: it
 * called us.
 */
static ALWAYS_INLINE void expire_first(struct eddy_executor *executor)
{
	struct eddy_task *task = owner_of(executor->deadlines);

	remove_from(&executor->deadlines, &task->deadline);
	if (likely(task->waiter.state == PLAIN_SLEEP)) {
		task->waiter.state = EDDY_TASK_ACTIVE;
		task->waiter.result = 0;
	} else {
		task->waiter.result = end_wait(task);
	}
	eddy_runq_push(executor, &task->waiter);
}

k_spinlock_key_t eddy_timeq_expire(struct eddy_executor *executor, k_spinlock_key_t key,
				   uint64_t now)
{
	for (;;) {
		expire_first(executor);
		if (executor->deadlines == NULL || eddy_timeq_first(executor) > now) {
			return key;
		}
		/* More are due: let interrupts in between. */
		k_spin_unlock(&eddy_lock, key);
		key = k_spin_lock(&eddy_lock);
		if (executor->deadlines == NULL || eddy_timeq_first(executor) > now) {
			return key; /* no longer */
		}
	}
}

int eddy_sleep_limited(struct eddy_task *self)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);
	int64_t ticks = eddy_limit_ticks(self);
	int result = EDDY_PENDING;

	eddy_detect_await(self);
	__ASSERT((self->waiter.state & EDDY_TASK_WAITING) == 0U, "task %p waits already",
		 (void *)self);
	if (eddy_is_canceled(self)) {
		result = -ECANCELED;
	} else if (likely(ticks > 0)) {
		self->waiter.state |= EDDY_TASK_WAITING | EDDY_TASK_TIMED;
		add_relative(self, ticks);
	} else if (ticks == 0) {
		result = 0;
	} else {
		self->waiter.state |= EDDY_TASK_WAITING;
		if (ticks != K_TICKS_FOREVER) {
			eddy_timeq_add(self);
		}
	}
	k_spin_unlock(&eddy_lock, key);
	return result;
}
