/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Time-outs: everything in the kernel that happens later waits in this one queue.
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
 * Locking:   sched_lock guards it all.
 * Invariant: *node->link == node for each queued node; no child is before() its parent.
 */

#include <ksched.h>
#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/sys/util.h>

static struct {
	struct k_timeout_entry *root; /* First to expire. */
	uint64_t announced;           /* Uptime in ticks as of the last clock interrupt. */
	uint32_t order;               /* Numbers the additions. */
	uint32_t coin;                /* State of the random generator. */
	bool announcing;              /* sys_clock_announce() runs, and will set the clock. */
	bool armed;                   /* The clock will interrupt. */
} queue;

/* A linear congruential generator; its low bits are poor, so fold the high ones in. */
static uint32_t toss_coins(void)
{
	queue.coin = queue.coin * 1664525U + 1013904223U;
	return queue.coin ^ (queue.coin >> 16);
}

static bool before(const struct k_timeout_entry *a, const struct k_timeout_entry *b)
{
	if (a->deadline != b->deadline) {
		return a->deadline < b->deadline;
	}
	return (int32_t)(a->order - b->order) < 0;
}

/* Merge two heaps into @link. */
static void meld(struct k_timeout_entry **link, struct k_timeout_entry *a,
		 struct k_timeout_entry *b)
{
	uint32_t coins = toss_coins();

	while (a != NULL && b != NULL) {
		if (before(b, a)) {
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
static ALWAYS_INLINE bool insert(struct k_timeout_entry *entry, uint64_t deadline)
{
	struct k_timeout_entry **link = &queue.root;
	struct k_timeout_entry *below = *link;
	bool is_first = true;

	if (below == NULL) {
		queue.coin = 0U; /* what comes does not depend on what was: runs repeat exactly */
	}
	entry->deadline = deadline;
	entry->order = queue.order++;
	entry->child[1] = NULL;
	if (below != NULL && below->deadline <= deadline) {
		uint32_t coins = toss_coins();

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

/* Have the clock interrupt at @deadline, or as soon as it can. */
static ALWAYS_INLINE void arm(uint64_t deadline)
{
	uint64_t ticks = deadline - queue.announced;

	/* Passed already, or further than the clock can count: it knows its own limits. */
	if (unlikely((int64_t)ticks < 0)) {
		ticks = 0U;
	} else if (unlikely(ticks >= SYS_CLOCK_NO_DEADLINE)) {
		ticks = SYS_CLOCK_NO_DEADLINE - 1U;
	}
	queue.armed = true;
	sys_clock_set_deadline((uint32_t)ticks);
}

static void disarm(void)
{
	queue.armed = false;
	sys_clock_set_deadline(SYS_CLOCK_NO_DEADLINE);
}

uint64_t timeout_now(void)
{
	return queue.announced + sys_clock_elapsed();
}

void timeout_add_at(struct k_timeout_entry *entry, uint64_t deadline)
{
	__ASSERT(!timeout_is_queued(entry), "time-out %p is queued already", (void *)entry);
	if (insert(entry, deadline) && !queue.announcing) {
		arm(deadline);
	}
}

void timeout_add(struct k_timeout_entry *entry, k_timeout_t timeout)
{
	uint64_t deadline = (uint64_t)Z_TICK_ABS(timeout.ticks);

	if (timeout.ticks >= 0) {
		/* The tick that is under way does not count: never shorter than asked for. */
		deadline = timeout_now() + (uint64_t)timeout.ticks + 1U;
	}
	timeout_add_at(entry, deadline);
}

static ALWAYS_INLINE void remove_from(struct k_timeout_entry **link, struct k_timeout_entry *entry)
{

	__ASSERT_NO_MSG(*link == entry);
	entry->link = NULL;
	if (entry->child[1] == NULL) {
		*link = entry->child[0];
		if (*link != NULL) {
			(*link)->link = link;
		}
	} else {
		meld(link, entry->child[0], entry->child[1]);
	}
}

void timeout_remove(struct k_timeout_entry *entry)
{
	/* The clock stays armed: an interrupt too early does no harm, and setting it costs more. */
	remove_from(entry->link, entry);
}

void sys_clock_announce(int32_t ticks)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_timeout_entry *first = queue.root;
	uint64_t now = queue.announced + (uint32_t)ticks;

	queue.announced = now;
	queue.announcing = true;
	while (first != NULL && first->deadline <= now) {
		remove_from(&queue.root, first);
		first->expired(first, &key);
		first = queue.root;
	}
	queue.announcing = false;

	if (first != NULL) {
		arm(first->deadline);
	} else {
		disarm();
	}
	sched_unlock(key);
}

void timeout_idle(void)
{
	if (queue.root == NULL && queue.armed) {
		disarm();
	}
}

k_ticks_t timeout_remaining(const struct k_timeout_entry *entry)
{
	uint64_t now = timeout_now();

	if (!timeout_is_queued(entry) || entry->deadline <= now) {
		return 0;
	}
	return (k_ticks_t)(entry->deadline - now);
}

/* Recursion is as deep as the heap, a few times log n. */
static bool subtree_is_valid(struct k_timeout_entry *const *link)
{
	const struct k_timeout_entry *node = *link;

	if (node == NULL) {
		return true;
	}
	for (int i = 0; i < 2; i++) {
		if (node->child[i] != NULL && before(node->child[i], node)) {
			return false;
		}
	}
	return node->link == link && subtree_is_valid(&node->child[0]) &&
	       subtree_is_valid(&node->child[1]);
}

bool timeout_queue_is_valid(void)
{
	return subtree_is_valid(&queue.root);
}

int64_t sys_clock_tick_get(void)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	uint64_t now = timeout_now();

	k_spin_unlock(&sched_lock, key);
	return (int64_t)now;
}

uint32_t sys_clock_tick_get_32(void)
{
	return (uint32_t)sys_clock_tick_get();
}

k_timepoint_t sys_timepoint_calc(k_timeout_t timeout)
{
	k_timepoint_t point = {.tick = INT64_MAX};

	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT)) {
		point.tick = 0;
	} else if (timeout.ticks < K_TICKS_FOREVER) {
		point.tick = Z_TICK_ABS(timeout.ticks);
	} else if (!K_TIMEOUT_EQ(timeout, K_FOREVER)) {
		point.tick = sys_clock_tick_get() + MAX(1, timeout.ticks);
	}
	return point;
}

k_timeout_t sys_timepoint_timeout(k_timepoint_t timepoint)
{
	int64_t remaining;

	if (timepoint.tick == INT64_MAX) {
		return K_FOREVER;
	}
	if (timepoint.tick == 0) {
		return K_NO_WAIT;
	}
	remaining = timepoint.tick - sys_clock_tick_get();
	return remaining > 0 ? K_TICKS(remaining) : K_NO_WAIT;
}
