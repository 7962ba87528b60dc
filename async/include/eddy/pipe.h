/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Pipe: a bounded stream of bytes, for many writers and many readers.
 *
 * A read takes what is there, one byte or more, and waits only if there is none. A write puts all
 * of its bytes in, and waits for room as often as that takes; eddy_pipe_write_some() is done once
 * some are in.
 *
 *	struct echo {
 *		struct eddy_frame frame;
 *		struct eddy_pipe_io io;
 *		char text[32];
 *		int length;
 *	};
 *
 *	for (;;) {
 *		await_into(my->length, eddy_pipe_read(self, &input, &my->io, my->text,
 *						      sizeof(my->text), K_FOREVER));
 *		if (my->length < 0) {
 *			break; // -EPIPE: closed and empty; -ECANCELED
 *		}
 *		await(eddy_pipe_write(self, &output, &my->io, my->text, my->length, K_FOREVER));
 *	}
 *
 * Bytes are moved with interrupts masked, EDDY_PIPE_CHUNK at a time. So a read of at most that many
 * gets neighboring bytes, and a write of at most that many is in one piece wherever there is room
 * for it. The bytes of a write that has to wait follow those that were in; a more urgent writer's
 * may come in between.
 */

#ifndef EDDY_PIPE_H_
#define EDDY_PIPE_H_

#include <eddy/op.h>
#include <eddy/select.h>

/** How many bytes are moved at a time. */
#define EDDY_PIPE_CHUNK 64U

/** eddy_lock guards it. Invariant: readers wait only while it is empty, writers while full. */
struct eddy_pipe {
	struct eddy_waitq readers;
	struct eddy_waitq writers;
	char *buffer;
	uint32_t capacity; /**< Bytes. */
	uint32_t oldest;   /**< Where the oldest byte is. */
	uint32_t count;    /**< Bytes inside. */
	bool closed;
};

/** A read or a write, for the frame of the task that awaits it. One at a time. */
struct eddy_pipe_io {
	struct eddy_frame frame; /**< What goes on when a write's wait is over. */
	char *data;
	uint32_t size; /**< Bytes. */
	uint32_t done; /**< Those that were moved. */
	bool all;      /**< Not done before all were. */
};

#define EDDY_PIPE_INITIALIZER(buffer_, capacity_)                                                  \
	{                                                                                          \
		.buffer = (buffer_), .capacity = (capacity_)                                       \
	}

