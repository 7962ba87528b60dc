/* SPDX-License-Identifier: Apache-2.0 */

/* The command `eddy` of Zephyr's shell, by the dummy transport, which keeps what is printed. */

#include "async_test.h"

#include <stdlib.h>

#include <zephyr/shell/shell.h>
#include <zephyr/shell/shell_dummy.h>

static EDDY_SIGNAL_DEFINE(gate);

struct waiter {
	struct eddy_frame frame;
	uint32_t sleep_ms;
};

async_fn(waiter)
{
	async_begin;
	await(eddy_sleep(self, K_MSEC(my->sleep_ms)));
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

EDDY_TASK_DEFINE(sleeper, waiter, .sleep_ms = 5000U);
EDDY_TASK_DEFINE(listener, waiter);
EDDY_TASK_DEFINE(newcomer, waiter);

static struct eddy_executor other;

/* Run a command. @return What it printed. */
static const char *output_of(const char *command)
{
	const struct shell *sh = shell_backend_dummy_get_ptr();
	size_t size;

	shell_backend_dummy_clear_output(sh);
	zassert_equal(shell_execute_cmd(sh, command), 0);
	return shell_backend_dummy_get_output(sh, &size);
}

/* The line of @output that begins with @name and a space. */
static const char *line_of(const char *output, const char *name)
{
	static char line[160];
	size_t length = strlen(name);

	for (const char *at = output; at != NULL; at = strchr(at, '\n')) {
		at += at[0] == '\n' ? 1 : 0;
		if (strncmp(at, name, length) == 0 && at[length] == ' ') {
			size_t end = MIN(strcspn(at, "\r\n"), sizeof(line) - 1U);

			memcpy(line, at, end);
			line[end] = '\0';
			return line;
		}
	}
	return "";
}

static bool says(const char *line, const char *word)
{
	return strstr(line, word) != NULL;
}

static int number_behind(const char *line, const char *word)
{
	return atoi(strstr(line, word) + strlen(word));
}

static void end_all(void)
{
	eddy_cancel(&sleeper);
	eddy_cancel(&listener);
	eddy_cancel(&newcomer);
	run_ready();
}

/* The shell's thread has to get ready first. */
static void *let_shell_start(void)
{
	const struct shell *sh = shell_backend_dummy_get_ptr();

	for (int i = 0; i < 100 && !shell_ready(sh); i++) {
		k_sleep(K_MSEC(1));
	}
	zassert_true(shell_ready(sh));
	return NULL;
}

static void after(void *fixture)
{
	end_all();
	async_after(fixture);
}

ZTEST_SUITE(async_shell, NULL, let_shell_start, async_before, after, NULL);

/* Where a task waits is told as an address that addr2line understands. */
static bool says_where(const char *line, const struct eddy_task *task)
{
	char place[20];

	snprintk(place, sizeof(place), "0x%08lx", (unsigned long)(uintptr_t)eddy_task_where(task));
	return says(line, place);
}

/* Each task has a line: its executor, state, limit, place. One that has ended has none. */
ZTEST(async_shell, test_tasks)
{
	const char *line;

	spawn(&sleeper);
	spawn(&listener);
	run_ready();
	spawn(&newcomer);

	line = line_of(output_of("eddy tasks"), "sleeper");
	zassert_true(says(line, " test "), "%s", line);
	zassert_true(says(line, " sleeping "), "%s", line);
	zassert_within(number_behind(line, " sleeping "), 5000, 100, "%s", line);
	zassert_true(says_where(line, &sleeper), "%s", line);
	line = line_of(output_of("eddy tasks"), "listener");
	zassert_true(says(line, " waiting "), "%s", line);
	zassert_true(says_where(line, &listener), "%s", line);
	line = line_of(output_of("eddy tasks"), "newcomer");
	zassert_true(says(line, " ready "), "%s", line);
	zassert_true(says(output_of("eddy tasks"), "3 tasks"));

	eddy_cancel(&newcomer);
	line = line_of(output_of("eddy tasks"), "newcomer");
	zassert_true(says(line, ", canceled"), "%s", line);

	end_all();
	zassert_true(says(output_of("eddy tasks"), "0 tasks"));
}

/* Each executor with tasks has a line: the thread that runs it, how many tasks, how many ready. */
ZTEST(async_shell, test_executors)
{
	const char *line;

	k_thread_name_set(k_current_get(), "tester");
	start_executor(&other, PRIO_HIGH);
	spawn(&sleeper);
	run_ready();
	spawn(&listener);
	zassert_equal(eddy_spawn(&other, &newcomer), 0);

	line = line_of(output_of("eddy executors"), "test");
	zassert_true(says(line, "tester"), "%s", line);
	zassert_true(says(line, "    2     1 "), "%s", line);
	line = line_of(output_of("eddy executors"), "other");
	zassert_true(says(line, "    1     0 "), "%s", line);
	zassert_true(says(output_of("eddy executors"), "2 executors"));

	zassert_equal(eddy_cancel_wait_blocking(&newcomer, SOON), 0);
	end_all();
	zassert_true(says(output_of("eddy executors"), "0 executors"));
}

/* A command that there is not. */
ZTEST(async_shell, test_misuse)
{
	zassert_not_equal(shell_execute_cmd(shell_backend_dummy_get_ptr(), "eddy tasks x"), 0);
	zassert_not_equal(shell_execute_cmd(shell_backend_dummy_get_ptr(), "eddy nothing"), 0);
}
