/* SPDX-License-Identifier: Apache-2.0 */

/* Pipes: what k_pipe_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define SIZE    8U
#define NOT_YET 77 /* no result of any call */

K_PIPE_DEFINE(static_pipe, SIZE, 4);
K_PIPE_DEFINE(static_direct, 0, 4);
static unsigned char buffer[SIZE];
static struct k_pipe pipe;
static struct k_pipe direct; /* without a buffer */

/* One side of a transfer: a worker that calls once and tells how it went. */
struct side {
	struct k_pipe *pipe;
	char bytes[33];
	size_t count;
	size_t min_xfer;
	k_timeout_t timeout;
	char letter;
	size_t moved;
	int result;
};

static void put_once(void *p1, void *p2, void *p3)
{
	struct side *side = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	side->result = NOT_YET;
	side->result = k_pipe_put(side->pipe, side->bytes, side->count, &side->moved,
				  side->min_xfer, side->timeout);
	record(side->letter);
}

static void get_once(void *p1, void *p2, void *p3)
{
	struct side *side = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	side->result = NOT_YET;
	side->result = k_pipe_get(side->pipe, side->bytes, side->count, &side->moved,
				  side->min_xfer, side->timeout);
	record(side->letter);
}

/* A writer of all of @bytes, and a reader of @count bytes, who wait as long as it takes. */
static struct side writer_of(struct k_pipe *to, const char *bytes, char letter)
{
	struct side side = {.pipe = to, .timeout = K_FOREVER, .letter = letter};

	side.count = strlen(bytes);
	side.min_xfer = side.count;
	strcpy(side.bytes, bytes);
	return side;
}

static struct side reader_of(struct k_pipe *from, size_t count, char letter)
{
	return (struct side){
		.pipe = from,
		.count = count,
		.min_xfer = count,
		.timeout = K_FOREVER,
		.letter = letter,
	};
}

/* Write without waiting; returns how many bytes went. */
static size_t put_now(struct k_pipe *to, const char *bytes)
{
	size_t written = NOT_YET;
	int result =
		k_pipe_put(to, (void *)(uintptr_t)bytes, strlen(bytes), &written, 0, K_NO_WAIT);

	zassert_equal(result, 0);
	return written;
}

/* Read without waiting whatever there is. */
static const char *get_now(struct k_pipe *from)
{
	static char bytes[65];
	size_t count = NOT_YET;
	int result = k_pipe_get(from, bytes, sizeof(bytes) - 1U, &count, 0, K_NO_WAIT);

	zassert_equal(result, 0);
	bytes[count] = '\0';
	return bytes;
}

#define zassert_text(text, expected)                                                               \
	do {                                                                                       \
		const char *is = (text);                                                           \
                                                                                                   \
		zassert_equal(strcmp(is, expected), 0, "it is: %s", is);                           \
	} while (false)

static void before(void *fixture)
{
	workers_before(fixture);
	k_pipe_init(&pipe, buffer, SIZE);
	k_pipe_init(&direct, NULL, 0);
}

ZTEST_SUITE(pipe, NULL, NULL, before, workers_after, NULL);

/* K_PIPE_DEFINE() makes a pipe that is ready before anything runs. */
ZTEST(pipe, test_define_makes_an_empty_pipe)
{
	zassert_equal(k_pipe_read_avail(&static_pipe), 0U);
	zassert_equal(k_pipe_write_avail(&static_pipe), SIZE);
	zassert_equal(put_now(&static_pipe, "abc"), 3U);
	zassert_text(get_now(&static_pipe), "abc");
	zassert_equal(put_now(&static_direct, "abc"), 0U);
}

/* Bytes come out in the order in which they went in, in other portions. */
ZTEST(pipe, test_bytes_keep_their_order)
{
	zassert_equal(put_now(&pipe, "ab"), 2U);
	zassert_equal(put_now(&pipe, "cde"), 3U);
	zassert_equal(k_pipe_read_avail(&pipe), 5U);
	zassert_equal(k_pipe_write_avail(&pipe), SIZE - 5U);
	zassert_text(get_now(&pipe), "abcde");
	zassert_equal(k_pipe_read_avail(&pipe), 0U);
}

