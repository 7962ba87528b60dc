/* SPDX-License-Identifier: Apache-2.0 */

/* A fork is a mutex: it knows its owner, who inherits the priority of whoever waits for it. */

#include "diners.h"
#include "table.h"
#include "ways.h"

#include <zephyr/kernel.h>

static struct k_mutex forks[TABLE_SEATS];

static void take(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	(void)k_mutex_lock(&forks[fork], K_FOREVER); /* waits without limit: cannot fail */
}

static void put(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	(void)k_mutex_unlock(&forks[fork]); /* the caller owns it: cannot fail */
}

void dine_with_mutexes(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(forks); i++) {
		(void)k_mutex_init(&forks[i]); /* cannot fail */
	}
	diners_run(take, put);
}
