/* SPDX-License-Identifier: Apache-2.0 */

/* Pipe: the blocking faces. pipe.c has the rest. */

#include "pipe_io.h"

int eddy_pipe_read_blocking(struct eddy_pipe *pipe, void *data, uint32_t size, k_timeout_t timeout)
{
	struct eddy_pipe_io io;

	eddy_pipe_io_set_(&io, data, size, false);
	return eddy_pipe_read_on(pipe, &io, eddy_block(&eddy_pipe_read_op, pipe, &io, timeout));
}

int eddy_pipe_write_blocking(struct eddy_pipe *pipe, const void *data, uint32_t size,
			     k_timeout_t timeout)
{
	struct eddy_pipe_io io;
	int result;

	/* Only the last turn waits, hence the time-out is that of the whole. */
	eddy_pipe_io_set_(&io, data, size, true);
	do {
		result = eddy_block(&eddy_pipe_write_op, pipe, &io, timeout);
	} while (eddy_pipe_goes_on(&io, result));
	return eddy_pipe_written(&io, result);
}

int eddy_pipe_write_some_blocking(struct eddy_pipe *pipe, const void *data, uint32_t size,
				  k_timeout_t timeout)
{
	struct eddy_pipe_io io;

	eddy_pipe_io_set_(&io, data, size, false);
	return eddy_pipe_write_on(pipe, &io, eddy_block(&eddy_pipe_write_op, pipe, &io, timeout));
}
