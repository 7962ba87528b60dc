/* SPDX-License-Identifier: Apache-2.0 */

/* Has the philosophers dine in one way after the other. */

#include "leave.h"
#include "table.h"
#include "ways.h"

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

struct way {
	const char *name;
	void (*dine)(void);
};

static const struct way ways[] = {
	{"threads, semaphores", dine_with_semaphores},
	{"threads, mutexes", dine_with_mutexes},
	{"threads, condition variable", dine_with_condvar},
	{"threads, message queues", dine_with_server},
	{"tasks on a thread", dine_on_thread},
	{"tasks on a work queue", dine_on_work_queue},
};

static bool dine_all_ways(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		table_lay();
		ways[i].dine();
		if (!table_report(ways[i].name)) {
			return false;
		}
	}
	return true;
}

int main(void)
{
	bool all_well = dine_all_ways();

	printk("%s\n", all_well ? "all have eaten, no fork was held twice" : "something is wrong");
	leave(all_well ? 0 : 1);
	return 0;
}
