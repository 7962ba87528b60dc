/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The seed benchmark as tasks: six workers, one helper on a less and one on a
 * more urgent executor.
 *
 * The workload is that of samples/bench. A segment is a whole command, from the
 * first spawn to the last answer; per operation that is its share of 6 * COUNT.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "tasks.h"
#include "threads.h"

/* A command is long, and one is like the other: a few will do. */
#define COUNT      1000U
#define OPERATIONS (SEED_WORKERS * COUNT)
#define COMMANDS   2U

struct counted {
	struct eddy_frame frame;
	enum seed_test test; /* in */
	unsigned int count;  /* in */
	struct seed_command command;
};

/* The result is not looked at: samples/bench does that. */
async_fn(counted)
{
	async_begin;
	bench_begin();
	await(eddy_call(self, seed_command, &my->command, .test = my->test, .count = my->count));
	bench_end();
	async_end;
}

static EDDY_TASK_STORAGE(counted) counted_task;

static void start_once(void)
{
	static bool started;

	if (!started) {
		started = true;
		tasks_start();
	}
}

static void run_commands(enum seed_test test, unsigned int count, unsigned int commands)
{
	k_thread_priority_set(k_current_get(), THREADS_CALLER_PRIORITY);
	start_once();
	for (unsigned int i = 0; i < commands; i++) {
		tasks_prepare();
		EDDY_TASK_INIT(&counted_task, counted, .test = test, .count = count);
		(void)eddy_spawn(&tasks_executor, &counted_task.task); /* cannot fail: it is done */
		(void)eddy_task_join_blocking(&counted_task.task, K_FOREVER);
	}
	k_thread_priority_set(k_current_get(), CONFIG_MAIN_THREAD_PRIORITY);
}

static void run_simple_sem(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SIMPLE_SEM, COUNT, COMMANDS);
}

static void run_simple_sem_yield(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SIMPLE_SEM_YIELD, COUNT, COMMANDS);
}

static void run_sem_wait(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SEM_WAIT, COUNT, COMMANDS);
}

static void run_sem_wait_same(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SEM_WAIT_SAME, COUNT, COMMANDS);
}

static void run_sem_ping_pong(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SEM_PING_PONG, COUNT, COMMANDS);
}

static void run_sem_one_ping_pong(unsigned int repetitions)
{
	ARG_UNUSED(repetitions);
	run_commands(SEED_SEM_ONE_PING_PONG, COUNT, COMMANDS);
}

/* The whole command counts: eight spawns, eight answers. */
static void run_empty(unsigned int repetitions)
{
	run_commands(SEED_EMPTY, 0U, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "async.seed.SimpleSem", .run = run_simple_sem, .operations = OPERATIONS},
	{.key = "async.seed.SimpleSemYield", .run = run_simple_sem_yield, .operations = OPERATIONS},
	{.key = "async.seed.SemWait", .run = run_sem_wait, .operations = OPERATIONS},
	{.key = "async.seed.SemWaitSame", .run = run_sem_wait_same, .operations = OPERATIONS},
	{.key = "async.seed.SemPingPong", .run = run_sem_ping_pong, .operations = OPERATIONS},
	{.key = "async.seed.SemOnePingPong",
	 .run = run_sem_one_ping_pong,
	 .operations = OPERATIONS},
	{.key = "async.seed.Empty", .run = run_empty},
};

const struct bench_family seed_family = {rows, ARRAY_SIZE(rows)};
