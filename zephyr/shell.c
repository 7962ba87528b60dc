/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Commands of Zephyr's shell: `eddy tasks`, `eddy executors`.
 *
 * They print copies: nothing is locked meanwhile, however slow the shell's transport is.
 */

#include <eddy/monitor.h>
#include <zephyr/shell/shell.h>

#include "place.h"

static uint32_t whole_seconds(uint64_t us)
{
	return (uint32_t)(us / USEC_PER_SEC);
}

static uint32_t rest_us(uint64_t us)
{
	return (uint32_t)(us % USEC_PER_SEC);
}

/* The time until a deadline, in ms; or "-". */
static void limit_str(k_ticks_t deadline, char *text, size_t size)
{
	k_ticks_t left = deadline - k_uptime_ticks();

	if (deadline < 0) {
		snprintk(text, size, "-");
	} else {
		uint64_t ms = k_ticks_to_ms_ceil64((uint64_t)MAX(left, 0));

		snprintk(text, size, "%u", (uint32_t)MIN(ms, UINT32_MAX));
	}
}

static void size_str(size_t bytes, char *text, size_t size)
{
	if (bytes == 0U) {
		snprintk(text, size, "-");
	} else {
		snprintk(text, size, "%u", (unsigned int)bytes);
	}
}

/* What else there is to say about a task, or "". */
static const char *canceled_str(uint8_t state)
{
	if ((state & EDDY_TASK_CANCELED) != 0U) {
		return ", canceled";
	}
	if ((state & EDDY_TASK_ASKED) != 0U) {
		return ", canceled, shielded";
	}
	return (state & EDDY_TASK_SHIELDED) != 0U ? ", shielded" : "";
}

static void print_task(const struct shell *sh, const struct eddy_task_info *info)
{
	char place[EDDY_PLACE_SIZE];
	char limit[12];
	char size[12];
	char rank[8] = "-";
	uint64_t us = k_cyc_to_us_floor64(info->cycles);

	if (IS_ENABLED(CONFIG_EDDY_TASK_RANK)) {
		snprintk(rank, sizeof(rank), "%d", info->priority);
	}
	eddy_place_str(info->where, place);
	limit_str(info->deadline, limit, sizeof(limit));
	size_str(info->size, size, sizeof(size));
	shell_print(sh, "%-16s %-12s %4s %-9s %8s %6s %5u.%06u  %s%s", info->name,
		    info->executor.name, rank, eddy_task_state_str(info), limit, size,
		    whole_seconds(us), rest_us(us), place, canceled_str(info->state));
}

static int show_tasks(const struct shell *sh, size_t argc, char **argv)
{
	struct eddy_task_walk walk;
	struct eddy_task_info info;
	unsigned int count = 0;

	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "task             executor     rank state     limit ms  bytes        CPU s"
			"  waits at");
	eddy_task_walk_begin(&walk);
	while (eddy_task_walk_next(&walk, &info)) {
		print_task(sh, &info);
		count++;
	}
	eddy_task_walk_end(&walk);
	shell_print(sh, "%u tasks", count);
	return 0;
}

/* What runs an executor: its thread, by name or address, or something else. */
static void runner_str(const struct eddy_executor_info *info, char *text, size_t size)
{
	const char *name;

	if (info->thread == NULL) {
		snprintk(text, size, "%s", info->prio == INT8_MIN ? "(interrupt)" : "(bare)");
		return;
	}
	name = k_thread_name_get((k_tid_t)(uintptr_t)info->thread);
	if (name != NULL && name[0] != '\0') {
		snprintk(text, size, "%s", name);
	} else {
		snprintk(text, size, "%p", info->thread);
	}
}

static void print_executor(const struct shell *sh, const struct eddy_executor_info *info)
{
	char runner[20];
	uint64_t us = k_cyc_to_us_floor64(info->cycles);

	runner_str(info, runner, sizeof(runner));
	shell_print(sh, "%-12s %-16s %4d %5u %5u %5u.%06u  %s", info->name, runner, info->prio,
		    info->tasks, info->ready, whole_seconds(us), rest_us(us),
		    info->running != NULL ? info->running : "-");
}

static int show_executors(const struct shell *sh, size_t argc, char **argv)
{
	/* Static: shells have small stacks. If several list at a time, the lock makes them wait. */
	static K_MUTEX_DEFINE(lock);
	static struct eddy_executor_info list[CONFIG_EDDY_SHELL_EXECUTORS];
	size_t count;

	ARG_UNUSED(argc);
	ARG_UNUSED(argv);
	shell_print(sh, "executor     runs on          prio tasks ready        CPU s  running");
	(void)k_mutex_lock(&lock, K_FOREVER);
	count = eddy_executor_list(list, ARRAY_SIZE(list));
	for (size_t i = 0; i < count; i++) {
		print_executor(sh, &list[i]);
	}
	(void)k_mutex_unlock(&lock);
	shell_print(sh, "%u executors with tasks%s", (unsigned int)count,
		    count == ARRAY_SIZE(list) ? ", or more" : "");
	return 0;
}

SHELL_STATIC_SUBCMD_SET_CREATE(eddy_commands,
			       SHELL_CMD_ARG(executors, NULL, "Executors that have tasks.",
					     show_executors, 1, 0),
			       SHELL_CMD_ARG(tasks, NULL, "Active tasks, and where they wait.",
					     show_tasks, 1, 0),
			       SHELL_SUBCMD_SET_END);

SHELL_CMD_REGISTER(eddy, &eddy_commands, "Tasks and executors of eddy.", NULL);
