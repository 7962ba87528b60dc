/* SPDX-License-Identifier: Apache-2.0 */

/* Pipes of the kernel, whichever of its two interfaces it has: <eddy/zephyr.h>. */

#ifndef PIPES_H_
#define PIPES_H_

#include <eddy/zephyr.h>

/* Write what fits. Returns how many bytes. Any context. */
static inline size_t pipe_put(struct k_pipe *pipe, const void *data, size_t size)
{
	int result = eddy_k_pipe_put_(pipe, data, size, K_NO_WAIT);

	return result > 0 ? (size_t)result : 0U;
}

/* Read what is there. Returns how many bytes. Any context. */
static inline size_t pipe_get(struct k_pipe *pipe, void *data, size_t size)
{
	int result = eddy_k_pipe_get_(pipe, data, size, K_NO_WAIT);

	return result > 0 ? (size_t)result : 0U;
}

/* Read all that is there, and what comes meanwhile. Returns how many bytes. */
static inline size_t pipe_drain(struct k_pipe *pipe)
{
	char byte;
	size_t count = 0;

	while (pipe_get(pipe, &byte, 1) == 1U) {
		count++;
	}
	return count;
}

#endif /* PIPES_H_ */