/* The buffer is a ring: it goes on at its beginning, wherever it is cut. */
ZTEST(pipe, test_ring)
{
	for (unsigned int i = 0; i < 3U * SIZE; i++) {
		zassert_equal(put_now(&pipe, "abcdefgh"), SIZE, "round %u", i);
		zassert_equal(k_pipe_write_avail(&pipe), 0U);
		zassert_text(get_now(&pipe), "abcdefgh");
		zassert_equal(put_now(&pipe, "1"), 1U);
		zassert_text(get_now(&pipe), "1");
	}
}

/* What does not fit is not written. */
ZTEST(pipe, test_put_writes_what_fits)
{
	zassert_equal(put_now(&pipe, "abcdefghij"), SIZE);
	zassert_equal(put_now(&pipe, "k"), 0U);
	zassert_text(get_now(&pipe), "abcdefgh");
	zassert_text(get_now(&pipe), "");
}

/* A minimum above the number of bytes, or nowhere to count to, is refused. */
ZTEST(pipe, test_impossible_arguments)
{
	char bytes[4] = "abc";
	size_t count;

	zassert_equal(k_pipe_put(&pipe, bytes, 3, &count, 4, K_NO_WAIT), -EINVAL);
	zassert_equal(k_pipe_put(&pipe, bytes, 3, NULL, 3, K_NO_WAIT), -EINVAL);
	zassert_equal(k_pipe_get(&pipe, bytes, 3, &count, 4, K_NO_WAIT), -EINVAL);
	zassert_equal(k_pipe_get(&pipe, bytes, 3, NULL, 3, K_NO_WAIT), -EINVAL);
	zassert_equal(k_pipe_read_avail(&pipe), 0U);
}

/* Without waiting, less than the minimum is nothing at all. */
ZTEST(pipe, test_minimum_without_waiting)
{
	char bytes[] = "abcdef";
	size_t count = NOT_YET;

	zassert_equal(put_now(&pipe, "01234"), 5U);
	zassert_equal(k_pipe_put(&pipe, bytes, 6, &count, 4, K_NO_WAIT), -EIO);
	zassert_equal(count, 0U);
	zassert_equal(k_pipe_read_avail(&pipe), 5U);
	zassert_equal(k_pipe_put(&pipe, bytes, 6, &count, 3, K_NO_WAIT), 0);
	zassert_equal(count, 3U);

	(void)get_now(&pipe);
	(void)put_now(&pipe, "xy");
	count = NOT_YET;
	zassert_equal(k_pipe_get(&pipe, bytes, 6, &count, 3, K_NO_WAIT), -EIO);
	zassert_equal(count, 0U);
	zassert_equal(k_pipe_get(&pipe, bytes, 6, &count, 2, K_NO_WAIT), 0);
	zassert_equal(count, 2U);
}

/* Nothing to move is done at once. */
ZTEST(pipe, test_no_bytes)
{
	char byte = 'x';
	size_t count = NOT_YET;

	zassert_equal(k_pipe_get(&pipe, &byte, 0, &count, 0, K_FOREVER), 0);
	zassert_equal(count, 0U);
	(void)put_now(&pipe, "abcdefgh");
	count = NOT_YET;
	zassert_equal(k_pipe_put(&pipe, &byte, 0, &count, 0, K_FOREVER), 0);
	zassert_equal(count, 0U);
}

/* With a minimum met at once, a call does not wait for the rest. */
ZTEST(pipe, test_minimum_met_does_not_wait)
{
	char bytes[] = "0123456789";
	size_t count;

	zassert_equal(k_pipe_put(&pipe, bytes, 10, &count, 1, K_FOREVER), 0);
	zassert_equal(count, SIZE);
	zassert_equal(k_pipe_get(&pipe, bytes, 10, &count, SIZE, K_FOREVER), 0);
	zassert_equal(count, SIZE);
}

