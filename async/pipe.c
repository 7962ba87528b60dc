/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pipe: a ring of bytes, and those who wait for bytes or for room.
 *
 * The operations move a chunk of bytes at most, so that interrupts are not masked for long; the
 * faces repeat them. Bytes go straight to readers that wait, as far as they do, and a writer that
 * waits has its next bytes moved in by whoever makes room. One chunk can serve several waiters:
 * they are taken out as it is moved, and woken one by one behind that.
 *
 * Locking:   eddy_lock guards every field, and is held while a chunk is copied.
 * Invariant: readers wait only while count is 0, writers only while count is capacity, and nobody
 *            once it is closed. A waiter's data is its struct eddy_pipe_io.
 */

#include <string.h>

#include <eddy/pipe.h>

#include "core.h"
#include "pipe_io.h"
#include "thread.h"

/* Waiters that have been served and have yet to be woken: out of all queues, out of all reach. */
struct served {
	struct eddy_waiter *first;
	struct eddy_waiter **end;
};

static void add_served(struct served *served, struct eddy_waiter *waiter, uint32_t result)
{
	waiter->result = (int)result;
	waiter->next = NULL;
	*served->end = waiter;
	served->end = &waiter->next;
}

/* Releases the lock. */
static void wake_served(struct served *served, k_spinlock_key_t key)
{
	struct eddy_waiter *waiter = served->first;
	bool is_sched_locked = waiter != NULL && waiter->next != NULL && eddy_sched_lock();

	while (waiter != NULL) {
		struct eddy_waiter *next = waiter->next;

		eddy_unlock(key, eddy_wake(waiter, waiter->result));
		key = k_spin_lock(&eddy_lock);
		waiter = next;
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

int eddy_pipe_init(struct eddy_pipe *pipe, void *buffer, uint32_t capacity)
{
	if (buffer == NULL || capacity == 0U) {
		return -EINVAL;
	}
	eddy_assert_unawaited(pipe);
	*pipe = (struct eddy_pipe)EDDY_PIPE_INITIALIZER(buffer, capacity);
	return 0;
}

/* Put bytes behind the others, up to @size. Returns how many there was room for. */
static uint32_t push(struct eddy_pipe *pipe, const char *data, uint32_t size)
{
	uint32_t room = pipe->capacity - pipe->count;
	uint32_t to_end = pipe->capacity - pipe->oldest; /* of the buffer */
	uint32_t at = pipe->count < to_end ? pipe->oldest + pipe->count : pipe->count - to_end;
	uint32_t moved = MIN(size, room);
	uint32_t first = MIN(moved, pipe->capacity - at);

	memcpy(&pipe->buffer[at], data, first);
	memcpy(pipe->buffer, &data[first], moved - first);
	pipe->count += moved;
	return moved;
}

/* Take the oldest bytes, up to @size. Returns how many there were. */
static uint32_t pull(struct eddy_pipe *pipe, char *data, uint32_t size)
{
	uint32_t moved = MIN(size, pipe->count);
	uint32_t to_end = pipe->capacity - pipe->oldest;
	uint32_t first = MIN(moved, to_end);

	memcpy(data, &pipe->buffer[pipe->oldest], first);
	memcpy(&data[first], pipe->buffer, moved - first);
	pipe->oldest = moved < to_end ? pipe->oldest + moved : moved - to_end;
	pipe->count -= moved;
	return moved;
}

/* There is room: have writers that wait move in, as far as they fit. */
static void move_in(struct eddy_pipe *pipe, struct served *served)
{
	while (pipe->count < pipe->capacity && eddy_is_awaited(&pipe->writers)) {
		struct eddy_waiter *first = eddy_waitq_first(&pipe->writers);
		struct eddy_pipe_io *io = first->data;

		io->done += push(pipe, &io->data[io->done], io->size - io->done);
		if (!io->all || io->done == io->size) {
			add_served(served, eddy_take_this(first), io->done);
		}
	}
}

/* Hand bytes to readers that wait, up to @size. Returns how many they took. */
static uint32_t hand_out(struct eddy_pipe *pipe, const char *data, uint32_t size,
			 struct served *served)
{
	uint32_t moved = 0U;

	while (moved < size) {
		struct eddy_waiter *reader = eddy_take(&pipe->readers);
		struct eddy_pipe_io *io;

		if (reader == NULL) {
			break;
		}
		io = reader->data;
		io->done = MIN(size - moved, io->size);
		memcpy(io->data, &data[moved], io->done);
		moved += io->done;
		add_served(served, reader, io->done);
	}
	return moved;
}

/* The data is a struct eddy_pipe_io, here and below. The result is what this has read. */
static int read_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_pipe *pipe = object;
	struct eddy_pipe_io *io = data;
	struct served served = {.end = &served.first};

	if (pipe->count == 0U && io->size > 0U) {
		if (!pipe->closed) {
			return EDDY_PENDING;
		}
		k_spin_unlock(&eddy_lock, key);
		return -EPIPE;
	}
	io->done = pull(pipe, io->data, MIN(io->size, EDDY_PIPE_CHUNK));
	move_in(pipe, &served);
	wake_served(&served, key);
	return (int)io->done;
}

/* Goes on behind what is written already; the result counts that too. */
static int write_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_pipe *pipe = object;
	struct eddy_pipe_io *io = data;
	const char *bytes = &io->data[io->done];
	uint32_t size = MIN(io->size - io->done, EDDY_PIPE_CHUNK);
	struct served served = {.end = &served.first};
	uint32_t moved;

	if (pipe->closed) {
		k_spin_unlock(&eddy_lock, key);
		return -EPIPE;
	}
	moved = hand_out(pipe, bytes, size, &served);
	moved += push(pipe, &bytes[moved], size - moved);
	if (moved == 0U && size > 0U) {
		return EDDY_PENDING;
	}
	io->done += moved;
	wake_served(&served, key);
	return (int)io->done;
}

