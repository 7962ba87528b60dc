/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The table: who sits where, how long each eats and thinks, and whether all goes well.
 *
 * It does not hand out forks; that is what the ways to dine differ in. It watches: nobody may eat
 * with a fork that somebody else eats with, and nobody may wait too long.
 */

#ifndef TABLE_H_
#define TABLE_H_

#include <stdbool.h>
#include <stdint.h>

/** Philosophers, and forks: number n lies between the philosophers n - 1 and n. */
#define TABLE_SEATS 5U

/** What each philosopher eats before leaving. */
#define TABLE_MEALS 20U

/** All are gone by then, or somebody starves. */
#define TABLE_LIMIT_MS 10000U

/**
 * The two forks of a philosopher, in the order to take them. With the lower number first, never
 * can all hold one fork and wait for the other.
 */
static inline unsigned int table_first_fork(unsigned int who)
{
	return who == TABLE_SEATS - 1U ? 0U : who;
}

static inline unsigned int table_second_fork(unsigned int who)
{
	return who == TABLE_SEATS - 1U ? who : who + 1U;
}

/** How long to eat, and to think, around this meal. Some are slower than others. */
static inline uint32_t table_eating_ms(unsigned int who, unsigned int meal)
{
	return 5U + (who * 3U + meal * 7U) % 16U;
}

static inline uint32_t table_thinking_ms(unsigned int who, unsigned int meal)
{
	return 5U + (who * 5U + meal * 11U) % 16U;
}

/** Lay the table anew, before anybody sits down. Thread. */
void table_lay(void);

/** A philosopher wants to eat, has both forks, is about to lay them down. Any context. */
void table_hungry(unsigned int who);
void table_eat(unsigned int who);
void table_done(unsigned int who);

/** Print a line about the dinner. @return Whether all went well. Thread, when all have left. */
bool table_report(const char *way);

#endif /* TABLE_H_ */
