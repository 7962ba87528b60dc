/* SPDX-License-Identifier: Apache-2.0 */

/* A fork is a semaphore of one unit. */

#include "diners.h"
#include "table.h"
#include "ways.h"

#include <zephyr/kernel.h>

static struct k_sem forks[TABLE_SEATS];

static void take(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	(void)k_sem_take(&forks[fork], K_FOREVER); /* waits without limit: cannot fail */
}

static void put(unsigned int who, unsigned int fork)
{
	ARG_UNUSED(who);
	k_sem_give(&forks[fork]);
}

void dine_with_semaphores(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(forks); i++) {
		(void)k_sem_init(&forks[i], 1U, 1U); /* valid: cannot fail */
	}
	diners_run(take, put);
}
