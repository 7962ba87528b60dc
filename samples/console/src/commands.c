/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The table of commands, and what it takes to get from a line to one of them: every line that is
 * not right gets one line of answer that says what would be.
 */

#include "commands.h"

#include "leave.h"

#include <string.h>

#define HOUR_MS   (60U * 60U * 1000U)
#define TRIPS_MAX 100000U

enum operand_kind {
	OPERAND_NONE,
	OPERAND_NUMBER,
	OPERAND_TEXT, /* something, up to the end of the line */
	OPERAND_OPTIONAL,
};

struct command {
	const char *name;
	const char *operand; /* what help calls it */
	const char *does;
	command_fn *run;
	enum operand_kind kind;
	uint32_t min; /* of an OPERAND_NUMBER */
	uint32_t max;
};

static command_fn command_help;

static const struct command commands[] = {
	{"help", "", "lists the commands", command_help, OPERAND_NONE, 0, 0},
	{"top", "[all]", "shows threads and tasks; all: equal tasks one by one", command_top,
	 OPERAND_OPTIONAL, 0, 0},
	{"spawn", "N", "starts N sleeping tasks", command_spawn, OPERAND_NUMBER, 1, UINT32_MAX},
	{"kill", "N", "ends N of them", command_kill, OPERAND_NUMBER, 1, UINT32_MAX},
	{"blink", "MS", "toggles an LED every MS milliseconds; off or 0: stops", command_blink,
	 OPERAND_TEXT, 0, 0},
	{"ping", "N", "times N round trips, thread to task and task to task", command_ping,
	 OPERAND_NUMBER, 1, TRIPS_MAX},
	{"send", "TEXT", "sends TEXT through a thread and a channel to a task that prints it",
	 command_send, OPERAND_TEXT, 0, 0},
	{"sleep", "MS", "waits MS milliseconds, and shows the LED meanwhile", command_sleep,
	 OPERAND_NUMBER, 0, HOUR_MS},
	{"uptime", "", "shows the time since start-up, and what runs beside", command_uptime,
	 OPERAND_NONE, 0, 0},
	{"fault", "", "has a thread fault, and goes on without it", command_fault, OPERAND_NONE, 0,
	 0},
	{"exit", "", "ends the program; so does ^D", command_exit, OPERAND_NONE, 0, 0},
};

/* Printed with a width. */
#define NAME_WIDTH    7
#define OPERAND_WIDTH 6

static int command_help(struct eddy_task *self, union command_frame *frame,
			const struct operand *operand)
{
	ARG_UNUSED(self);
	ARG_UNUSED(frame);
	ARG_UNUSED(operand);
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		printk("%-*s%-*s%s\n", NAME_WIDTH, commands[i].name, OPERAND_WIDTH,
		       commands[i].operand, commands[i].does);
	}
	return 0;
}

int command_exit(struct eddy_task *self, union command_frame *frame, const struct operand *operand)
{
	ARG_UNUSED(self);
	ARG_UNUSED(frame);
	ARG_UNUSED(operand);
	leave(0);
	printk("there is nothing to return to\n");
	return 0;
}

bool command_number(const char *text, uint32_t *number)
{
	uint64_t value = 0U;

	for (const char *c = text; *c != '\0'; c++) {
		if (*c < '0' || *c > '9') {
			return false;
		}
		value = MIN(value * 10U + (uint64_t)(*c - '0'), UINT32_MAX);
	}
	*number = (uint32_t)value;
	return *text != '\0';
}

bool command_in_range(const char *command, uint32_t number, uint32_t min, uint32_t max)
{
	if (number >= min && number <= max) {
		return true;
	}
	if (max == UINT32_MAX) {
		printk("%s: at least %u\n", command, min);
	} else {
		printk("%s: out of range, %u to %u\n", command, min, max);
	}
	return false;
}

/* Whether the operand is of the kind that the command takes; if not, say so. */
static bool operand_is_right(const struct command *command, struct operand *operand)
{
	bool given = operand->text[0] != '\0';

	switch (command->kind) {
	case OPERAND_NONE:
		if (given) {
			printk("%s: takes nothing, not \"%s\"\n", command->name, operand->text);
		}
		return !given;
	case OPERAND_NUMBER:
	case OPERAND_TEXT:
		if (!given) {
			printk("%s: %s is missing\n", command->name, command->operand);
			return false;
		}
		break;
	case OPERAND_OPTIONAL:
		break;
	}
	if (command->kind != OPERAND_NUMBER) {
		return true;
	}
	if (!command_number(operand->text, &operand->number)) {
		printk("%s: \"%s\" is not a whole number\n", command->name, operand->text);
		return false;
	}
	return command_in_range(command->name, operand->number, command->min, command->max);
}

static char *skip_spaces(char *text)
{
	while (*text == ' ') {
		text++;
	}
	return text;
}

/* Cut the first word off. @return What follows it. */
static char *cut_word(char *text)
{
	while (*text != ' ' && *text != '\0') {
		text++;
	}
	if (*text == ' ') {
		*text++ = '\0';
	}
	return skip_spaces(text);
}

static void trim_end(char *text)
{
	size_t length = strlen(text);

	while (length > 0U && text[length - 1U] == ' ') {
		text[--length] = '\0';
	}
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return &commands[i];
		}
	}
	return NULL;
}

int command_run(struct eddy_task *self, union command_frame *frame, char *line)
{
	struct operand operand = {.number = 0U};
	const struct command *command;
	char *name = skip_spaces(line);

	trim_end(name);
	if (name[0] == '\0') {
		return 0;
	}
	operand.text = cut_word(name);
	command = find(name);
	if (command == NULL) {
		printk("%s: no such command; help lists them\n", name);
		return 0;
	}
	return operand_is_right(command, &operand) ? command->run(self, frame, &operand) : 0;
}