/* A time-out: enough moved is success, less is not, and what was moved is told either way. */
ZTEST(pipe, test_timeouts)
{
	char bytes[] = "0123456789";
	int64_t start = k_uptime_ticks();
	size_t count;

	zassert_equal(k_pipe_put(&pipe, bytes, 10, &count, 9, K_MSEC(10)), -EAGAIN);
	zassert_equal(count, SIZE);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);
	zassert_equal(k_pipe_put(&pipe, bytes, 10, &count, 0, K_MSEC(10)), 0);
	zassert_equal(count, 0U);

	zassert_equal(k_pipe_get(&pipe, bytes, 10, &count, 9, K_MSEC(10)), -EAGAIN);
	zassert_equal(count, SIZE);
	zassert_equal(k_pipe_get(&pipe, bytes, 10, &count, 0, K_MSEC(10)), 0);
	zassert_equal(count, 0U);
	zassert_true(k_uptime_ticks() - start >= 4 * K_MSEC(10).ticks);
}

/* With a minimum of 0 and time, a call waits for all. */
ZTEST(pipe, test_minimum_of_zero_waits_for_all)
{
	struct side reader = reader_of(&pipe, 4, 'r');

	reader.min_xfer = 0U;
	(void)put_now(&pipe, "ab");
	worker_start(PRIO_HIGH, get_once, &reader);
	zassert_equal(reader.result, NOT_YET);
	(void)put_now(&pipe, "cde");
	zassert_equal(reader.result, 0);
	zassert_equal(reader.moved, 4U);
	zassert_text(reader.bytes, "abcd");
	zassert_text(get_now(&pipe), "e");
}

/* A reader that waits gets bytes as they come, and goes on when it has all. */
ZTEST(pipe, test_put_serves_a_waiting_reader)
{
	struct side reader = reader_of(&pipe, 12, 'r');

	worker_start(PRIO_HIGH, get_once, &reader);
	zassert_equal(put_now(&pipe, "abcdefghij"), 10U);
	zassert_equal(k_pipe_read_avail(&pipe), 0U);
	zassert_equal(reader.result, NOT_YET);
	zassert_equal(put_now(&pipe, "klmn"), 4U);
	zassert_equal(reader.result, 0);
	zassert_text(reader.bytes, "abcdefghijkl");
	zassert_text(get_now(&pipe), "mn");
}

/* A reader that waits is not content with its minimum until its time is over. */
ZTEST(pipe, test_waiting_reader_with_a_minimum)
{
	struct side reader = reader_of(&pipe, 6, 'r');

	reader.min_xfer = 3U;
	reader.timeout = K_MSEC(10);
	worker_start(PRIO_HIGH, get_once, &reader);
	(void)put_now(&pipe, "abcd");
	zassert_equal(reader.result, NOT_YET);
	k_sleep(K_MSEC(20));
	zassert_equal(reader.result, 0);
	zassert_equal(reader.moved, 4U);
	zassert_text(reader.bytes, "abcd");
}

/* A writer that waits fills the buffer as it empties, and goes on when all is written. */
ZTEST(pipe, test_get_serves_a_waiting_writer)
{
	struct side writer = writer_of(&pipe, "0123456789abcdef+-", 'w');
	char bytes[5] = "";
	size_t count;

	worker_start(PRIO_HIGH, put_once, &writer);
	zassert_equal(k_pipe_read_avail(&pipe), SIZE);
	zassert_equal(k_pipe_get(&pipe, bytes, 4, &count, 4, K_NO_WAIT), 0);
	zassert_text(bytes, "0123");
	zassert_equal(k_pipe_read_avail(&pipe), SIZE);
	zassert_equal(writer.result, NOT_YET);
	zassert_text(get_now(&pipe), "456789abcdef+-");
	zassert_equal(writer.result, 0);
	zassert_equal(writer.moved, 18U);
}

