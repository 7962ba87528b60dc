/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ping: how long a message to a task and back takes, from a thread and from another task.
 *
 * The task "echo" returns what it gets. Shown is the fastest round trip: interrupts and other
 * threads only ever make one slower, so the fastest is the same each time.
 */

#include "commands.h"
#include "console.h"
#include "worker.h"

#include <zephyr/timing/timing.h>

EDDY_CHAN_DEFINE(ping_there, uint32_t, 1);
EDDY_CHAN_DEFINE(ping_back, uint32_t, 1);
static EDDY_SIGNAL_DEFINE(volley_done);

struct echo {
	struct eddy_frame frame;
	uint32_t ball;
};

async_fn(echo)
{
	async_begin;
	for (;;) {
		await(eddy_chan_recv(self, &ping_there, &my->ball, K_FOREVER));
		await(eddy_chan_send(self, &ping_back, &my->ball, K_FOREVER));
	}
	async_end;
}

EDDY_TASK_DEFINE(echo, echo);
const struct task_kind echo_kind = TASK_KIND(echo);

static void note_time(uint64_t *best, timing_t start)
{
	timing_t end = timing_counter_get();

	*best = MIN(*best, timing_cycles_get(&start, &end));
}

/* On the worker thread: @argument is the frame of the command, which waits. */
static void volley(void *argument)
{
	struct ping *ping = argument;

	for (uint32_t trip = 0U; trip < ping->trips; trip++) {
		uint32_t ball = trip;
		timing_t start = timing_counter_get();

		(void)eddy_chan_send_blocking(&ping_there, &ball, K_FOREVER); /* cannot fail */
		(void)eddy_chan_recv_blocking(&ping_back, &ball, K_FOREVER);
		note_time(&ping->best, start);
	}
	eddy_signal_raise(&volley_done, 0U);
}

static void show(const char *what, uint64_t cycles)
{
	unsigned int ns = (unsigned int)timing_cycles_to_ns(cycles);

	printk("  %-14s %4u.%02u us\n", what, ns / 1000U, ns % 1000U / 10U);
}

async_fn(ping)
{
	async_begin;
	printk("%u round trip%s, the fastest:\n", my->trips, my->trips == 1U ? "" : "s");

	my->best = UINT64_MAX;
	my->job = (struct job){.run = volley, .argument = my};
	await(eddy_chan_send(self, &worker_jobs, &my->job, K_FOREVER));
	await(eddy_signal_wait(self, &volley_done, NULL, K_FOREVER));
	show("thread to task", my->best);

	my->best = UINT64_MAX;
	for (my->trip = 0U; my->trip < my->trips; my->trip++) {
		my->start = timing_counter_get();
		await(eddy_chan_send(self, &ping_there, &my->trip, K_FOREVER));
		await(eddy_chan_recv(self, &ping_back, &my->ball, K_FOREVER));
		note_time(&my->best, my->start);
	}
	show("task to task", my->best);
	async_end;
}

int command_ping(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	return eddy_call(self, ping, &frame->ping, .trips = operand->number);
}
