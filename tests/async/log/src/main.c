/* SPDX-License-Identifier: Apache-2.0 */

/* What the library writes to Zephyr's log. A backend of ours keeps it. */

#include "async_test.h"

#include <eddy/detect.h>
#include <zephyr/logging/log_backend.h>
#include <zephyr/logging/log_output.h>

static char text[400];
static size_t length;

static int keep(uint8_t *data, size_t size, void *context)
{
	size_t fits = MIN(size, sizeof(text) - 1U - length);

	ARG_UNUSED(context);
	memcpy(&text[length], data, fits);
	length += fits;
	text[length] = '\0';
	return (int)size;
}

static uint8_t output_buffer[32];
LOG_OUTPUT_DEFINE(output, keep, output_buffer, sizeof(output_buffer));

static void process(const struct log_backend *const backend, union log_msg_generic *message)
{
	ARG_UNUSED(backend);
	log_output_msg_process(&output, &message->log, LOG_OUTPUT_FLAG_LEVEL);
}

static void panic(const struct log_backend *const backend)
{
	ARG_UNUSED(backend);
}

static const struct log_backend_api keeper_api = {
	.process = process,
	.panic = panic,
};

LOG_BACKEND_DEFINE(keeper, keeper_api, true);

static EDDY_SIGNAL_DEFINE(gate);

/* Works for a while, then waits at the gate. */
struct worker {
	struct eddy_frame frame;
	uint32_t busy_us;
};

async_fn(worker)
{
	async_begin;
	k_busy_wait(my->busy_us);
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

EDDY_TASK_DEFINE(digger, worker, .busy_us = 2000U);

static void before(void *fixture)
{
	async_before(fixture);
	length = 0;
	text[0] = '\0';
}

static void after(void *fixture)
{
	eddy_cancel(&digger); /* if the test has failed */
	run_ready();
	async_after(fixture);
}

ZTEST_SUITE(async_log, NULL, NULL, before, after, NULL);

/* Fail the test unless the log is @level, "eddy", the task's address, and @what. */
static void check_log(const char *level, const char *what)
{
	char line[100];

	snprintk(line, sizeof(line), "<%s> eddy: task %p (digger) %s", level, (void *)&digger,
		 what);
	zassert_true(strstr(text, line) != NULL, "no \"%s\" in \"%s\"", line, text);
	length = 0;
}

/* A task's life is told to those who debug. */
ZTEST(async_log, test_life)
{
	spawn(&digger);
	check_log("dbg", "spawned");
	run_ready();
	eddy_cancel(&digger);
	check_log("dbg", "canceled");
	run_ready();
	check_log("dbg", "done");
}

/* The detectors' reports are warnings. */
ZTEST(async_log, test_report)
{
	char line[60];

	spawn(&digger);
	eddy_task_budget_set(&digger, 1000U);
	run_ready();
	snprintk(line, sizeof(line), "<wrn> eddy: task %p at ", (void *)&digger);
	zassert_true(strstr(text, line) != NULL, "no \"%s\" in \"%s\"", line, text);
	zassert_true(strstr(text, " ran long: ") != NULL, "%s", text);
	eddy_cancel(&digger);
	run_ready();
}
