/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pipes. One has a single writer and a single reader at a time: its bytes come in order. In the
 * other, anybody's bytes mix: as many of each value come out as went in.
 */

#include "soak.h"

#define MOST 160U

EDDY_PIPE_DEFINE(ordered, 100);
static bool is_writing;
static bool is_reading;
static uint32_t bytes_in; /* of `ordered` */
static uint32_t bytes_out;

EDDY_PIPE_DEFINE(mixed, 10);
static uint32_t put[256]; /* Of `mixed`, of each value. */
static uint32_t got[256];

static void check_mixed(void)
{
	for (uint32_t i = 0U; i < 256U; i++) {
		CHECK(&pipe_family, put[i] == got[i]);
	}
}

static void drain(void *object)
{
	struct eddy_pipe *pipe = object;
	uint8_t byte;

	while (eddy_pipe_try_read(pipe, &byte, 1U) == 1) {
		got[byte]++;
	}
	check_mixed();
	CHECK(&pipe_family, eddy_pipe_count(pipe) == 0U);
	CHECK(&pipe_family, pipe->readers.last == NULL && pipe->writers.last == NULL);
}

static void set_up(void *object)
{
	struct eddy_pipe *pipe = object;

	CHECK(&pipe_family, eddy_pipe_init(pipe, pipe->buffer, pipe->capacity) == 0);
}

static struct venue venue = {.object = &mixed, .drain = drain, .set_up = set_up};

struct stream {
	struct eddy_pipe_io io;
	struct eddy_pipe *pipe;
	uint32_t size;
	bool all;
	uint8_t bytes[MOST];
};

BUILD_ASSERT(sizeof(struct stream) <= ARM_ROOM, "no room");

static uint8_t byte_at(uint32_t place)
{
	return (uint8_t)(place * 7U + (place >> 8));
}

static bool write_begin(void *room)
{
	struct stream *my = room;

	my->pipe = chance(2) == 0U ? &ordered : &mixed;
	if (my->pipe == &ordered ? is_writing : !venue_enter(&venue)) {
		return false;
	}
	my->size = 1U + chance(chance(3) == 0U ? MOST : 20U);
	my->all = chance(2) == 0U;
	is_writing = is_writing || my->pipe == &ordered;
	for (uint32_t i = 0U; i < my->size; i++) {
		my->bytes[i] = my->pipe == &ordered ? byte_at(bytes_in + i) : (uint8_t)chance(256);
	}
	return true;
}

static int write_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	if (my->all) {
		return eddy_pipe_write(self, my->pipe, &my->io, my->bytes, my->size, timeout);
	}
	return eddy_pipe_write_some(self, my->pipe, &my->io, my->bytes, my->size, timeout);
}

static int write_block(void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	if (my->all) {
		return eddy_pipe_write_blocking(my->pipe, my->bytes, my->size, timeout);
	}
	return eddy_pipe_write_some_blocking(my->pipe, my->bytes, my->size, timeout);
}

static int write_try(void *room)
{
	struct stream *my = room;

	return eddy_pipe_try_write(my->pipe, my->bytes, my->size);
}

static void write_arm(struct eddy_arm *arm, void *room)
{
	struct stream *my = room;

	eddy_pipe_write_some_arm(arm, my->pipe, &my->io, my->bytes, my->size);
}

static bool write_end(void *room, int result)
{
	struct stream *my = room;
	uint32_t size = (uint32_t)MAX(result, 0);

	CHECK(&pipe_family, result != 0 && size <= my->size);
	if (my->pipe == &ordered) {
		CHECK(&pipe_family, result != -EPIPE);
		bytes_in += size;
		is_writing = false;
		return false;
	}
	CHECK(&pipe_family, result != -EPIPE || venue.closed);
	for (uint32_t i = 0U; i < size; i++) {
		put[my->bytes[i]]++;
	}
	venue_leave(&venue);
	return false;
}

static bool read_begin(void *room)
{
	struct stream *my = room;

	my->pipe = chance(2) == 0U ? &ordered : &mixed;
	if (my->pipe == &ordered ? is_reading : !venue_enter(&venue)) {
		return false;
	}
	my->size = 1U + chance(chance(3) == 0U ? MOST : 20U);
	is_reading = is_reading || my->pipe == &ordered;
	return true;
}

static int read_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	return eddy_pipe_read(self, my->pipe, &my->io, my->bytes, my->size, timeout);
}

static int read_block(void *room, k_timeout_t timeout)
{
	struct stream *my = room;

	return eddy_pipe_read_blocking(my->pipe, my->bytes, my->size, timeout);
}

static int read_try(void *room)
{
	struct stream *my = room;

	return eddy_pipe_try_read(my->pipe, my->bytes, my->size);
}

static void read_arm(struct eddy_arm *arm, void *room)
{
	struct stream *my = room;

	eddy_pipe_read_arm(arm, my->pipe, &my->io, my->bytes, my->size);
}

static bool read_end(void *room, int result)
{
	struct stream *my = room;
	uint32_t size = (uint32_t)MAX(result, 0);

	CHECK(&pipe_family, result != 0 && size <= my->size);
	if (my->pipe == &ordered) {
		CHECK(&pipe_family, result != -EPIPE);
		for (uint32_t i = 0U; i < size; i++) {
			CHECK(&pipe_family, my->bytes[i] == byte_at(bytes_out));
			bytes_out++;
		}
		is_reading = false;
		return false;
	}
	CHECK(&pipe_family, result != -EPIPE || venue.closed);
	for (uint32_t i = 0U; i < size; i++) {
		got[my->bytes[i]]++;
	}
	venue_leave(&venue);
	return false;
}

static void close_mixed(void)
{
	if (venue_enter(&venue)) {
		if (venue_may_close(&venue)) {
			eddy_pipe_close(&mixed);
			count(&pipe_family, 0);
		}
		venue_leave(&venue);
	}
}

static void check(void)
{
	CHECK(&pipe_family, venue.users == 0U && !is_writing && !is_reading);
	drain(&mixed);
	CHECK(&pipe_family, eddy_pipe_count(&ordered) == bytes_in - bytes_out);
	CHECK(&pipe_family, ordered.readers.last == NULL && ordered.writers.last == NULL);
}

static struct deed deeds[] = {
	{
		.name = "write",
		.begin = write_begin,
		.wait = write_wait,
		.block = write_block,
		.try = write_try,
		.arm = write_arm,
		.end = write_end,
		.weight = 3,
	},
	{
		.name = "read",
		.begin = read_begin,
		.wait = read_wait,
		.block = read_block,
		.try = read_try,
		.arm = read_arm,
		.end = read_end,
		.weight = 3,
	},
	{.name = "close", .now = close_mixed},
};

struct family pipe_family = FAMILY("pipe", deeds, NULL, check);
