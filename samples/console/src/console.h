/* SPDX-License-Identifier: Apache-2.0 */

/** @file The tasks of this program, for those who start or show them. */

#ifndef CONSOLE_H_
#define CONSOLE_H_

#include <eddy/eddy.h>

/** What all tasks with the same code have in common. */
struct task_kind {
	eddy_code_t code;
	size_t size; /**< Bytes of a task and its frame. */
};

#define TASK_KIND(fn)                                                                              \
	{                                                                                          \
		.code = EDDY_CODE(fn), .size = sizeof(EDDY_TASK_STORAGE(fn))                       \
	}

extern struct eddy_task console, echo, printer;
extern const struct task_kind console_kind, echo_kind, printer_kind, sleeper_kind, blink_kind;

/** The executor of all tasks, on the main thread. */
extern struct eddy_executor executor;

#endif /* CONSOLE_H_ */
