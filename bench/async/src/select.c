/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A task that selects among 2 or 16 signals, and answers each.
 *
 * A segment is a round trip: another task raises one of the signals, each in its turn, and waits
 * for the answer. select: eddy_select_next() in a loop, so the other arms stay where they wait.
 * select_once: eddy_select(), which takes all arms out of their queues, and puts them back the next
 * time.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

#define MOST 16U

static struct eddy_signal questions[MOST];
static EDDY_SIGNAL_DEFINE(answer);

struct chooser {
	struct eddy_frame frame;
	unsigned int arms; /* in */
	bool once;         /* in */
	int result;
	EDDY_SELECT(MOST) select;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	for (unsigned int i = 0; i < my->arms; i++) {
		eddy_signal_wait_arm(&my->select.arm[i], &questions[i], NULL);
	}
	my->select.select.count = (uint8_t)my->arms;
	if (my->once) {
		for (;;) {
			await_into(my->result, eddy_select(self, &my->select, K_FOREVER));
			if (my->result != 0) {
				async_return(0);
			}
			eddy_signal_raise(&answer, eddy_select_which(&my->select));
		}
	}
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		eddy_signal_raise(&answer, eddy_select_which(&my->select));
	}
	eddy_select_end(&my->select);
	async_end;
}

struct asker {
	struct eddy_frame frame;
	unsigned int arms; /* in */
	unsigned int left; /* in: how many segments */
	uintptr_t which;
};

async_fn(asker)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		bench_begin();
		eddy_signal_raise(&questions[my->left & (my->arms - 1U)], 0);
		await(eddy_signal_wait(self, &answer, &my->which, K_FOREVER));
		bench_end();
	}
	async_end;
}

static EDDY_TASK_STORAGE(chooser) chooser_task;
static EDDY_TASK_STORAGE(asker) asker_task;

static void run_select(unsigned int arms, bool once, unsigned int repetitions)
{
	for (size_t i = 0; i < ARRAY_SIZE(questions); i++) {
		eddy_signal_init(&questions[i]);
	}
	EDDY_TASK_INIT(&chooser_task, chooser, .arms = arms, .once = once);
	EDDY_TASK_INIT(&asker_task, asker, .arms = arms, .left = repetitions);
	(void)eddy_spawn(&runner, &chooser_task.task); /* cannot fail: they are idle */
	(void)eddy_spawn(&runner, &asker_task.task);
	runner_run_ready();
	(void)eddy_cancel(&chooser_task.task);
	runner_run_ready();
}

static void run_select2(unsigned int repetitions)
{
	run_select(2, false, repetitions);
}

static void run_select16(unsigned int repetitions)
{
	run_select(MOST, false, repetitions);
}

static void run_select_once2(unsigned int repetitions)
{
	run_select(2, true, repetitions);
}

static void run_select_once16(unsigned int repetitions)
{
	run_select(MOST, true, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "async.select2", .run = run_select2},
	{.key = "async.select16", .run = run_select16},
	{.key = "async.select_once2", .run = run_select_once2},
	{.key = "async.select_once16", .run = run_select_once16},
};

const struct bench_family select_family = {rows, ARRAY_SIZE(rows)};
