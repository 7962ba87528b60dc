/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ping: how long a message to a task and back takes, from a thread and from another task.
 *
 * The task "echo" returns what it gets. Shown is the fastest round trip: interrupts and other
 * threads only ever make one slower, so the fastest is the same each time.
 */

#include "commands.h"
#include "console.h"
#include "stopwatch.h"
#include "worker.h"

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

static void note_time(uint64_t *best_ns, uint64_t start)
{
	uint64_t ns = stopwatch_ns(start, stopwatch_now());

	*best_ns = MIN(*best_ns, ns);
}

/* On the worker thread: @argument is the frame of the command, which waits. */
static void volley(void *argument)
{
	struct ping *ping = argument;

	for (uint32_t trip = 0U; trip < ping->trips; trip++) {
		uint32_t ball = trip;
		uint64_t start = stopwatch_now();

		(void)eddy_chan_send_blocking(&ping_there, &ball, K_FOREVER); /* cannot fail */
		(void)eddy_chan_recv_blocking(&ping_back, &ball, K_FOREVER);
		note_time(&ping->best_ns, start);
	}
	eddy_signal_raise(&volley_done, 0U);
}

static void show(const char *what, unsigned int ns)
{
	printk("  %-14s %4u.%02u us\n", what, ns / 1000U, ns % 1000U / 10U);
}

async_fn(ping)
{
	async_begin;
	printk("%u round trip%s, the fastest:\n", my->trips, my->trips == 1U ? "" : "s");

	my->best_ns = UINT64_MAX;
	my->job = (struct job){.run = volley, .argument = my};
	await(eddy_chan_send(self, &worker_jobs, &my->job, K_FOREVER));
	await(eddy_signal_wait(self, &volley_done, NULL, K_FOREVER));
	show("thread to task", (unsigned int)my->best_ns);

	my->best_ns = UINT64_MAX;
	for (my->trip = 0U; my->trip < my->trips; my->trip++) {
		my->start = stopwatch_now();
		await(eddy_chan_send(self, &ping_there, &my->trip, K_FOREVER));
		await(eddy_chan_recv(self, &ping_back, &my->ball, K_FOREVER));
		note_time(&my->best_ns, my->start);
	}
	show("task to task", (unsigned int)my->best_ns);
	async_end;
}

int command_ping(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	return eddy_call(self, ping, &frame->ping, .trips = operand->number);
}
