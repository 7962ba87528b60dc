/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The queue of time-outs against a simple model: a list of deadlines, searched from end to end.
 *
 * The queue is the kernel's own, with the kernel running on it. In virtual time that is repeatable.
 */

#include <ksched.h>
#include <random.h>
#include <zephyr/ztest.h>

#define ENTRIES    300
#define OPERATIONS 20000
#define FAR        2000U /* ticks within which most deadlines lie */

static struct k_timeout_entry entries[ENTRIES];

/* What the queue should hold, and what has come out of it. */
static struct {
	bool queued[ENTRIES];
	uint64_t deadline[ENTRIES];
	unsigned int arrival[ENTRIES];
	unsigned int arrivals;
	unsigned int queued_count;
	unsigned int expired_count;
	unsigned int mistakes;
} model;

static bool earlier(unsigned int a, unsigned int b)
{
	return model.deadline[a] < model.deadline[b] ||
	       (model.deadline[a] == model.deadline[b] && model.arrival[a] < model.arrival[b]);
}

/* Whether @index is due and nobody queued comes before it. */
static bool is_first(unsigned int index)
{
	for (unsigned int i = 0; i < ENTRIES; i++) {
		if (i != index && model.queued[i] && earlier(i, index)) {
			return false;
		}
	}
	return model.queued[index] && model.deadline[index] <= timeout_now();
}

static void expired(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	unsigned int index = (unsigned int)(entry - entries);

	ARG_UNUSED(key);
	if (!is_first(index) || timeout_is_queued(entry)) {
		model.mistakes++;
	}
	model.queued[index] = false;
	model.queued_count--;
	model.expired_count++;
}

static void add(unsigned int index, uint64_t deadline)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	timeout_add_at(&entries[index], deadline);
	model.queued[index] = true;
	model.deadline[index] = deadline;
	model.arrival[index] = model.arrivals++;
	model.queued_count++;
	sched_unlock(key);
}

static void cancel(unsigned int index)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);

	timeout_remove(&entries[index]);
	model.queued[index] = false;
	model.queued_count--;
	sched_unlock(key);
}

static bool overdue(void)
{
	uint64_t now = (uint64_t)k_uptime_ticks();

	for (unsigned int i = 0; i < ENTRIES; i++) {
		if (model.queued[i] && model.deadline[i] < now) {
			return true;
		}
	}
	return false;
}

static void check(void)
{
	zassert_true(timeout_queue_is_valid());
	zassert_equal(model.mistakes, 0U, "expired out of order, early or twice");
	for (unsigned int i = 0; i < ENTRIES; i++) {
		zassert_equal(timeout_is_queued(&entries[i]), model.queued[i], "entry %u", i);
	}
}

static void before(void *fixture)
{
	ARG_UNUSED(fixture);
	memset(&model, 0, sizeof(model));
	memset(entries, 0, sizeof(entries));
	for (unsigned int i = 0; i < ENTRIES; i++) {
		entries[i].expired = expired;
	}
}

static void after(void *fixture)
{
	ARG_UNUSED(fixture);
	for (unsigned int i = 0; i < ENTRIES; i++) {
		if (timeout_is_queued(&entries[i])) {
			cancel(i);
		}
	}
}

ZTEST_SUITE(timeoutq, NULL, NULL, before, after, NULL);

/* Entries with one deadline expire in the order in which they were added. */
ZTEST(timeoutq, test_equal_deadlines)
{
	uint64_t deadline = (uint64_t)k_uptime_ticks() + 100U;

	for (unsigned int i = 0; i < ENTRIES; i++) {
		add((i * 7U) % ENTRIES, deadline); /* 7 and ENTRIES have no common divisor */
	}
	check();
	k_sleep(K_TICKS(200));
	check();
	zassert_equal(model.expired_count, ENTRIES);
}

/* The time that remains is that of the deadline. */
ZTEST(timeoutq, test_remaining)
{
	uint64_t now = (uint64_t)k_uptime_ticks();

	zassert_equal(timeout_remaining(&entries[0]), 0);
	add(0, now + 500U);
	zassert_equal(timeout_remaining(&entries[0]), 500);
	k_sleep(K_TIMEOUT_ABS_TICKS(now + 200));
	zassert_within(timeout_remaining(&entries[0]), 300, 1);
	cancel(0);
	zassert_equal(timeout_remaining(&entries[0]), 0);
}

/* Deadlines far beyond 32 bits are in order too. */
ZTEST(timeoutq, test_wide_deadlines)
{
	uint64_t now = (uint64_t)k_uptime_ticks();

	add(0, now + (3ULL << 32));
	add(1, now + (1ULL << 32));
	add(2, now + 10U);
	add(3, now + (1ULL << 62));
	check();
	k_sleep(K_TICKS(20));
	zassert_equal(model.expired_count, 1U);
	k_sleep(K_TICKS((1LL << 32) + 10));
	zassert_equal(model.expired_count, 2U);
	k_sleep(K_TICKS((2LL << 32) + 10));
	zassert_equal(model.expired_count, 3U);
	check();
}

/* An operation at random: mostly adding and cancelling, at times letting time pass. */
static void operate(void)
{
	unsigned int index = random_below(ENTRIES);
	uint32_t dice = random_below(16);

	if (dice == 0U) {
		k_sleep(K_TICKS(random_below(FAR / 8U)));
		zassert_false(overdue());
	} else if (model.queued[index]) {
		cancel(index);
	} else {
		/* Often on the same tick as others; now and then in the past or far away. */
		uint64_t now = (uint64_t)k_uptime_ticks();
		uint64_t deadline = now + 10U * random_below(FAR / 10U);

		if (dice == 1U) {
			deadline = now - MIN(now, random_below(5));
		} else if (dice == 2U) {
			deadline = now + ((uint64_t)random_next() << 8);
		}
		add(index, deadline);
	}
}

/* Random additions, cancellations and sleeps do the same to the queue and to the model. */
ZTEST(timeoutq, test_against_model)
{
	random_init();
	for (unsigned int i = 0; i < OPERATIONS; i++) {
		operate();
		check();
	}
	k_sleep(K_TICKS(FAR));
	check();
	zassert_true(model.expired_count > OPERATIONS / 16U, "only %u expired",
		     model.expired_count);
}

static unsigned int chain_left;

/* Adds itself again, a tick later, and cancels another one: both from within the expiry. */
static void chain_expired(struct k_timeout_entry *entry, k_spinlock_key_t *key)
{
	ARG_UNUSED(key);
	chain_left--;
	if (timeout_is_queued(&entries[1])) {
		timeout_remove(&entries[1]);
	}
	if (chain_left > 0U) {
		timeout_add_at(entry, entry->deadline + 1U);
	}
}

/* An expiring entry may add itself again and remove others, due ones included. */
ZTEST(timeoutq, test_changes_while_expiring)
{
	uint64_t deadline = (uint64_t)k_uptime_ticks() + 50U;

	entries[0].expired = chain_expired;
	chain_left = 100U;
	timeout_add_at(&entries[0], deadline);
	timeout_add_at(&entries[1], deadline);
	k_sleep(K_TICKS(300));
	zassert_equal(chain_left, 0U);
	zassert_equal(model.expired_count, 0U);
	zassert_false(timeout_is_queued(&entries[0]));
	zassert_false(timeout_is_queued(&entries[1]));
	zassert_true(timeout_queue_is_valid());
}
