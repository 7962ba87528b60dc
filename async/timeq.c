/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Deadlines of tasks: one queue, driven by one k_timer.
 *
 * The queue is a randomized meldable heap (A. Gambin, A. Malinowski, "Randomized meldable priority
 * queues", 1998), as in the pocket kernel, which explains it; here the nodes lie in tasks and are kept
 * as small as they can be. Insertion and removal take O(log n) expected steps, one step for a deadline
 * that comes before all others. Equal deadlines expire in the order in which they were added, as long
 * as fewer than 32,768 lie between them.
 *
 * The k_timer runs until the earliest deadline ever set since it last expired. Removing a deadline does
 * not stop it: it then expires in vain, once, and is armed for the next one or not at all. With no
 * deadline it does not run, so an idle system takes no timer interrupt.
 *
 * Locking:   eddy_lock guards it all; the timer's expiry runs in the clock interrupt and takes it.
 * Invariant: armed <= deadline of the root, or an expiry is under way.
 */

#include "core.h"

static void timeq_expired(struct k_timer *timer);

#define NEVER UINT64_MAX

static K_TIMER_DEFINE(timer, timeq_expired, NULL);
static struct eddy_deadline *root;
static uint64_t armed = NEVER;          /* Tick that the timer runs until. */
static uint32_t coin;                   /* State of the random generator. */
static uint16_t order;                  /* Numbers the additions. */

static uint64_t tick_of(const struct eddy_deadline *node)
{
	return ((uint64_t)node->tick[1] << 32) | node->tick[0];
}

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
	if (tick_of(a) != tick_of(b)) {
		return tick_of(a) < tick_of(b);
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

static void insert(struct eddy_deadline *node, uint64_t tick)
{
	struct eddy_deadline **link = &root;
	struct eddy_deadline *below = root;

	node->tick[0] = (uint32_t)tick;
	node->tick[1] = (uint32_t)(tick >> 32);
	node->child[1] = NULL;
	owner_of(node)->waiter.order = order++;
	if (below != NULL && tick_of(below) <= tick) {
		uint32_t coins = toss_coins();

		do {
			link = &below->child[coins & 1U];
			coins = (coins >> 1) | (coins << 31);
			below = *link;
		} while (below != NULL && tick_of(below) <= tick);
	}
	node->child[0] = below;
	if (below != NULL) {
		below->link = &node->child[0];
	}
	node->link = link;
	*link = node;
}

static void arm(uint64_t tick)
{
	armed = tick;
	k_timer_start(&timer, K_TIMEOUT_ABS_TICKS(tick), K_NO_WAIT);
}

void eddy_timeq_add(struct eddy_task *task, k_timeout_t timeout)
{
	uint64_t tick;

	if (timeout.ticks < K_TICKS_FOREVER) {
		tick = (uint64_t)Z_TICK_ABS(timeout.ticks);
	} else {
		/* The tick that is under way does not count: never shorter than asked for. */
		tick = (uint64_t)k_uptime_ticks() + (uint64_t)timeout.ticks + 1U;
	}
	insert(&task->deadline, tick);
	if (tick < armed) {
		arm(tick);
	}
}

void eddy_timeq_remove(struct eddy_task *task)
{
	struct eddy_deadline *node = &task->deadline;
	struct eddy_deadline **link = node->link;

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

/* Wake the task whose deadline has come. Returns the executor to be notified, or NULL. */
static struct eddy_executor *expire(struct eddy_task *task)
{
	int result = 0; /* it only slept */

	if ((task->waiter.state & EDDY_TASK_QUEUED) != 0U) {
		eddy_waitq_remove(&task->waiter);
		result = -EAGAIN;
	}
	return eddy_wake(&task->waiter, result);
}

static void timeq_expired(struct k_timer *expired)
{
	uint64_t now = armed; /* at least; whatever came due since then expires next time */
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	ARG_UNUSED(expired);
	while (root != NULL && tick_of(root) <= now) {
		/* One at a time, so that interrupts are not masked for long. */
		eddy_unlock(key, expire(owner_of(root)));
		key = k_spin_lock(&eddy_lock);
	}
	if (root != NULL) {
		arm(tick_of(root));
	} else {
		armed = NEVER;
	}
	k_spin_unlock(&eddy_lock, key);
}

int eddy_sleep(struct eddy_task *self, k_timeout_t timeout)
{
	k_spinlock_key_t key;

	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		return 0;
	}
	key = k_spin_lock(&eddy_lock);
	if (unlikely((self->waiter.state & EDDY_TASK_CANCELED) != 0U)) {
		k_spin_unlock(&eddy_lock, key);
		return -ECANCELED;
	}
	self->waiter.state |= EDDY_TASK_WAITING;
	if (!K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		eddy_timeq_add(self, timeout);
	}
	k_spin_unlock(&eddy_lock, key);
	return EDDY_PENDING;
}
