/* SPDX-License-Identifier: Apache-2.0 */

/* Pipe: bytes in order, short reads, whole writes, and what ends them. */

#include "async_test.h"

#define CAPACITY 8U

EDDY_PIPE_DEFINE(line, CAPACITY);

static char buffer[CAPACITY];

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_pipe_init(&line, buffer, CAPACITY), 0);
}

ZTEST_SUITE(async_pipe, NULL, NULL, before, async_after, NULL);

static int put(const char *text)
{
	return eddy_pipe_try_write(&line, text, (uint32_t)strlen(text));
}

/* Read up to @size bytes; they must be @text. */
static void expect(uint32_t size, const char *text)
{
	char read[200];
	int length = eddy_pipe_try_read(&line, read, size);

	zassert_equal(length, (int)strlen(text), "%d", length);
	zassert_mem_equal(read, text, strlen(text));
}

static void expect_empty(void)
{
	char byte;

	zassert_equal(eddy_pipe_try_read(&line, &byte, 1U), -EAGAIN);
	zassert_equal(eddy_pipe_count(&line), 0U);
}

enum kind {
	READS,
	WRITES,
	WRITES_SOME,
};

/* Reads or writes once. */
struct mover {
	struct eddy_frame frame;
	enum kind kind;
	char letter;
	k_timeout_t timeout;
	uint32_t size;
	struct eddy_pipe_io io;
	char text[200];
	int next; /* what another one yields */
};

static int move(struct eddy_task *self, struct mover *my)
{
	switch (my->kind) {
	case READS:
		return eddy_pipe_read(self, &line, &my->io, my->text, my->size, my->timeout);
	case WRITES:
		return eddy_pipe_write(self, &line, &my->io, my->text, my->size, my->timeout);
	default:
		return eddy_pipe_write_some(self, &line, &my->io, my->text, my->size, my->timeout);
	}
}

async_fn(mover)
{
	int result;

	async_begin;
	await_into(result, move(self, my));
	record(my->letter);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(mover) movers[4];

static int result_of(int index)
{
	return eddy_task_try_join(&movers[index].task) == 0 ? eddy_task_result(&movers[index].task)
							    : UNSET;
}

static struct eddy_task *spawn_reader(int index, uint32_t size, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&movers[index], mover, .kind = READS, .letter = (char)('a' + index),
		       .size = size, .timeout = timeout);
	spawn(&movers[index].task);
	run_ready();
	return &movers[index].task;
}

static struct eddy_task *spawn_writer(int index, enum kind kind, const char *text,
				      k_timeout_t timeout)
{
	EDDY_TASK_INIT(&movers[index], mover, .kind = kind, .letter = (char)('w' + index),
		       .size = (uint32_t)strlen(text), .timeout = timeout);
	memcpy(movers[index].frame.text, text, strlen(text));
	spawn(&movers[index].task);
	run_ready();
	return &movers[index].task;
}

static void check_read(int index, const char *text)
{
	zassert_equal(result_of(index), (int)strlen(text), "%d", result_of(index));
	zassert_mem_equal(movers[index].frame.text, text, strlen(text));
}

/* Bytes come out in order, in other portions than they went in, round and round. */
ZTEST(async_pipe, test_a_stream_of_bytes)
{
	uint8_t in = 0U;
	uint8_t out = 0U;

	for (uint32_t round = 0U; round < 100U; round++) {
		uint8_t bytes[CAPACITY + 2U];
		uint32_t size = round % (CAPACITY + 2U) + 1U;
		int moved;

		for (uint32_t i = 0U; i < size; i++) {
			bytes[i] = (uint8_t)(in + i);
		}
		moved = eddy_pipe_try_write(&line, bytes, size);
		in += moved > 0 ? (uint8_t)moved : 0U;
		moved = eddy_pipe_try_read(&line, bytes, round % 5U + 1U);
		for (int i = 0; i < moved; i++) {
			zassert_equal(bytes[i], out);
			out++;
		}
		zassert_equal(eddy_pipe_count(&line), (uint8_t)(in - out));
	}
}

/* A write goes in as far as there is room, a read gets what there is. */
ZTEST(async_pipe, test_full_and_empty)
{
	expect_empty();
	zassert_equal(put("abc"), 3);
	zassert_equal(put("defghijk"), 5);
	zassert_equal(put("x"), -EAGAIN);
	zassert_equal(eddy_pipe_count(&line), CAPACITY);
	expect(3U, "abc");
	expect(100U, "defgh");
	expect_empty();
}