/* Readers are served by priority, those of one priority by arrival, each in full. */
ZTEST(pipe, test_readers_are_served_in_order)
{
	struct side low = reader_of(&pipe, 2, '3');
	struct side high_1 = reader_of(&pipe, 3, '1');
	struct side high_2 = reader_of(&pipe, 1, '2');

	worker_start(PRIO_LOW, get_once, &low);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, get_once, &high_1);
	worker_start(PRIO_HIGH, get_once, &high_2);
	zassert_equal(put_now(&pipe, "abcdefgh"), 8U);
	k_sleep(K_MSEC(1));
	zassert_recorded("123");
	zassert_text(high_1.bytes, "abc");
	zassert_text(high_2.bytes, "d");
	zassert_text(low.bytes, "ef");
	zassert_text(get_now(&pipe), "gh");
}

/* So are writers. */
ZTEST(pipe, test_writers_are_served_in_order)
{
	struct side low = writer_of(&pipe, "efg", '3');
	struct side high_1 = writer_of(&pipe, "abc", '1');
	struct side high_2 = writer_of(&pipe, "d", '2');

	(void)put_now(&pipe, "01234567");
	worker_start(PRIO_LOW, put_once, &low);
	k_sleep(K_MSEC(1));
	worker_start(PRIO_HIGH, put_once, &high_1);
	worker_start(PRIO_HIGH, put_once, &high_2);
	zassert_text(get_now(&pipe), "01234567abcdefg");
	k_sleep(K_MSEC(1));
	zassert_recorded("123");
}

/* Several calls of one side count together for the minimum of the other. */
ZTEST(pipe, test_minimum_counts_waiters_and_buffer)
{
	struct side first = writer_of(&pipe, "abc", '1');
	struct side second = writer_of(&pipe, "de", '2');
	char bytes[16] = "";
	size_t count;

	(void)put_now(&pipe, "01234567");
	worker_start(PRIO_HIGH, put_once, &first);
	worker_start(PRIO_HIGH, put_once, &second);
	zassert_equal(k_pipe_get(&pipe, bytes, 14, &count, 14, K_NO_WAIT), -EIO);
	zassert_equal(count, 0U);
	zassert_equal(first.result, NOT_YET);
	zassert_equal(k_pipe_get(&pipe, bytes, 13, &count, 13, K_NO_WAIT), 0);
	zassert_text(bytes, "01234567abcde");
	zassert_recorded("12");
}

/* The same for a writer: readers and the room behind them. */
ZTEST(pipe, test_minimum_counts_readers_and_room)
{
	struct side first = reader_of(&pipe, 3, '1');
	struct side second = reader_of(&pipe, 2, '2');
	char bytes[] = "0123456789abcd";
	size_t count;

	worker_start(PRIO_HIGH, get_once, &first);
	worker_start(PRIO_HIGH, get_once, &second);
	zassert_equal(k_pipe_put(&pipe, bytes, 14, &count, 14, K_NO_WAIT), -EIO);
	zassert_equal(first.result, NOT_YET);
	zassert_equal(k_pipe_put(&pipe, bytes, 13, &count, 13, K_NO_WAIT), 0);
	zassert_equal(count, 13U);
	zassert_text(first.bytes, "012");
	zassert_text(second.bytes, "34");
	zassert_text(get_now(&pipe), "56789abc");
}

/* Without a buffer, bytes go straight from writer to reader, and nowhere if nobody waits. */
ZTEST(pipe, test_unbuffered)
{
	struct side reader = reader_of(&direct, 3, 'r');
	struct side writer = writer_of(&direct, "wxyz", 'w');

	zassert_equal(put_now(&direct, "abc"), 0U);
	zassert_text(get_now(&direct), "");
	zassert_equal(k_pipe_read_avail(&direct), 0U);
	zassert_equal(k_pipe_write_avail(&direct), 0U);

	worker_start(PRIO_HIGH, get_once, &reader);
	zassert_equal(put_now(&direct, "abcde"), 3U);
	zassert_text(reader.bytes, "abc");

	worker_start(PRIO_HIGH, put_once, &writer);
	zassert_text(get_now(&direct), "wxyz");
	zassert_equal(writer.result, 0);
}

