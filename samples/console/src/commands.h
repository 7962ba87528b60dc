/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * The commands: one function each.
 *
 * A command runs in the console task. It may wait; then it is an async function, whose frame is
 * one of the union below. It prints its answer, problems included.
 */

#ifndef COMMANDS_H_
#define COMMANDS_H_

#include "worker.h"

#include <eddy/eddy.h>

/** What follows the command's name on the line. */
struct operand {
	char *text;      /**< "" if there is none. */
	uint32_t number; /**< Of commands that take a number: checked. */
};

/* Frames of the commands that wait. */

struct spawn {
	struct eddy_frame frame;
	uint32_t count; /* in */
};

struct kill {
	struct eddy_frame frame;
	uint32_t count; /* in */
	uint32_t killed;
};

struct blink_stop {
	struct eddy_frame frame;
};

struct blink_start {
	struct eddy_frame frame;
	uint32_t period_ms; /* in */
	struct blink_stop stop;
};

struct ping {
	struct eddy_frame frame;
	uint32_t trips; /* in */
	uint32_t trip;
	uint32_t ball;
	struct job job;
	uint64_t start;
	uint64_t best_ns;
};

struct send {
	struct eddy_frame frame;
	char *text; /* in */
	struct job job;
};

struct nap {
	struct eddy_frame frame;
	uint32_t ms; /* in */
	k_ticks_t start;
};

struct top {
	struct eddy_frame frame;
	bool each; /* in: do not fold equal tasks */
	k_ticks_t start;
};

union command_frame {
	struct spawn spawn;
	struct kill kill;
	struct blink_start blink_start;
	struct blink_stop blink_stop;
	struct ping ping;
	struct send send;
	struct nap nap;
	struct top top;
};

/** A command. The result is EDDY_PENDING while it waits, then 0. */
typedef int command_fn(struct eddy_task *self, union command_frame *frame,
		       const struct operand *operand);

command_fn command_top, command_spawn, command_kill, command_blink, command_ping, command_send,
	command_sleep, command_uptime, command_fault, command_exit;

/**
 * @brief Find the command on a line, check its operand, and run it.
 *
 * @param line  The line, NUL-terminated; it is cut into words, and stays in use.
 *
 * @return As the command; 0 if there is none.
 */
int command_run(struct eddy_task *self, union command_frame *frame, char *line);

/**
 * @brief Read a whole number.
 *
 * @param number  Where to put it; UINT32_MAX if it is larger than that.
 *
 * @return Whether @p text is a number and nothing else.
 */
bool command_number(const char *text, uint32_t *number);

/** Check a number against limits. If it is beyond, say so for @p command. */
bool command_in_range(const char *command, uint32_t number, uint32_t min, uint32_t max);

#endif /* COMMANDS_H_ */