/* Nothing is moved at once, whatever the pipe's state. */
ZTEST(async_pipe, test_no_bytes)
{
	char byte;

	zassert_equal(eddy_pipe_try_read(&line, &byte, 0U), 0);
	zassert_equal(eddy_pipe_try_write(&line, &byte, 0U), 0);
	zassert_equal(put("12345678"), (int)CAPACITY);
	zassert_equal(eddy_pipe_try_write(&line, &byte, 0U), 0);
	spawn_writer(0, WRITES, "", K_FOREVER);
	zassert_equal(result_of(0), 0);
}

/* A reader that waits gets the bytes straight; the rest goes to the next, then into the pipe. */
ZTEST(async_pipe, test_waiting_readers)
{
	spawn_reader(0, 2U, K_FOREVER);
	spawn_reader(1, 100U, K_FOREVER);
	spawn_reader(2, 3U, K_FOREVER);
	zassert_equal(put("abcde"), 5);
	zassert_equal(eddy_pipe_count(&line), 0U);
	run_ready();
	check_read(0, "ab");
	check_read(1, "cde");
	zassert_equal(put("fghijklm"), 8);
	run_ready();
	check_read(2, "fgh");
	zassert_str_equal(recorded(), "abc");
	expect(100U, "ijklm");
}

/* A write waits until all of it is in, and is in one piece. */
ZTEST(async_pipe, test_a_write_is_whole)
{
	spawn_writer(0, WRITES, "abcdefghijklmnopqrst", K_FOREVER);
	spawn_writer(1, WRITES, "1234", K_FOREVER);
	zassert_equal(result_of(0), UNSET);
	zassert_equal(put("x"), -EAGAIN, "nobody overtakes them");
	expect(5U, "abcde");
	zassert_equal(eddy_pipe_count(&line), CAPACITY, "the next ones have moved in");
	zassert_equal(put("x"), -EAGAIN);
	zassert_equal(result_of(0), UNSET);
	expect(100U, "fghijklm");
	run_ready();
	zassert_equal(result_of(0), 20);
	zassert_equal(result_of(1), UNSET);
	expect(5U, "nopqr");
	run_ready();
	zassert_equal(result_of(1), 4);
	expect(100U, "st1234");
	expect_empty();
	zassert_str_equal(recorded(), "wx");
}

/* A write of some waits for room for one byte only. */
ZTEST(async_pipe, test_write_some)
{
	spawn_writer(0, WRITES_SOME, "abcdefghijkl", K_FOREVER);
	zassert_equal(result_of(0), (int)CAPACITY);
	spawn_writer(1, WRITES_SOME, "mnop", K_FOREVER);
	zassert_equal(result_of(1), UNSET);
	expect(3U, "abc");
	run_ready();
	zassert_equal(result_of(1), 3);
	expect(100U, "defghmno");
	expect_empty();
}

/* One read can make room for several writers. */
ZTEST(async_pipe, test_several_writers_at_once)
{
	zassert_equal(put("12345678"), 8);
	spawn_writer(0, WRITES, "a", K_FOREVER);
	spawn_writer(1, WRITES_SOME, "bc", K_FOREVER);
	spawn_writer(2, WRITES, "defg", K_FOREVER);
	expect(6U, "123456");
	run_ready();
	zassert_str_equal(recorded(), "wx");
	expect(100U, "78abcdef");
	run_ready();
	zassert_equal(result_of(2), 4);
	expect(100U, "g");
}

/* Reads and writes that are longer than a chunk are whole nevertheless. */
ZTEST(async_pipe, test_more_than_a_chunk)
{
	static char big_buffer[180];
	char text[181];

	for (int i = 0; i < 180; i++) {
		text[i] = (char)('0' + i % 70);
	}
	text[180] = '\0';
	zassert_equal(eddy_pipe_init(&line, big_buffer, 180U), 0);
	spawn_writer(0, WRITES, text, K_FOREVER);
	zassert_equal(result_of(0), 180);
	spawn_reader(1, 200U, K_FOREVER);
	check_read(1, text);

	spawn_reader(2, 200U, K_FOREVER);
	zassert_equal(put(text), 180);
	run_ready();
	zassert_equal(result_of(2), (int)EDDY_PIPE_CHUNK);
	expect(200U, &text[EDDY_PIPE_CHUNK]);
}

