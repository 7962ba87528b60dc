/* SPDX-License-Identifier: Apache-2.0 */

/* Pipe: a byte to read, or room for one. */

#include "subjects.h"

EDDY_PIPE_DEFINE(pipe_source, 3);
EDDY_PIPE_DEFINE(pipe_sink, 3);
static struct eddy_pipe_io read_io;
static struct eddy_pipe_io write_io;
static char received;
static const char byte = 'b';

static void read_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_pipe_try_read(&pipe_source, &received, 1U) == 1) {
	}
}

static void read_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_pipe_try_write(&pipe_source, &byte, 1U); /* there is room */
}

#ifdef CONFIG_MULTITHREADING
static int read_result(k_timeout_t timeout)
{
	int count = eddy_pipe_read_blocking(&pipe_source, &received, 1U, timeout);

	return count == 1 ? 0 : count;
}

static int write_result(k_timeout_t timeout)
{
	int count = eddy_pipe_write_blocking(&pipe_sink, &byte, 1U, timeout);

	return count == 1 ? 0 : count;
}
#endif

SUBJECT_AWAIT(read_wait, eddy_pipe_read(self, &pipe_source, &read_io, &received, 1U, timeout))
SUBJECT_TRY(read_try, eddy_pipe_try_read(&pipe_source, &received, 1U))
SUBJECT_BLOCK(read_block, read_result(timeout))
SUBJECT_ARM(read_arm, eddy_pipe_read_arm(arm, &pipe_source, &read_io, &received, 1U))

const struct subject pipe_read_subject = {
	.name = "pipe, read",
	.reset = read_reset,
	.enable = read_enable,
	.wait = read_wait,
	.try = read_try,
	.block = SUBJECT_BLOCKING(read_block),
	.arm = read_arm,
	.success = 1,
	.is_single = true,
};

static void write_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_pipe_try_write(&pipe_sink, &byte, 1U) == 1) {
	}
}

static void write_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	char unused;

	(void)eddy_pipe_try_read(&pipe_sink, &unused, 1U); /* it is full */
}

SUBJECT_AWAIT(write_wait, eddy_pipe_write_some(self, &pipe_sink, &write_io, &byte, 1U, timeout))
SUBJECT_TRY(write_try, eddy_pipe_try_write(&pipe_sink, &byte, 1U))
SUBJECT_BLOCK(write_block, write_result(timeout))
SUBJECT_ARM(write_arm, eddy_pipe_write_some_arm(arm, &pipe_sink, &write_io, &byte, 1U))

const struct subject pipe_write_subject = {
	.name = "pipe, write",
	.reset = write_reset,
	.enable = write_enable,
	.wait = write_wait,
	.try = write_try,
	.block = SUBJECT_BLOCKING(write_block),
	.arm = write_arm,
	.success = 1,
	.is_single = true,
};
