/* SPDX-License-Identifier: Apache-2.0 */

/* What was sent, and what has arrived. */

#include "soak.h"

#define MOST_ITEMS  300000U
#define MOST_VALUES 300000U

enum fate {
	UNDECIDED, /* its sender waits, or is gone */
	SENT,
	REFUSED,
};

static struct {
	uint8_t fate;
	uint8_t received;
} items[MOST_ITEMS];

static uint8_t heard[MOST_VALUES];
static uint32_t item_count;
static uint32_t value_count;
static uint32_t sent_count;
static uint32_t refused_count;

uint32_t ledger_new_item(void)
{
	zassert_true(item_count < MOST_ITEMS);
	return item_count++;
}

void ledger_sent(uint32_t item, int result)
{
	zassert_equal(items[item].fate, UNDECIDED);
	items[item].fate = result == 0 ? SENT : REFUSED;
	sent_count += result == 0 ? 1U : 0U;
	refused_count += result == 0 ? 0U : 1U;
}

void ledger_received(uint32_t item)
{
	zassert_true(item < item_count, "item %u was never sent", item);
	zassert_equal(items[item].received, 0U, "item %u comes again", item);
	zassert_not_equal(items[item].fate, REFUSED, "item %u was not sent", item);
	items[item].received++;
}

uintptr_t ledger_new_value(void)
{
	zassert_true(value_count < MOST_VALUES);
	return value_count++;
}

void ledger_heard(uintptr_t value)
{
	zassert_true(value < value_count, "no such value was raised");
	zassert_equal(heard[value], 0U, "value comes again");
	heard[value]++;
}

uint32_t ledger_items(void)
{
	return item_count;
}

void ledger_reset(void)
{
	memset(items, 0, sizeof(items));
	memset(heard, 0, sizeof(heard));
	item_count = 0U;
	value_count = 0U;
	sent_count = 0U;
	refused_count = 0U;
}

void ledger_check(void)
{
	for (uint32_t i = 0U; i < item_count; i++) {
		zassert_not_equal(items[i].fate, UNDECIDED, "the sender of %u never returned", i);
		zassert_equal(items[i].received, items[i].fate == SENT ? 1U : 0U,
			      "item %u of %u: fate %u, received %u times", i, item_count,
			      items[i].fate, items[i].received);
	}
	printk("%u items sent, %u refused, %u values raised\n", sent_count, refused_count,
	       value_count);
	zassert_true(sent_count > item_count / 4U, "hardly anything was sent");
	zassert_true(refused_count > 0U);
}
