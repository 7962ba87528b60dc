/* SPDX-License-Identifier: Apache-2.0 */

/* Pipes of the kernel can be closed and reset since Zephyr 4.1, and only there is this a test. */

#include <eddy/kernel.h>

#include "async_test.h"
#include "pipes.h"

#if EDDY_ZEPHYR_IS_(4, 3)

K_PIPE_DEFINE(pipe_to_close, 4, 4);

struct writer {
	struct eddy_frame frame;
	struct eddy_k_call call;
	int result;
};

async_fn(writer)
{
	async_begin;
	await_into(my->result,
		   eddy_k_pipe_write(self, &my->call, &pipe_to_close, "abc", 3, K_FOREVER));
	async_end;
}

struct reader {
	struct eddy_frame frame;
	struct eddy_k_wait wait;
	char byte;
	int result;
};

async_fn(reader)
{
	async_begin;
	await_into(my->result,
		   eddy_k_pipe_read(self, &my->wait, &pipe_to_close, &my->byte, 1, K_FOREVER));
	async_end;
}

static uint8_t buffer[4];
static EDDY_TASK_STORAGE(writer) writers;
static EDDY_TASK_STORAGE(reader) readers;

static void before(void *fixture)
{
	async_before(fixture);
	k_pipe_init(&pipe_to_close, buffer, sizeof(buffer));
	EDDY_TASK_INIT(&writers, writer);
	EDDY_TASK_INIT(&readers, reader);
}

ZTEST_SUITE(async_kernel_closed_pipe, NULL, NULL, before, async_after, NULL);

/* Nothing is written to a closed pipe; what is in it can still be read. */
ZTEST(async_kernel_closed_pipe, test_closed)
{
	zassert_equal(pipe_put(&pipe_to_close, "1", 1), 1U);
	k_pipe_close(&pipe_to_close);
	spawn(&writers.task);
	spawn(&readers.task);
	run_ready();
	zassert_equal(writers.frame.result, -EPIPE);
	zassert_equal(readers.frame.result, 1);
	EDDY_TASK_INIT(&readers, reader);
	spawn(&readers.task);
	run_ready();
	zassert_equal(readers.frame.result, -EPIPE);
}

static void wait_for_room(void)
{
	zassert_equal(pipe_put(&pipe_to_close, "1234", 4), 4U);
	spawn(&writers.task);
	run_for(K_MSEC(1));
}

/* Who waits for room is told that the pipe was closed. */
ZTEST(async_kernel_closed_pipe, test_closed_meanwhile)
{
	wait_for_room();
	k_pipe_close(&pipe_to_close);
	run_until_done(&writers.task);
	zassert_equal(writers.frame.result, -EPIPE);
}

/* Who waits for room is told that the pipe was reset, in words that do not mean the task. */
ZTEST(async_kernel_closed_pipe, test_reset_meanwhile)
{
	wait_for_room();
	k_pipe_reset(&pipe_to_close);
	run_until_done(&writers.task);
	zassert_equal(writers.frame.result, -EINTR);
}

/* A canceled writer leaves nothing behind that would keep the pipe from being reset. */
ZTEST(async_kernel_closed_pipe, test_reset_after_cancellation)
{
	wait_for_room();
	zassert_ok(eddy_cancel(&writers.task));
	run_until_done(&writers.task);
	zassert_equal(writers.frame.result, -ECANCELED);
	k_pipe_reset(&pipe_to_close);
	zassert_equal(pipe_put(&pipe_to_close, "1234", 4), 4U);
}

#endif