/* Two threads that both wait exchange bytes in portions of any size. */
ZTEST(pipe, test_unbuffered_portions)
{
	struct side writer = writer_of(&direct, "abcdefg", 'w');
	struct side reader = reader_of(&direct, 2, 'r');

	worker_start(PRIO_HIGH, put_once, &writer);
	for (int i = 0; i < 3; i++) {
		zassert_equal(writer.result, NOT_YET);
		worker_join(worker_start(PRIO_HIGH, get_once, &reader));
		zassert_equal(memcmp(reader.bytes, &"abcdefg"[2 * i], 2), 0);
	}
	zassert_text(get_now(&direct), "g");
	zassert_equal(writer.result, 0);
}

/* A flush drops what the buffer holds and what writers still want to write. */
ZTEST(pipe, test_flush)
{
	struct side first = writer_of(&pipe, "abcdefghij", '1');
	struct side second = writer_of(&pipe, "klm", '2');

	k_pipe_flush(&pipe);
	worker_start(PRIO_HIGH, put_once, &first);
	worker_start(PRIO_HIGH, put_once, &second);
	k_pipe_flush(&pipe);
	zassert_recorded("12");
	zassert_equal(first.result, 0);
	zassert_equal(first.moved, 10U);
	zassert_equal(second.moved, 3U);
	zassert_equal(k_pipe_read_avail(&pipe), 0U);
	zassert_equal(put_now(&pipe, "xyz"), 3U);
	zassert_text(get_now(&pipe), "xyz");
}

/* A flush of the buffer drops what it holds; waiting writers fill it again. */
ZTEST(pipe, test_buffer_flush)
{
	struct side writer = writer_of(&pipe, "abcdefghij", 'w');

	k_pipe_buffer_flush(&pipe);
	worker_start(PRIO_HIGH, put_once, &writer);
	k_pipe_buffer_flush(&pipe);
	zassert_text(get_now(&pipe), "ij");
	zassert_equal(writer.result, 0); /* with Zephyr not before the read */
}

/* Without a buffer, a flush serves the writers; a flush of the buffer does nothing. */
ZTEST(pipe, test_flush_unbuffered)
{
	struct side writer = writer_of(&direct, "abc", 'w');

	worker_start(PRIO_HIGH, put_once, &writer);
	k_pipe_buffer_flush(&direct);
	zassert_equal(writer.result, NOT_YET);
	k_pipe_flush(&direct);
	zassert_equal(writer.result, 0);
	zassert_equal(writer.moved, 3U);
}

/* What an aborted reader or writer had not moved yet is nobody's. */
ZTEST(pipe, test_abort_of_waiters)
{
	struct side reader = reader_of(&pipe, 4, 'r');
	struct side other_reader = reader_of(&pipe, 2, 's');
	struct side writer = writer_of(&pipe, "0123456789", 'w');
	struct side other_writer = writer_of(&pipe, "xy", 'v');
	k_tid_t aborted = worker_start(PRIO_HIGH, get_once, &reader);

	worker_start(PRIO_HIGH, get_once, &other_reader);
	(void)put_now(&pipe, "a");
	k_thread_abort(aborted);
	(void)put_now(&pipe, "bcd");
	zassert_text(other_reader.bytes, "bc");
	zassert_text(get_now(&pipe), "d");

	aborted = worker_start(PRIO_HIGH, put_once, &writer);
	worker_start(PRIO_HIGH, put_once, &other_writer);
	k_thread_abort(aborted);
	zassert_text(get_now(&pipe), "01234567xy");
	zassert_recorded("sv");
}

