/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Time-outs: everything in the kernel that happens later waits in one queue, and the clock
 * interrupts for the first of it.
 *
 * The queue itself is timeoutq_heap/timeoutq.h or timeoutq_list/timeoutq.h.
 *
 * Locking:   sched_lock guards it all.
 * Invariant: outside of sys_clock_announce() the clock is set to the first deadline or an earlier
 *            one.
 */

#include <ksched.h>
#include <timeoutq.h>
#include <zephyr/drivers/timer/system_timer.h>
#include <zephyr/sys/util.h>

static struct {
	struct timeoutq q;
	bool announcing;    /* sys_clock_announce() runs, and will set the clock. */
	bool armed;         /* The clock will interrupt. */
	uint64_t announced; /* Uptime in ticks as of the last clock interrupt. */
} queue;

/* Have the clock interrupt at @deadline, or as soon as it can. */
static inline void arm(uint64_t deadline)
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
	if (timeoutq_insert(&queue.q, entry, deadline) && !queue.announcing) {
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

void timeout_remove(struct k_timeout_entry *entry)
{
	/* The clock stays armed: an interrupt too early does no harm, and setting it costs more. */
	timeoutq_remove(&queue.q, entry->link, entry);
}

void sys_clock_announce(int32_t ticks)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct k_timeout_entry *first = timeoutq_first(&queue.q);
	uint64_t now = queue.announced + (uint32_t)ticks;

	queue.announced = now;
	queue.announcing = true;
	while (first != NULL && first->deadline <= now) {
		timeoutq_remove(&queue.q, timeoutq_head(&queue.q), first);
		timeout_expired(first, &key);
		first = timeoutq_first(&queue.q);
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
	if (timeoutq_first(&queue.q) == NULL && queue.armed) {
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

bool timeout_queue_is_valid(void)
{
	return timeoutq_is_valid(&queue.q);
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
