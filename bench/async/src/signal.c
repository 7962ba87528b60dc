/* SPDX-License-Identifier: Apache-2.0 */

/*
 * eddy_signal: two tasks wake each other in turn.
 *
 * A segment is one way: from before one task raises a signal, over its own wait for the answer, to
 * behind the other task's wait.
 */

#include <zephyr/sys/util.h>

#include "families.h"
#include "runner.h"

struct signaler {
	struct eddy_frame frame;
	struct eddy_signal *mine;  /* in */
	struct eddy_signal *other; /* in */
	unsigned int left;         /* in: how many segments to begin */
	uintptr_t value;
};

async_fn(signaler)
{
	async_begin;
	for (;;) {
		await(eddy_signal_wait(self, my->mine, &my->value, K_FOREVER));
		bench_end();
		if (my->left-- == 0U) {
			break;
		}
		bench_begin();
		eddy_signal_raise(my->other, my->value);
	}
	eddy_signal_raise(my->other, 0); /* the other one ends too */
	async_end;
}

static EDDY_SIGNAL_DEFINE(ping);
static EDDY_SIGNAL_DEFINE(pong);
static EDDY_TASK_STORAGE(signaler) tasks[2];

static void run_ping_pong(unsigned int repetitions)
{
	EDDY_TASK_INIT(&tasks[0], signaler, .mine = &ping, .other = &pong,
		       .left = repetitions / 2U);
	EDDY_TASK_INIT(&tasks[1], signaler, .mine = &pong, .other = &ping,
		       .left = repetitions / 2U);
	(void)eddy_spawn(&runner, &tasks[0].task); /* cannot fail: they are idle */
	(void)eddy_spawn(&runner, &tasks[1].task);
	runner_run_ready(); /* both wait */
	eddy_signal_raise(&ping, 1);
	runner_run_ready();
	eddy_signal_reset(&ping);
}

static const struct bench_row rows[] = {
	{.key = "async.signal_pp", .run = run_ping_pong},
};

const struct bench_family signal_family = {rows, ARRAY_SIZE(rows)};
