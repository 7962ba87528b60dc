/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The table.
 *
 * Locking: none. What is said about a philosopher is written by that philosopher only, and the
 * holders of the forks are atomic: who eats with a fork that is in use is found out at once.
 */

#include "table.h"

#include <zephyr/kernel.h>
#include <zephyr/sys/atomic.h>
#include <zephyr/sys/printk.h>

/* Far more than a round of all the others takes. */
#define PATIENCE_MS 200U

#define NOBODY 0

struct guest {
	unsigned int meals;
	unsigned int conflicts;
	uint32_t hungry_since_ms;
	uint32_t longest_wait_ms;
};

static struct guest guests[TABLE_SEATS];
static atomic_t holders[TABLE_SEATS]; /* number of the philosopher plus 1, or NOBODY */
static uint32_t laid_at_ms;

void table_lay(void)
{
	for (unsigned int i = 0U; i < TABLE_SEATS; i++) {
		guests[i] = (struct guest){0};
		(void)atomic_set(&holders[i], NOBODY);
	}
	laid_at_ms = k_uptime_get_32();
}

static void hold(unsigned int who, unsigned int fork)
{
	if (!atomic_cas(&holders[fork], NOBODY, (atomic_val_t)who + 1)) {
		guests[who].conflicts++;
	}
}

void table_hungry(unsigned int who)
{
	guests[who].hungry_since_ms = k_uptime_get_32();
}

void table_eat(unsigned int who)
{
	struct guest *guest = &guests[who];
	uint32_t waited_ms = k_uptime_get_32() - guest->hungry_since_ms;

	hold(who, table_first_fork(who));
	hold(who, table_second_fork(who));
	guest->longest_wait_ms = MAX(guest->longest_wait_ms, waited_ms);
}

void table_done(unsigned int who)
{
	guests[who].meals++;
	(void)atomic_set(&holders[table_first_fork(who)], NOBODY);
	(void)atomic_set(&holders[table_second_fork(who)], NOBODY);
}

bool table_report(const char *way)
{
	uint32_t duration_ms = k_uptime_get_32() - laid_at_ms;
	uint32_t longest_wait_ms = 0U;
	unsigned int meals = 0U;
	unsigned int conflicts = 0U;
	unsigned int starved = 0U;

	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		const struct guest *guest = &guests[who];

		meals += guest->meals;
		conflicts += guest->conflicts;
		starved += guest->meals < TABLE_MEALS ? 1U : 0U;
		longest_wait_ms = MAX(longest_wait_ms, guest->longest_wait_ms);
	}
	printk("%-28s %3u meals in %3u ms, longest wait %3u ms\n", way, meals, duration_ms,
	       longest_wait_ms);
	if (conflicts != 0U || starved != 0U) {
		printk("  forks held twice: %u, philosophers starved: %u\n", conflicts, starved);
	}
	return conflicts == 0U && starved == 0U && longest_wait_ms <= PATIENCE_MS;
}
