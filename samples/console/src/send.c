/* SPDX-License-Identifier: Apache-2.0 */

/*
 * send: a text goes from the console to a thread, from there through a channel to another task,
 * which prints it. The prompt comes back after that.
 *
 * What travels is a pointer: the text stays in the console's line until it is printed.
 */

#include "commands.h"
#include "console.h"
#include "worker.h"

EDDY_CHAN_DEFINE(send_texts, const char *, 1);
static EDDY_SIGNAL_DEFINE(printed);

struct printer {
	struct eddy_frame frame;
	const char *text;
};

async_fn(printer)
{
	async_begin;
	for (;;) {
		await(eddy_chan_recv(self, &send_texts, &my->text, K_FOREVER));
		printk("%s\n", my->text);
		eddy_signal_raise(&printed, 0U);
	}
	async_end;
}

EDDY_TASK_DEFINE(printer, printer);
const struct task_kind printer_kind = TASK_KIND(printer);

/* On the worker thread. */
static void carry(void *argument)
{
	const char *text = argument;

	(void)eddy_chan_send_blocking(&send_texts, &text, K_FOREVER); /* cannot fail */
}

async_fn(send)
{
	async_begin;
	my->job = (struct job){.run = carry, .argument = my->text};
	await(eddy_chan_send(self, &worker_jobs, &my->job, K_FOREVER));
	await(eddy_signal_wait(self, &printed, NULL, K_FOREVER));
	async_end;
}

int command_send(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	return eddy_call(self, send, &frame->send, .text = operand->text);
}