const struct eddy_op eddy_pipe_read_op = {
	.attempt = read_attempt,
	.queue = offsetof(struct eddy_pipe, readers),
	.data_is_pointer = true,
};

const struct eddy_op eddy_pipe_write_op = {
	.attempt = write_attempt,
	.queue = offsetof(struct eddy_pipe, writers),
	.data_is_pointer = true,
};

int eddy_pipe_read_on(struct eddy_pipe *pipe, const struct eddy_pipe_io *io, int result)
{
	uint32_t done = (uint32_t)result;

	while (result == (int)EDDY_PIPE_CHUNK && done < io->size) {
		struct eddy_pipe_io rest;

		eddy_pipe_io_set_(&rest, &io->data[done], io->size - done, false);
		result = eddy_try(&eddy_pipe_read_op, pipe, &rest);
		done += result > 0 ? (uint32_t)result : 0U;
	}
	return (int)done;
}

int eddy_pipe_write_on(struct eddy_pipe *pipe, struct eddy_pipe_io *io, int result)
{
	while (eddy_pipe_goes_on(io, result) && io->done % EDDY_PIPE_CHUNK == 0U) {
		result = eddy_try(&eddy_pipe_write_op, pipe, io);
	}
	return eddy_pipe_written(io, result);
}

int eddy_pipe_read_limited(struct eddy_task *self, struct eddy_pipe *pipe, struct eddy_pipe_io *io)
{
	int result = eddy_await_limited(self, &eddy_pipe_read_op, pipe, io);

	if (result == EDDY_PENDING) {
		eddy_assert_survives(self, io->data);
		return result;
	}
	return eddy_pipe_read_on(pipe, io, result);
}

int eddy_pipe_try_read(struct eddy_pipe *pipe, void *data, uint32_t size)
{
	struct eddy_pipe_io io;

	eddy_pipe_io_set_(&io, data, size, false);
	return eddy_pipe_read_on(pipe, &io, eddy_try(&eddy_pipe_read_op, pipe, &io));
}

/* The frame of a write: runs when the task is resumed, then its caller goes on. */
static int write_resumed(void *frame, struct eddy_task *self)
{
	return eddy_pipe_written(CONTAINER_OF(frame, struct eddy_pipe_io, frame),
				 self->waiter.result);
}

int eddy_pipe_write_limited(struct eddy_task *self, struct eddy_pipe *pipe, struct eddy_pipe_io *io)
{
	int result = eddy_await_limited(self, &eddy_pipe_write_op, pipe, io);

	while (io->all && eddy_pipe_goes_on(io, result)) {
		result = eddy_await_limited(self, &eddy_pipe_write_op, pipe, io);
	}
	if (result != EDDY_PENDING) {
		return eddy_pipe_write_on(pipe, io, result);
	}

	/* Only our own executor resumes us, so there is time for this. */
	eddy_assert_survives(self, io->data);
	io->frame = (struct eddy_frame){.code = write_resumed, .caller = self->frame};
	self->frame = &io->frame;
	return EDDY_PENDING;
}

int eddy_pipe_try_write(struct eddy_pipe *pipe, const void *data, uint32_t size)
{
	struct eddy_pipe_io io;

	eddy_pipe_io_set_(&io, data, size, false);
	return eddy_pipe_write_on(pipe, &io, eddy_try(&eddy_pipe_write_op, pipe, &io));
}

void eddy_pipe_close(struct eddy_pipe *pipe)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	pipe->closed = true;
	/* Either is empty, as it is not both full and empty. */
	eddy_wake_all(eddy_waitq_is_empty(&pipe->writers) ? &pipe->readers : &pipe->writers, -EPIPE,
		      key);
}
