/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What was sent, and what has arrived.
 *
 * Threads and interrupts that preempt one another make entries, without locks: each entry is one
 * atomic operation. Locks would add places where interrupts take place.
 */

#include "soak.h"

/* In excess of SOAK_ITEMS: what is sent until somebody looks, and at the end. */
#define MOST_ITEMS  (4U * SOAK_ITEMS)
#define MOST_VALUES (4U * SOAK_ITEMS)

/* Of items. One that is neither sent nor refused: its sender waits, or is gone. */
static ATOMIC_DEFINE(sent, MOST_ITEMS);
static ATOMIC_DEFINE(refused, MOST_ITEMS);
static ATOMIC_DEFINE(received, MOST_ITEMS);
static atomic_t item_count;

/* Of values. */
static ATOMIC_DEFINE(heard, MOST_VALUES);
static atomic_t value_count;

uint32_t ledger_new_item(void)
{
	uint32_t item = (uint32_t)atomic_inc(&item_count);

	zassert_true(item < MOST_ITEMS);
	return item;
}

void ledger_sent(uint32_t item, int result)
{
	zassert_false(atomic_test_bit(sent, item) || atomic_test_bit(refused, item),
		      "the sender of %u returns again", item);
	atomic_set_bit(result == 0 ? sent : refused, item);
}

void ledger_received(uint32_t item)
{
	zassert_true(item < ledger_items(), "item %u was never sent", item);
	zassert_false(atomic_test_and_set_bit(received, item), "item %u comes again", item);
	zassert_false(atomic_test_bit(refused, item), "item %u was not sent", item);
}

uintptr_t ledger_new_value(void)
{
	uintptr_t value = (uintptr_t)atomic_inc(&value_count);

	zassert_true(value < MOST_VALUES);
	return value;
}

void ledger_heard(uintptr_t value)
{
	zassert_true(value < (uintptr_t)atomic_get(&value_count), "no such value was raised");
	zassert_false(atomic_test_and_set_bit(heard, value), "value comes again");
}

uint32_t ledger_items(void)
{
	return (uint32_t)atomic_get(&item_count);
}

void ledger_reset(void)
{
	memset(sent, 0, sizeof(sent));
	memset(refused, 0, sizeof(refused));
	memset(received, 0, sizeof(received));
	memset(heard, 0, sizeof(heard));
	atomic_clear(&item_count);
	atomic_clear(&value_count);
}

void ledger_check(void)
{
	uint32_t items = ledger_items();
	uint32_t sent_count = 0U;

	for (uint32_t i = 0U; i < items; i++) {
		bool was_sent = atomic_test_bit(sent, i);

		zassert_true(was_sent || atomic_test_bit(refused, i),
			     "the sender of %u never returned", i);
		zassert_equal(atomic_test_bit(received, i), was_sent, "item %u of %u: %s", i, items,
			      was_sent ? "sent, not received" : "received, not sent");
		sent_count += was_sent ? 1U : 0U;
	}
	printk("%u items sent, %u refused, %u values raised\n", sent_count, items - sent_count,
	       (uint32_t)atomic_get(&value_count));
	zassert_true(sent_count > items / 4U, "hardly anything was sent");
	zassert_true(sent_count < items, "nothing was refused");
}
