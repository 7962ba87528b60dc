/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A pipe's operations move one chunk; what makes whole reads and writes of that. Their results are
 * handed on as `result`, first that of the face at hand.
 */

#ifndef ASYNC_PIPE_IO_H_
#define ASYNC_PIPE_IO_H_

#include <eddy/pipe.h>

/*
 * Read on without waiting, as long as chunks are whole: behind a smaller one, another's bytes might
 * be next. Returns what the read yields.
 */
int eddy_pipe_read_on(struct eddy_pipe *pipe, const struct eddy_pipe_io *io, int result);

/* Write on without waiting, likewise. Returns what the write yields. */
int eddy_pipe_write_on(struct eddy_pipe *pipe, struct eddy_pipe_io *io, int result);

/* Whether a write has to go on: some is in, but not all. */
static inline bool eddy_pipe_goes_on(const struct eddy_pipe_io *io, int result)
{
	return result > 0 && io->done < io->size;
}

/* What a write yields: bytes that are in count for more than why no more are. */
static inline int eddy_pipe_written(const struct eddy_pipe_io *io, int result)
{
	return io->done > 0U ? (int)io->done : result;
}

#endif /* ASYNC_PIPE_IO_H_ */
