/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What differs between the versions of Zephyr that the library works with, 3.3 to 4.x and the
 * pocket kernel, which is like 3.3: all of it is here, so that all else need not ask. Names that
 * end in an underscore are the library's.
 */

#ifndef EDDY_ZEPHYR_H_
#define EDDY_ZEPHYR_H_

#include <errno.h>

#include <eddy/time.h>

/*
 * Which version it is. Before 3.7 this header has another name, and the pocket kernel has none; who
 * has none is old enough for all that follows.
 */
#if __has_include(<zephyr/version.h>)
#include <zephyr/version.h>
#define EDDY_ZEPHYR_IS_(major, minor) (ZEPHYR_VERSION_CODE >= ZEPHYR_VERSION(major, minor, 0))
#else
#define EDDY_ZEPHYR_IS_(major, minor) 0
#endif

/* Up to 3.3 this is left to the C library. */
#ifndef __noinline
#define __noinline __attribute__((__noinline__))
#endif

/*
 * Pipes of the kernel. Up to 4.2 CONFIG_PIPES brings k_pipe_put() and k_pipe_get(), which tell in
 * an argument how many bytes they have moved. Without that option, and from 4.3 on in any case,
 * there are k_pipe_write() and k_pipe_read(), which return it. Those are new in 4.1, where
 * k_poll() finds every such pipe ready, so that nothing can wait for one: they are not used before
 * 4.2.
 *
 * EDDY_PIPES_OF_KERNEL_ stands if there are any. The functions return bytes moved, -EAGAIN for
 * none, or what stands in the way: -EPIPE, the pipe is closed; -EINTR, it was reset. A wait that
 * has begun goes on until all bytes are moved or the time is over.
 */
#if defined(CONFIG_PIPES) && !EDDY_ZEPHYR_IS_(4, 3)
#define EDDY_PIPES_OF_KERNEL_ 1

/* Write what fits; if nothing does, wait. Thread; any context with K_NO_WAIT. */
static inline int eddy_k_pipe_put_(struct k_pipe *pipe, const void *data, size_t size,
				   k_timeout_t timeout)
{
	size_t written = 0;

	/* `written` tells. Zephyr 3.3 takes data that is not const. */
	(void)k_pipe_put(pipe, (void *)(uintptr_t)data, size, &written, 1, timeout);
	return written > 0U ? (int)written : -EAGAIN;
}

/* Read what is there; if nothing is, wait. Thread; any context with K_NO_WAIT. */
static inline int eddy_k_pipe_get_(struct k_pipe *pipe, void *data, size_t size,
				   k_timeout_t timeout)
{
	size_t read = 0;

	(void)k_pipe_get(pipe, data, size, &read, 1, timeout); /* `read` tells */
	return read > 0U ? (int)read : -EAGAIN;
}

/* Whether there is anything to read. Any context. */
static inline bool eddy_k_pipe_has_bytes_(struct k_pipe *pipe)
{
	return k_pipe_read_avail(pipe) != 0U;
}

#elif EDDY_ZEPHYR_IS_(4, 2)
#define EDDY_PIPES_OF_KERNEL_ 1

static inline int eddy_k_pipe_result_(int result)
{
	return result == -ECANCELED ? -EINTR : result; /* -ECANCELED is for tasks */
}

static inline int eddy_k_pipe_put_(struct k_pipe *pipe, const void *data, size_t size,
				   k_timeout_t timeout)
{
	return eddy_k_pipe_result_(k_pipe_write(pipe, (const uint8_t *)data, size, timeout));
}

static inline int eddy_k_pipe_get_(struct k_pipe *pipe, void *data, size_t size,
				   k_timeout_t timeout)
{
	return eddy_k_pipe_result_(k_pipe_read(pipe, (uint8_t *)data, size, timeout));
}

#ifdef CONFIG_POLL
/* Only k_poll() tells, and only threads; in an interrupt the wait that follows has to. */
static inline bool eddy_k_pipe_has_bytes_(struct k_pipe *pipe)
{
	struct k_poll_event event;

	k_poll_event_init(&event, K_POLL_TYPE_PIPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, pipe);
	return !k_is_in_isr() && k_poll(&event, 1, K_NO_WAIT) == 0;
}
#endif

#endif

#endif /* EDDY_ZEPHYR_H_ */