/** Define a pipe for @p capacity_ bytes, ready for use. */
#define EDDY_PIPE_DEFINE(name, capacity_)                                                          \
	static char _eddy_pipe_buffer_##name[capacity_];                                           \
	BUILD_ASSERT((capacity_) > 0, "capacity out of range");                                    \
	struct eddy_pipe name = EDDY_PIPE_INITIALIZER(_eddy_pipe_buffer_##name, capacity_)

extern const struct eddy_op eddy_pipe_read_op;
extern const struct eddy_op eddy_pipe_write_op;
int eddy_pipe_read_limited(struct eddy_task *self, struct eddy_pipe *pipe, struct eddy_pipe_io *io);
int eddy_pipe_write_limited(struct eddy_task *self, struct eddy_pipe *pipe,
			    struct eddy_pipe_io *io);

/**
 * @brief Set up a pipe.
 *
 * @param buffer  Room for @p capacity bytes.
 *
 * @retval 0        Ready for use.
 * @retval -EINVAL  There is no room.
 *
 * @par Context
 * Any, while nobody uses it.
 */
int eddy_pipe_init(struct eddy_pipe *pipe, void *buffer, uint32_t capacity);

/* What a face of ours is about to do. */
static inline struct eddy_pipe_io *eddy_pipe_io_set_(struct eddy_pipe_io *io, const void *data,
						     uint32_t size, bool all)
{
	io->data = (char *)(uintptr_t)data;
	io->size = size;
	io->done = 0U;
	io->all = all;
	return io;
}

/**
 * @brief Read what is there, waiting for a byte if need be.
 *
 * @param io    For our own use; in the task's frame.
 * @param data  Where to put the bytes; in the task's frame, as it is written while the task waits.
 * @param size  How many at most.
 *
 * @return How many bytes were read, 1 to @p size; also if the task was canceled in the instant in
 *         which it got them. 0 only if @p size is 0.
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the pipe is empty.
 * @retval -EPIPE      The pipe is closed and nothing is left in it.
 * @retval -ECANCELED  Canceled; nothing was read.
 *
 * @par Context
 * Task. Cost: O(bytes), interrupts masked for EDDY_PIPE_CHUNK at a time.
 */
EDDY_AWAITABLE static inline int eddy_pipe_read(struct eddy_task *self, struct eddy_pipe *pipe,
						struct eddy_pipe_io *io, void *data, uint32_t size,
						k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_pipe_read_limited(self, pipe, eddy_pipe_io_set_(io, data, size, false));
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_pipe_read_blocking(struct eddy_pipe *pipe, void *data, uint32_t size, k_timeout_t timeout);

/** The same without waiting: -EAGAIN if the pipe is empty. Any context. */
int eddy_pipe_try_read(struct eddy_pipe *pipe, void *data, uint32_t size);

/** Have an arm of a select read, EDDY_PIPE_CHUNK bytes at most. Task; see select.h. */
static inline void eddy_pipe_read_arm(struct eddy_arm *arm, struct eddy_pipe *pipe,
				      struct eddy_pipe_io *io, void *data, uint32_t size)
{
	eddy_arm_set(arm, &eddy_pipe_read_op, pipe, eddy_pipe_io_set_(io, data, size, false));
}

/**
 * @brief Write all bytes, waiting for room if need be.
 *
 * @param io    For our own use; in the task's frame.
 * @param data  The bytes; in the task's frame, as they are read while the task waits.
 *
 * @return How many bytes were written: @p size; fewer, but not none, if the wait ended before that,
 *         for any of the reasons below. (The next write will tell which.)
 * @retval -EAGAIN     The wait timed out; or K_NO_WAIT and the pipe is full. Nothing was written.
 * @retval -EPIPE      The pipe is closed, or was while this waited. Nothing was written.
 * @retval -ECANCELED  Canceled; nothing was written.
 *
 * @par Context
 * Task. Cost: O(bytes), interrupts masked for EDDY_PIPE_CHUNK at a time.
 */
EDDY_AWAITABLE static inline int eddy_pipe_write(struct eddy_task *self, struct eddy_pipe *pipe,
						 struct eddy_pipe_io *io, const void *data,
						 uint32_t size, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_pipe_write_limited(self, pipe, eddy_pipe_io_set_(io, data, size, true));
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_pipe_write_blocking(struct eddy_pipe *pipe, const void *data, uint32_t size,
			     k_timeout_t timeout);

/**
 * eddy_pipe_write() that waits for the first byte only, then writes what there is room for. Task.
 */
EDDY_AWAITABLE static inline int eddy_pipe_write_some(struct eddy_task *self,
						      struct eddy_pipe *pipe,
						      struct eddy_pipe_io *io, const void *data,
						      uint32_t size, k_timeout_t timeout)
{
	eddy_limit(self, timeout);
	return eddy_pipe_write_limited(self, pipe, eddy_pipe_io_set_(io, data, size, false));
}

/** The same for a thread, which must not be aborted meanwhile; -ECANCELED does not occur. */
int eddy_pipe_write_some_blocking(struct eddy_pipe *pipe, const void *data, uint32_t size,
				  k_timeout_t timeout);

/** Write what there is room for, without waiting: -EAGAIN if there is none. Any context. */
int eddy_pipe_try_write(struct eddy_pipe *pipe, const void *data, uint32_t size);

/**
 * Have an arm of a select write some bytes, EDDY_PIPE_CHUNK at most. To be set up anew before each
 * turn. Task; see select.h.
 */
static inline void eddy_pipe_write_some_arm(struct eddy_arm *arm, struct eddy_pipe *pipe,
					    struct eddy_pipe_io *io, const void *data,
					    uint32_t size)
{
	eddy_arm_set(arm, &eddy_pipe_write_op, pipe, eddy_pipe_io_set_(io, data, size, false));
}

/**
 * @brief Close a pipe: nothing more can be written; what is inside can still be read.
 *
 * All who wait get -EPIPE, but for writers that have some bytes in already. Closing it again has no
 * effect; eddy_pipe_init() opens it anew.
 *
 * @par Context
 * Any. Cost: O(waiters), interrupts masked for one at a time.
 */
void eddy_pipe_close(struct eddy_pipe *pipe);

/** Bytes inside at this moment. Any context. */
static inline uint32_t eddy_pipe_count(const struct eddy_pipe *pipe)
{
	return pipe->count;
}

#endif /* EDDY_PIPE_H_ */
