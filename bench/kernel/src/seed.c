/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The seed benchmark as threads: six workers, one less and one more urgent helper.
 *
 * The workload is that of samples/bench. A segment is a whole command, from its first message to
 * the last answer; per operation that is its share of 6 * COUNT.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "threads.h"

/* A command is long, and one is like the other: a few will do. */
#define COUNT      1000U
#define OPERATIONS (SEED_WORKERS * COUNT)
#define COMMANDS   2U

static void start_once(void)
{
	static bool started;

	if (!started) {
		started = true;
		threads_start();
		(void)threads_run(SEED_EMPTY, 0U); /* now all of them wait */
	}
}

/* The result is not looked at: samples/bench does that. */
static void run_commands(enum seed_test test, unsigned int count, unsigned int commands)
{
	k_thread_priority_set(k_current_get(), THREADS_CALLER_PRIORITY);
	start_once();
	for (unsigned int i = 0; i < commands; i++) {
		threads_prepare(test);
		bench_begin();
		(void)threads_run(test, count);
		bench_end();
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

/* The whole command counts: eight messages there, eight back. */
static void run_empty(unsigned int repetitions)
{
	run_commands(SEED_EMPTY, 0U, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "kernel.seed.SimpleSem", .run = run_simple_sem, .operations = OPERATIONS},
	{.key = "kernel.seed.SimpleSemYield",
	 .run = run_simple_sem_yield,
	 .operations = OPERATIONS},
	{.key = "kernel.seed.SemWait", .run = run_sem_wait, .operations = OPERATIONS},
	{.key = "kernel.seed.SemWaitSame", .run = run_sem_wait_same, .operations = OPERATIONS},
	{.key = "kernel.seed.SemPingPong", .run = run_sem_ping_pong, .operations = OPERATIONS},
	{.key = "kernel.seed.SemOnePingPong",
	 .run = run_sem_one_ping_pong,
	 .operations = OPERATIONS},
	{.key = "kernel.seed.Empty", .run = run_empty},
};

const struct bench_family seed_family = {rows, ARRAY_SIZE(rows)};
