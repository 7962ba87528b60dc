/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A console on the serial port, of threads and tasks side by side.
 *
 *	thread  prio  what it does
 *	pulse      2  beats four times a second and notes how late it was           background.c
 *	worker     5  does jobs for tasks: partner of "ping", carrier of "send"     worker.c
 *	main       6  runs all tasks: console, echo, printer, sleepers, blink       this file
 *	scrub     10  checks the table of constants when nobody else wants the CPU  background.c
 */

#include "console.h"
#include "input.h"
#include "stopwatch.h"
#include "thread_notes.h"

struct eddy_executor executor;

int main(void)
{
	stopwatch_init();
	if (input_init() != 0) {
		printk("the console's serial port is not ready\n");
		return 0;
	}

	eddy_executor_init(&executor, "main");
	(void)eddy_spawn(&executor, &echo); /* none of them is active yet */
	(void)eddy_spawn(&executor, &printer);
	(void)eddy_spawn(&executor, &console);
	blocks(eddy_executor_run(&executor));
	return 0;
}
