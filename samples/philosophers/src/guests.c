/* SPDX-License-Identifier: Apache-2.0 */

/* The life of a philosopher that is a task, whatever kind of executor runs it. */

#include "guests.h"
#include "table.h"

#include <zephyr/kernel.h>

static struct eddy_mutex forks[TABLE_SEATS];

struct philosopher {
	struct eddy_frame frame;
	unsigned int who; /* in */
	unsigned int meal;
};

/* Nobody cancels a philosopher, and each owns what it unlocks: nothing here can fail. */
async_fn(philosopher)
{
	async_begin;
	for (my->meal = 0U; my->meal < TABLE_MEALS; my->meal++) {
		await(eddy_sleep(self, K_MSEC(table_thinking_ms(my->who, my->meal))));
		table_hungry(my->who);
		await(eddy_mutex_lock(self, &forks[table_first_fork(my->who)], K_FOREVER));
		await(eddy_mutex_lock(self, &forks[table_second_fork(my->who)], K_FOREVER));
		table_eat(my->who);
		await(eddy_sleep(self, K_MSEC(table_eating_ms(my->who, my->meal))));
		table_done(my->who);
		(void)eddy_mutex_unlock(self, &forks[table_second_fork(my->who)]);
		(void)eddy_mutex_unlock(self, &forks[table_first_fork(my->who)]);
	}
	async_end;
}

static EDDY_TASK_STORAGE(philosopher) guests[TABLE_SEATS];

void guests_seat(struct eddy_executor *executor)
{
	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		eddy_mutex_init(&forks[who]);
	}
	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		EDDY_TASK_INIT(&guests[who], philosopher, .who = who);
		(void)eddy_spawn(executor, &guests[who].task); /* cannot fail: it is idle */
	}
}

void guests_wait(void)
{
	for (unsigned int who = 0U; who < TABLE_SEATS; who++) {
		/* Should this fail, the table knows what the guest has missed. */
		(void)eddy_task_join_blocking(&guests[who].task, K_MSEC(TABLE_LIMIT_MS));
	}
}