/* Waits have limits. A write that had begun says how far it came. */
ZTEST(async_pipe, test_time_out)
{
	char text[3];

	run_until_done(spawn_reader(0, 3U, K_MSEC(10)));
	zassert_equal(result_of(0), -EAGAIN);
	zassert_equal(eddy_pipe_read_blocking(&line, text, 3U, K_MSEC(5)), -EAGAIN);
	run_until_done(spawn_writer(1, WRITES, "abcdefghij", K_MSEC(10)));
	zassert_equal(result_of(1), (int)CAPACITY);
	run_until_done(spawn_writer(2, WRITES, "xyz", K_MSEC(10)));
	zassert_equal(result_of(2), -EAGAIN);
	zassert_equal(eddy_pipe_write_blocking(&line, "xyz", 3U, K_MSEC(5)), -EAGAIN);
	zassert_equal(eddy_pipe_write_some_blocking(&line, "xyz", 3U, K_NO_WAIT), -EAGAIN);
	expect(2U, "ab");
	zassert_equal(eddy_pipe_write_blocking(&line, "xyz", 3U, K_MSEC(5)), 2);
	expect(100U, "cdefghxy");
	spawn_writer(3, WRITES, "0123456789", K_NO_WAIT);
	zassert_equal(result_of(3), (int)CAPACITY);
}

/* Closing ends all waits; what is inside can still be read. */
ZTEST(async_pipe, test_close)
{
	char byte;

	spawn_writer(0, WRITES, "abcdefghij", K_FOREVER);
	spawn_writer(1, WRITES, "xyz", K_FOREVER);
	eddy_pipe_close(&line);
	eddy_pipe_close(&line);
	run_ready();
	zassert_equal(result_of(0), (int)CAPACITY, "some was in");
	zassert_equal(result_of(1), -EPIPE);
	zassert_equal(put("x"), -EPIPE);
	expect(3U, "abc");
	zassert_equal(put("x"), -EPIPE);
	expect(100U, "defgh");
	zassert_equal(eddy_pipe_try_read(&line, &byte, 1U), -EPIPE);
	spawn_reader(2, 1U, K_FOREVER);
	zassert_equal(result_of(2), -EPIPE);
}

/* Closing ends the waits of readers too. */
ZTEST(async_pipe, test_close_ends_readers)
{
	spawn_reader(0, 1U, K_FOREVER);
	spawn_reader(1, 1U, K_MSEC(100));
	eddy_pipe_close(&line);
	run_ready();
	zassert_equal(result_of(0), -EPIPE);
	zassert_equal(result_of(1), -EPIPE);
}

/* Canceled while it waits, a task has moved nothing; or it says how much. */
ZTEST(async_pipe, test_cancellation)
{
	zassert_equal(eddy_cancel(spawn_reader(0, 4U, K_FOREVER)), 0);
	zassert_equal(put("abcd"), 4);
	run_ready();
	zassert_equal(result_of(0), -ECANCELED);
	expect(100U, "abcd");

	spawn_reader(1, 4U, K_FOREVER);
	zassert_equal(put("efgh"), 4);
	zassert_equal(eddy_cancel(&movers[1].task), 0, "it was served in this instant");
	run_ready();
	check_read(1, "efgh");

	zassert_equal(eddy_cancel(spawn_writer(2, WRITES, "0123456789", K_FOREVER)), 0);
	spawn_writer(3, WRITES, "xyz", K_FOREVER);
	zassert_equal(eddy_cancel(&movers[3].task), 0);
	run_ready();
	zassert_equal(result_of(2), (int)CAPACITY);
	zassert_equal(result_of(3), -ECANCELED);
	expect(100U, "01234567");
	expect_empty();
}

/* Writes, then learns of its cancellation. */
struct unlucky {
	struct eddy_frame frame;
	struct eddy_pipe_io io;
	int first;
	int second;
};

async_fn(unlucky)
{
	async_begin;
	await_into(my->first, eddy_pipe_write(self, &line, &my->io, "0123456789", 10U, K_FOREVER));
	await_into(my->second, eddy_pipe_write(self, &line, &my->io, "x", 1U, K_FOREVER));
	async_end;
}

/* One that is canceled in the middle of a write learns of it at the next await. */
ZTEST(async_pipe, test_the_next_one_tells_why)
{
	static EDDY_TASK_STORAGE(unlucky) task;

	EDDY_TASK_INIT(&task, unlucky);
	spawn(&task.task);
	run_ready();
	expect(1U, "0");
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_equal(task.frame.first, 9);
	zassert_equal(task.frame.second, -ECANCELED);
	expect(100U, "12345678");
}

struct thread_io {
	char letter;
	uint32_t size;
	int result;
	char text[20];
};

static void read_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_io *my = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	my->result = eddy_pipe_read_blocking(&line, my->text, my->size, K_FOREVER);
	record(my->letter);
}

