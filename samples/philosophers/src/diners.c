/* SPDX-License-Identifier: Apache-2.0 */

/* The life of a philosopher that is a thread, whatever the forks are made of. */

#include "diners.h"
#include "table.h"

#include <zephyr/kernel.h>

#define STACK_SIZE 1024
#define PRIORITY   5

static K_THREAD_STACK_ARRAY_DEFINE(stacks, TABLE_SEATS, STACK_SIZE);
static struct k_thread philosophers[TABLE_SEATS];
static diners_fork_t take_fork;
static diners_fork_t put_fork;

static void dine(void *p1, void *p2, void *p3)
{
	unsigned int who = (unsigned int)POINTER_TO_UINT(p1);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (unsigned int meal = 0U; meal < TABLE_MEALS; meal++) {
		k_msleep((int32_t)table_thinking_ms(who, meal));
		table_hungry(who);
		take_fork(who, table_first_fork(who));
		take_fork(who, table_second_fork(who));
		table_eat(who);
		k_msleep((int32_t)table_eating_ms(who, meal));
		table_done(who);
		put_fork(who, table_second_fork(who));
		put_fork(who, table_first_fork(who));
	}
}

void diners_run(diners_fork_t take, diners_fork_t put)
{
	take_fork = take;
	put_fork = put;
	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		(void)k_thread_create(&philosophers[who], stacks[who],
				      K_THREAD_STACK_SIZEOF(stacks[who]), dine,
				      UINT_TO_POINTER(who), NULL, NULL, PRIORITY, 0, K_NO_WAIT);
	}
	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		if (k_thread_join(&philosophers[who], K_MSEC(TABLE_LIMIT_MS)) != 0) {
			k_thread_abort(&philosophers[who]); /* the table knows what it has missed */
		}
	}
}
