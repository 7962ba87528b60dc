/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pipe.
 *
 * Whoever waits leaves a pointer to the rest of its bytes in wait_data, and the other side works on
 * it: bytes go straight between two threads where they can. Only the first waiter is ever served in
 * part; a time-out finds in the rest how far it came.
 *
 * Locking:   sched_lock guards every field and is held while bytes are copied.
 * Invariant: readers wait only while the buffer is empty, writers only while it is full (without a
 *            buffer it is both), and never both. A waiter has bytes left.
 */

#include <kpoll.h>
#include <zephyr/kernel.h>

/* Bytes to read or to write. */
struct span {
	unsigned char *data; /* NULL: drop what comes. */
	size_t left;
};

void k_pipe_init(struct k_pipe *pipe, unsigned char *buffer, size_t size)
{
	*pipe = (struct k_pipe)Z_PIPE_INITIALIZER(*pipe, buffer, size);
}

/* Copy as much as one has and the other takes. Returns how much. Not for empty ones. */
static size_t move(struct span *to, struct span *from)
{
	size_t count = MIN(to->left, from->left);

	if (to->data != NULL) {
		memcpy(to->data, from->data, count);
		to->data += count;
	}
	to->left -= count;
	from->data += count;
	from->left -= count;
	return count;
}

static void fill_buffer(struct k_pipe *pipe, struct span *from)
{
	while (from->left != 0U && pipe->bytes_used != pipe->size) {
		struct span room = {
			.data = pipe->buffer + pipe->write_index,
			.left = MIN(pipe->size - pipe->bytes_used, pipe->size - pipe->write_index),
		};
		size_t count = move(&room, from);

		pipe->bytes_used += count;
		pipe->write_index += count;
		if (pipe->write_index == pipe->size) {
			pipe->write_index = 0U;
		}
	}
}

static void empty_buffer(struct k_pipe *pipe, struct span *to)
{
	while (to->left != 0U && pipe->bytes_used != 0U) {
		struct span bytes = {
			.data = pipe->buffer + pipe->read_index,
			.left = MIN(pipe->bytes_used, pipe->size - pipe->read_index),
		};
		size_t count = move(to, &bytes);

		pipe->bytes_used -= count;
		pipe->read_index += count;
		if (pipe->read_index == pipe->size) {
			pipe->read_index = 0U;
		}
	}
}

/* The first waiter's bytes have moved: with none left its wait is over. */
static void release_if_done(struct k_waitq *waiters)
{
	struct k_thread *first = waiters->first;
	const struct span *theirs = first->wait_data;

	if (theirs->left == 0U) {
		waitq_remove(waiters, first);
		sched_wake(first, 0);
	}
}

static void write_all(struct k_pipe *pipe, struct span *from)
{
	while (from->left != 0U && pipe->readers.first != NULL) {
		(void)move(pipe->readers.first->wait_data, from);
		release_if_done(&pipe->readers);
	}
	fill_buffer(pipe, from);
}

static void read_all(struct k_pipe *pipe, struct span *to)
{
	empty_buffer(pipe, to);
	while (to->left != 0U && pipe->writers.first != NULL) {
		(void)move(to, pipe->writers.first->wait_data);
		release_if_done(&pipe->writers);
	}
	while (pipe->bytes_used != pipe->size && pipe->writers.first != NULL) {
		fill_buffer(pipe, pipe->writers.first->wait_data);
		release_if_done(&pipe->writers);
	}
}

/* Whether the buffer's share and the waiters' together come to @bytes. */
static bool come_to(size_t share, const struct k_waitq *waiters, size_t bytes)
{
	struct k_thread *thread = waiters->first;

	while (share < bytes && thread != NULL) {
		share += ((const struct span *)thread->wait_data)->left;
		thread = waitq_after(waiters, thread);
	}
	return share >= bytes;
}

/* All that could be moved has been: return, or wait for the rest. Releases sched_lock. */
static int conclude(struct k_waitq *waiters, struct span *rest, size_t bytes, size_t *moved,
		    size_t min_xfer, k_timeout_t timeout, k_spinlock_key_t key)
{
	*moved = bytes - rest->left;
	if (rest->left == 0U || K_TIMEOUT_EQ(timeout, K_NO_WAIT) ||
	    (min_xfer != 0U && *moved >= min_xfer)) {
		sched_unlock(key); /* may switch threads */
		return 0;
	}
	kernel.current->wait_data = rest;
	(void)sched_wait(waiters, key, timeout); /* the rest tells how far it came */
	*moved = bytes - rest->left;
	return *moved >= min_xfer ? 0 : -EAGAIN;
}

int k_pipe_put(struct k_pipe *pipe, void *data, size_t bytes_to_write, size_t *bytes_written,
	       size_t min_xfer, k_timeout_t timeout)
{
	struct span mine = {.data = data, .left = bytes_to_write};
	k_spinlock_key_t key;

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "pipe %p: an interrupt must not wait", (void *)pipe);
	if (min_xfer > bytes_to_write || bytes_written == NULL) {
		return -EINVAL;
	}

	key = k_spin_lock(&sched_lock);
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT) &&
	    !come_to(pipe->size - pipe->bytes_used, &pipe->readers, min_xfer)) {
		sched_unlock(key);
		*bytes_written = 0U;
		return -EIO;
	}
	write_all(pipe, &mine);
	if (pipe->bytes_used != 0U && mine.left != bytes_to_write) {
		poll_notify(pipe, K_POLL_STATE_PIPE_DATA_AVAILABLE);
	}
	return conclude(&pipe->writers, &mine, bytes_to_write, bytes_written, min_xfer, timeout,
			key);
}

int k_pipe_get(struct k_pipe *pipe, void *data, size_t bytes_to_read, size_t *bytes_read,
	       size_t min_xfer, k_timeout_t timeout)
{
	struct span mine = {.data = data, .left = bytes_to_read};
	k_spinlock_key_t key;

	__ASSERT(!arch_is_in_isr() || K_TIMEOUT_EQ(timeout, K_NO_WAIT),
		 "pipe %p: an interrupt must not wait", (void *)pipe);
	if (min_xfer > bytes_to_read || bytes_read == NULL) {
		return -EINVAL;
	}

	key = k_spin_lock(&sched_lock);
	if (K_TIMEOUT_EQ(timeout, K_NO_WAIT) &&
	    !come_to(pipe->bytes_used, &pipe->writers, min_xfer)) {
		sched_unlock(key);
		*bytes_read = 0U;
		return -EIO;
	}
	read_all(pipe, &mine);
	return conclude(&pipe->readers, &mine, bytes_to_read, bytes_read, min_xfer, timeout, key);
}

size_t k_pipe_read_avail(struct k_pipe *pipe)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	size_t bytes = pipe->bytes_used;

	k_spin_unlock(&sched_lock, key);
	return bytes;
}

size_t k_pipe_write_avail(struct k_pipe *pipe)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	size_t bytes = pipe->size - pipe->bytes_used;

	k_spin_unlock(&sched_lock, key);
	return bytes;
}

static void drop(struct k_pipe *pipe, size_t bytes)
{
	k_spinlock_key_t key = k_spin_lock(&sched_lock);
	struct span nowhere = {.data = NULL, .left = bytes};

	read_all(pipe, &nowhere);
	sched_unlock(key); /* may switch threads */
}

void k_pipe_flush(struct k_pipe *pipe)
{
	drop(pipe, SIZE_MAX);
}

void k_pipe_buffer_flush(struct k_pipe *pipe)
{
	drop(pipe, pipe->size);
}
