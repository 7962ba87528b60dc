/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Random numbers for tests that compare with a model.
 *
 * The same each time, unless the environment variable SEED says otherwise. The seed is printed, so
 * that a failure can be had again.
 */

#ifndef TESTS_UNIT_COMMON_RANDOM_H_
#define TESTS_UNIT_COMMON_RANDOM_H_

#include <stdint.h>
#include <stdlib.h>

#include <zephyr/sys/printk.h>

static uint32_t random_state;

#ifdef CONFIG_ARCH_LINUX
#define random_environment() getenv("SEED")
#else
#define random_environment() NULL
#endif

static inline void random_init(void)
{
	const char *seed = random_environment();

	random_state = seed != NULL ? (uint32_t)strtoul(seed, NULL, 0) : 1U;
	printk("SEED=%u\n", (unsigned int)random_state);
	random_state = random_state * 2654435761U + 1U; /* 0 would stay 0 */
	if (random_state == 0U) {
		random_state = 1U;
	}
}

/* Marsaglia's xorshift. */
static inline uint32_t random_next(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state;
}

/* 0 ... @limit - 1. */
static inline uint32_t random_below(uint32_t limit)
{
	return random_next() % limit;
}

#endif /* TESTS_UNIT_COMMON_RANDOM_H_ */
