/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Pipe: a stream of bytes, through a ring buffer or, without one, straight from writer to reader.
 *
 * Needs CONFIG_PIPES.
 */

#ifndef ZEPHYR_INCLUDE_KERNEL_PIPE_H_
#define ZEPHYR_INCLUDE_KERNEL_PIPE_H_

#include <zephyr/kernel/thread.h>

struct k_poll_event;

/** Guarded by the scheduler's lock. */
struct k_pipe {
	unsigned char *buffer;
	size_t size;        /**< Bytes of the buffer; 0: none. */
	size_t bytes_used;  /**< In the buffer. */
	size_t read_index;  /**< Where the oldest byte lies. */
	size_t write_index; /**< Where the next one goes. */
	struct k_waitq readers;
	struct k_waitq writers;
	bool is_allocated; /**< The buffer is from the system's heap. */
#ifdef CONFIG_POLL
	struct k_poll_event *poll_events; /**< Who polls it. */
#endif
};

#define Z_PIPE_INITIALIZER(obj, pipe_buffer, pipe_size)                                            \
	{                                                                                          \
		.buffer = (pipe_buffer), .size = (pipe_size)                                       \
	}

/**
 * Define a pipe and its buffer. `static` does not fit before it, as on Zephyr.
 *
 * @param pipe_size  Bytes; 0: no buffer.
 * @param align      Of the buffer, a power of two.
 */
#define K_PIPE_DEFINE(name, pipe_size, align)                                                      \
	static unsigned char __noinit __aligned(align) _k_pipe_buffer_##name[pipe_size];           \
	struct k_pipe name = Z_PIPE_INITIALIZER(name, _k_pipe_buffer_##name, pipe_size)

/** Set up a pipe over a buffer of @p size bytes; NULL and 0: no buffer. Any context. */
void k_pipe_init(struct k_pipe *pipe, unsigned char *buffer, size_t size);

/**
 * @brief Write bytes: to waiting readers first, then to the buffer.
 *
 * What does not fit waits. A wait that has begun ends when all is written, be @p min_xfer smaller.
 *
 * @param data           Until the return they belong to the pipe.
 * @param bytes_to_write How many.
 * @param bytes_written  Where to tell how many were written, -EINVAL excepted.
 * @param min_xfer       At least so many. 0: all of them, but a time-out is no failure. Else return
 *                       without a wait as soon as so many are written at once.
 * @param timeout        Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @retval 0        At least @p min_xfer bytes were written.
 * @retval -EINVAL  @p min_xfer is above @p bytes_to_write, or @p bytes_written is NULL.
 * @retval -EIO     @p timeout is K_NO_WAIT and there is no room for @p min_xfer bytes: none were
 *                  written.
 * @retval -EAGAIN  The wait timed out with less than @p min_xfer bytes written.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * Copies the bytes with interrupts masked.
 */
int k_pipe_put(struct k_pipe *pipe, void *data, size_t bytes_to_write, size_t *bytes_written,
	       size_t min_xfer, k_timeout_t timeout);

/**
 * @brief Read bytes: from the buffer first, then from waiting writers, who then fill the buffer.
 *
 * A wait that has begun ends when all is read, be @p min_xfer smaller.
 *
 * @param data          Room for @p bytes_to_read bytes; until the return it belongs to the pipe.
 * @param bytes_to_read How many at most.
 * @param bytes_read    Where to tell how many were read, -EINVAL excepted.
 * @param min_xfer      At least so many. 0: all of them, but a time-out is no failure. Else return
 *                      without a wait as soon as so many are read at once.
 * @param timeout       Longest wait. K_NO_WAIT: do not wait. K_FOREVER: no limit.
 *
 * @retval 0        At least @p min_xfer bytes were read.
 * @retval -EINVAL  @p min_xfer is above @p bytes_to_read, or @p bytes_read is NULL.
 * @retval -EIO     @p timeout is K_NO_WAIT and there are no @p min_xfer bytes: none were read.
 * @retval -EAGAIN  The wait timed out with less than @p min_xfer bytes read.
 *
 * @par Context
 * Thread; from an interrupt only with K_NO_WAIT. May switch threads.
 * @par Cost
 * Copies the bytes with interrupts masked.
 */
int k_pipe_get(struct k_pipe *pipe, void *data, size_t bytes_to_read, size_t *bytes_read,
	       size_t min_xfer, k_timeout_t timeout);

/** Bytes in the buffer at this moment. Any context. */
size_t k_pipe_read_avail(struct k_pipe *pipe);

/** Room in the buffer at this moment, in bytes. Any context. */
size_t k_pipe_write_avail(struct k_pipe *pipe);

/** Drop the bytes of the buffer and of all waiting writers, who return as if read. Any context. */
void k_pipe_flush(struct k_pipe *pipe);

/** Drop the bytes of the buffer. Waiting writers then fill it again. Any context. */
void k_pipe_buffer_flush(struct k_pipe *pipe);

/**
 * @brief Set up a pipe over a buffer from the system's heap, CONFIG_HEAP_MEM_POOL_SIZE.
 *
 * @retval 0        Ready for use.
 * @retval -ENOMEM  There is no such block of memory.
 *
 * @par Context
 * Any, while nobody else uses the pipe.
 */
int k_pipe_alloc_init(struct k_pipe *pipe, size_t size);

/**
 * @brief Give back what k_pipe_alloc_init() took; the pipe then has no buffer.
 *
 * What the buffer holds is lost. A buffer of another origin stays.
 *
 * @retval 0        Done.
 * @retval -EAGAIN  Somebody waits for the pipe; nothing was done.
 *
 * @par Context
 * Any.
 */
int k_pipe_cleanup(struct k_pipe *pipe);

#endif /* ZEPHYR_INCLUDE_KERNEL_PIPE_H_ */
