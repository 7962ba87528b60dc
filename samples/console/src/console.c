/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The console: a task that reads a line, runs the command on it, and so on.
 *
 * While a command runs, input stays where it is: what a command measures or prints does not depend
 * on when the next line arrives.
 */

#include "console.h"

#include "commands.h"
#include "input.h"
#include "leave.h"
#include "line.h"

struct console {
	struct eddy_frame frame;
	struct line line;
	uint8_t byte;
	enum line_event event;
	union command_frame command;
};

static void show_input_errors(void)
{
	unsigned int errors = input_take_errors();

	if (errors != 0U) {
		printk("input: bytes lost or damaged, %u time%s\n", errors,
		       errors == 1U ? "" : "s");
	}
}

static bool is_to_be_run(enum line_event event, const struct line *line)
{
	return event != LINE_DISCARDED && line_is_complete(line);
}

async_fn(console)
{
	async_begin;
	printk("eddy console on " CONFIG_BOARD "; help lists the commands\n");
	for (;;) {
		printk("eddy> ");
		line_clear(&my->line);
		input_resume();
		do {
			await(input_read(self, &my->byte));
			my->event = line_take(&my->line, my->byte);
		} while (my->event == LINE_GOES_ON);
		input_pause();

		if (is_to_be_run(my->event, &my->line)) {
			await(command_run(self, &my->command, my->line.text));
		}
		show_input_errors();
		if (my->event == LINE_LAST) {
			leave(0);
		}
	}
	async_end;
}

EDDY_TASK_DEFINE(console, console);

const struct task_kind console_kind = TASK_KIND(console);
