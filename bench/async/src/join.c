/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A task that waits for 2 or 16 children in a group, each of which answers a signal.
 *
 * A segment is a round trip: another task raises one child's signal, each in its turn, and waits
 * for the answer; the other children and the parent wait on.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define MOST 16U

static struct eddy_signal questions[MOST];
static EDDY_SIGNAL_DEFINE(answer);

struct answerer {
	struct eddy_frame frame;
	struct eddy_signal *question; /* in */
	int result;
};

async_fn(answerer)
{
	async_begin;
	for (;;) {
		await_into(my->result, eddy_signal_wait(self, my->question, NULL, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		eddy_signal_raise(&answer, 0);
	}
	async_end;
}

struct parent {
	struct eddy_frame frame;
	unsigned int count; /* in */
	struct eddy_group group;
	EDDY_CHILD(answerer) children[MOST];
};

async_fn(parent)
{
	async_begin;
	eddy_group_init(&my->group, EDDY_GROUP_ALL);
	for (unsigned int i = 0; i < my->count; i++) {
		(void)eddy_group_spawn(self, &my->group, &my->children[i], answerer,
				       .question = &questions[i]); /* cannot fail: not canceled */
	}
	await(eddy_group_wait(self, &my->group, K_FOREVER));
	async_end;
}

struct caller {
	struct eddy_frame frame;
	unsigned int count; /* in: of children */
	unsigned int left;  /* in: how many segments */
	uintptr_t value;
};

async_fn(caller)
{
	async_begin;
	await(eddy_yield(self)); /* let the children begin */
	for (; my->left != 0U; my->left--) {
		bench_begin();
		eddy_signal_raise(&questions[my->left & (my->count - 1U)], 0);
		await(eddy_signal_wait(self, &answer, &my->value, K_FOREVER));
		bench_end();
	}
	async_end;
}

static EDDY_TASK_STORAGE(parent) parent_task;
static EDDY_TASK_STORAGE(caller) caller_task;

static void run_join(unsigned int count, unsigned int repetitions)
{
	EDDY_TASK_INIT(&parent_task, parent, .count = count);
	EDDY_TASK_INIT(&caller_task, caller, .count = count, .left = repetitions);
	(void)eddy_spawn(&runner, &parent_task.task); /* cannot fail: they are idle */
	(void)eddy_spawn(&runner, &caller_task.task);
	runner_run_ready();
	(void)eddy_cancel(&parent_task.task);
	runner_run_ready();
}

static void run_join2(unsigned int repetitions)
{
	run_join(2, repetitions);
}

static void run_join16(unsigned int repetitions)
{
	run_join(MOST, repetitions);
}

/* A child's whole life in a group: spawned, resumed once, ended; the parent's wake included. */
struct brief {
	struct eddy_frame frame;
};

async_fn(brief)
{
	async_begin;
	async_end;
}

struct breeder {
	struct eddy_frame frame;
	unsigned int left; /* in: how many segments */
	struct eddy_group group;
	EDDY_CHILD(brief) children[2];
};

async_fn(breeder)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		bench_begin();
		await(eddy_join(self, &my->group, eddy_child(&my->children[0], brief),
				eddy_child(&my->children[1], brief)));
		bench_end();
	}
	async_end;
}

static EDDY_TASK_STORAGE(breeder) breeder_task;

static void run_whole_join(unsigned int repetitions)
{
	EDDY_TASK_INIT(&breeder_task, breeder, .left = repetitions);
	(void)eddy_spawn(&runner, &breeder_task.task);
	runner_run_ready();
}

static const struct bench_row rows[] = {
	{.key = "async.join2", .run = run_join2},
	{.key = "async.join16", .run = run_join16},
	{.key = "async.join2_whole", .run = run_whole_join},
};

const struct bench_family join_family = {rows, ARRAY_SIZE(rows)};