/* A waiter whose time is over is gone; it moves nothing any more. */
ZTEST(pipe, test_timed_out_waiters_are_gone)
{
	struct side reader = reader_of(&pipe, 4, 'r');
	struct side writer = writer_of(&pipe, "0123456789", 'w');

	reader.timeout = K_MSEC(5);
	worker_start(PRIO_HIGH, get_once, &reader);
	(void)put_now(&pipe, "a");
	k_sleep(K_MSEC(10));
	zassert_equal(reader.result, -EAGAIN);
	zassert_equal(reader.moved, 1U);
	(void)put_now(&pipe, "b");
	zassert_text(get_now(&pipe), "b");

	writer.timeout = K_MSEC(5);
	worker_start(PRIO_HIGH, put_once, &writer);
	k_sleep(K_MSEC(10));
	zassert_equal(writer.result, -EAGAIN);
	zassert_equal(writer.moved, SIZE);
	zassert_text(get_now(&pipe), "01234567");
	zassert_text(get_now(&pipe), "");
}

static void transfer_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	record(put_now(&pipe, "abcdefghij") == 10U ? 'p' : '?');
	record(strcmp(get_now(&pipe), "cdefghij") == 0 ? 'g' : '?');
	k_pipe_flush(&direct);
}

/* Interrupts may write, read and flush without waiting; whom they serve runs afterwards. */
ZTEST(pipe, test_interrupts)
{
	struct side reader = reader_of(&pipe, 2, 'r');
	struct side writer = writer_of(&direct, "xyz", 'w');

	worker_start(PRIO_HIGH, get_once, &reader);
	worker_start(PRIO_HIGH, put_once, &writer);
	irq_offload(transfer_in_isr, NULL);
	zassert_recorded("pgrw");
	zassert_text(reader.bytes, "ab");
	zassert_equal(writer.result, 0);
}

#define STREAM_LENGTH 2000U

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 16;
}

static void write_stream(void *p1, void *p2, void *p3)
{
	uint32_t random = 1U;
	unsigned char next = 0U;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (unsigned int sent = 0; sent < STREAM_LENGTH;) {
		unsigned char bytes[13];
		size_t count = MIN(1U + next_random(&random) % sizeof(bytes), STREAM_LENGTH - sent);
		size_t written;

		for (size_t i = 0; i < count; i++) {
			bytes[i] = (unsigned char)(next + i);
		}
		(void)k_pipe_put(p1, bytes, count, &written, next_random(&random) % (count + 1U),
				 K_TICKS(next_random(&random) % 4U)); /* counted by what it wrote */
		next = (unsigned char)(next + written);
		sent += written;
	}
}

/* Read a stream in portions of random sizes and minima; returns whether no byte was lost. */
static bool read_stream(struct k_pipe *from)
{
	uint32_t random = 2U;
	unsigned char next = 0U;

	for (unsigned int received = 0; received < STREAM_LENGTH;) {
		unsigned char bytes[11];
		size_t count = 1U + next_random(&random) % sizeof(bytes);
		size_t read;

		(void)k_pipe_get(from, bytes, count, &read, next_random(&random) % (count + 1U),
				 K_TICKS(next_random(&random) % 4U)); /* counted by what it read */
		for (size_t i = 0; i < read; i++) {
			if (bytes[i] != next) {
				return false;
			}
			next++;
		}
		received += read;
	}
	return true;
}

/* Of a long stream, with time-outs on both sides, no byte is lost, doubled or out of order. */
ZTEST(pipe, test_stream)
{
	struct k_pipe *pipes[] = {&pipe, &direct};

	for (int i = 0; i < 2; i++) {
		k_tid_t writer = worker_start(PRIO_TEST, write_stream, pipes[i]);

		zassert_true(read_stream(pipes[i]), "pipe %d", i);
		worker_join(writer);
	}
}