static void write_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_io *my = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	my->result = eddy_pipe_write_blocking(&line, my->text, my->size, K_FOREVER);
	record(my->letter);
}

/* Readers are served by priority, tasks and threads alike. */
ZTEST(async_pipe, test_readers_by_priority)
{
	struct thread_io low = {'l', 2U, UNSET, ""};
	struct thread_io high = {'h', 2U, UNSET, ""};

	worker_start(PRIO_LOW, read_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_reader(0, 2U, K_FOREVER);
	worker_start(PRIO_HIGH, read_in_thread, &high);
	zassert_equal(put("112233"), 6);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "hal");
	zassert_mem_equal(high.text, "11", 2U);
	check_read(0, "22");
	zassert_mem_equal(low.text, "33", 2U);
}

/* A thread writes more than fits, in one piece with a task's bytes before and behind. */
ZTEST(async_pipe, test_writers_of_both_kinds)
{
	struct thread_io thread = {'t', 12U, UNSET, "ABCDEFGHIJKL"};

	spawn_writer(0, WRITES, "0123456789", K_FOREVER);
	worker_start(PRIO_TEST, write_in_thread, &thread);
	k_sleep(K_MSEC(1));
	spawn_writer(1, WRITES, "xyz", K_FOREVER);
	expect(100U, "01234567");
	k_sleep(K_MSEC(1));
	zassert_equal(thread.result, UNSET);
	expect(100U, "89ABCDEF");
	expect(100U, "GHIJKLxy");
	expect(100U, "z");
	k_sleep(K_MSEC(1));
	run_ready();
	zassert_equal(thread.result, 12);
	zassert_equal(result_of(0), 10);
	zassert_equal(result_of(1), 3);
}

static int isr_result;

static void write_in_isr(const void *text)
{
	isr_result = put(text);
}

static char isr_text[10];

static void read_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_result = eddy_pipe_try_read(&line, isr_text, 5U);
}

/* Interrupts write and read. */
ZTEST(async_pipe, test_in_interrupts)
{
	spawn_reader(0, 2U, K_FOREVER);
	irq_offload(write_in_isr, "abcd");
	zassert_equal(isr_result, 4);
	run_ready();
	check_read(0, "ab");
	spawn_writer(1, WRITES, "efghijklm", K_FOREVER);
	irq_offload(write_in_isr, "x");
	zassert_equal(isr_result, -EAGAIN);
	irq_offload(read_in_isr, NULL);
	zassert_equal(isr_result, 5);
	zassert_mem_equal(isr_text, "cdefg", 5U);
	run_ready();
	zassert_equal(result_of(1), 9);
	expect(100U, "hijklm");
}

/* Reads, and writes one letter after the other. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	struct eddy_pipe_io in;
	struct eddy_pipe_io out;
	char text[4];
	char letter;
	int result;
};

EDDY_PIPE_DEFINE(other, 1);

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_pipe_read_arm(&my->select.arm[0], &line, &my->in, my->text, sizeof(my->text));
	eddy_pipe_write_some_arm(&my->select.arm[1], &other, &my->out, &my->letter, 1U);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result < 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
		zassert_true(my->result > 0);
		if (eddy_select_which(&my->select) == 1U) {
			my->letter++;
			eddy_pipe_write_some_arm(&my->select.arm[1], &other, &my->out, &my->letter,
						 1U);
		}
	}
	eddy_select_end(&my->select);
	async_end;
}

/* Arms of a select read and write. */
ZTEST(async_pipe, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;
	char letter;

	EDDY_TASK_INIT(&task, chooser, .letter = 'a');
	spawn(&task.task);
	run_ready();
	zassert_equal(put("123456"), 6);
	run_ready();
	zassert_str_equal(recorded(), "100");
	zassert_mem_equal(task.frame.text, "56", 2U);
	for (char expected = 'a'; expected < 'e'; expected++) {
		zassert_equal(eddy_pipe_try_read(&other, &letter, 1U), 1);
		zassert_equal(letter, expected);
		run_ready();
	}
	zassert_str_equal(recorded(), "1001111");
	eddy_pipe_close(&line);
	run_ready();
	zassert_equal(task.frame.result, -EPIPE);
}

/* A pipe needs room. */
ZTEST(async_pipe, test_init_refuses_nothing)
{
	struct eddy_pipe pipe;

	zassert_equal(eddy_pipe_init(&pipe, NULL, 1U), -EINVAL);
	zassert_equal(eddy_pipe_init(&pipe, buffer, 0U), -EINVAL);
	zassert_equal(eddy_pipe_init(&pipe, buffer, 1U), 0);
}
