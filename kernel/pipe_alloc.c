/* SPDX-License-Identifier: Apache-2.0 */

/* Pipes with a buffer from the system's heap. Part of the kernel with CONFIG_HEAP_MEM_POOL_SIZE. */

#include <ksched.h>
#include <zephyr/kernel.h>

int k_pipe_alloc_init(struct k_pipe *pipe, size_t size)
{
	void *buffer = NULL;

	if (size != 0U) {
		buffer = k_malloc(size);
		if (buffer == NULL) {
			return -ENOMEM;
		}
	}
	k_pipe_init(pipe, buffer, size);
	pipe->is_allocated = buffer != NULL;
	return 0;
}

int k_pipe_cleanup(struct k_pipe *pipe)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	void *buffer = NULL;

	if (pipe->readers.first != NULL || pipe->writers.first != NULL) {
		sched_unlock(key);
		return -EAGAIN;
	}
	if (pipe->is_allocated) {
		buffer = pipe->buffer;
		k_pipe_init(pipe, NULL, 0U);
	}
	sched_unlock(key);
	k_free(buffer);
	return 0;
}
