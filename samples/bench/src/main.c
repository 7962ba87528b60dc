/* SPDX-License-Identifier: Apache-2.0 */

/* Runs each test as threads and as tasks, and prints what an operation takes. */

#include "leave.h"
#include "stopwatch.h"
#include "tasks.h"
#include "threads.h"

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define COUNT    1000U
#define EXPECTED (SEED_WORKERS * COUNT)

static const char *const names[SEED_TESTS] = {
	[SEED_EMPTY] = "Empty",
	[SEED_SIMPLE_SEM] = "SimpleSem",
	[SEED_SIMPLE_SEM_YIELD] = "SimpleSemYield",
	[SEED_SEM_WAIT] = "SemWait",
	[SEED_SEM_WAIT_SAME] = "SemWaitSame",
	[SEED_SEM_HIGH] = "SemHigh",
	[SEED_SEM_PING_PONG] = "SemPingPong",
	[SEED_SEM_ONE_PING_PONG] = "SemOnePingPong",
};

/* What a test has come to. */
struct outcome {
	uint64_t start; /* by the stopwatch */
	uint64_t end;
	unsigned int total; /* operations */
};

static unsigned int lost;

/* Nanoseconds of an operation; of the empty test, of the whole. */
static unsigned int evaluate(enum seed_test test, struct outcome *outcome)
{
	uint64_t ns = stopwatch_ns(outcome->start, outcome->end);

	if (test == SEED_EMPTY) {
		return (unsigned int)ns;
	}
	lost += EXPECTED - outcome->total;
	return (unsigned int)(ns / EXPECTED);
}

static unsigned int time_threads(enum seed_test test)
{
	struct outcome outcome;

	threads_prepare(test);
	outcome.start = stopwatch_now();
	outcome.total = threads_run(test, COUNT);
	outcome.end = stopwatch_now();
	return evaluate(test, &outcome);
}

/* The task that performs a command and looks at the clock before and after. */
struct timer {
	struct eddy_frame frame;
	enum seed_test test;     /* in */
	struct outcome *outcome; /* out */
	struct seed_command command;
};

async_fn(timer)
{
	async_begin;
	my->outcome->start = stopwatch_now();
	await(eddy_call(self, seed_command, &my->command, .test = my->test, .count = COUNT));
	my->outcome->end = stopwatch_now();
	my->outcome->total = my->command.total;
	async_end;
}

static EDDY_TASK_STORAGE(timer) timer_task;

static unsigned int time_tasks(enum seed_test test)
{
	static struct outcome outcome; /* not on the stack: the task writes it while main() waits */

	tasks_prepare();
	EDDY_TASK_INIT(&timer_task, timer, .test = test, .outcome = &outcome);
	(void)eddy_spawn(&tasks_executor, &timer_task.task); /* cannot fail: it has ended */
	(void)eddy_task_join_blocking(&timer_task.task, K_FOREVER);
	return evaluate(test, &outcome);
}

int main(void)
{
	stopwatch_init();
	tasks_start();
	threads_start();
	(void)threads_run(SEED_EMPTY, 0U); /* now all of them wait */

	printk("%-16s %8s %8s   ns per operation\n", "", "threads", "tasks");
	for (enum seed_test test = 0; test < SEED_TESTS; test++) {
		printk("%-16s %8u %8u\n", names[test], time_threads(test), time_tasks(test));
	}
	printk("%u operations lost\n", lost);
	leave(lost == 0U ? 0 : 1);
	return 0;
}
