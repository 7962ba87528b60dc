/* SPDX-License-Identifier: Apache-2.0 */

/* Pipe: tasks of two executors, threads and a timer's interrupt at once; no byte lost or twice. */

#include "async_test.h"

#define WRITERS   4
#define READERS   3
#define EACH      40U /* records of each writer */
#define RECORD    6U  /* bytes */
#define FROM_ISR  50U
#define PIPE_SIZE 21

EDDY_PIPE_DEFINE(busy, PIPE_SIZE);

static uint32_t read_bytes;
static uint32_t read_sum;
static uint32_t written_bytes;
static uint32_t written_sum;

static void count_written(const char *bytes, int size)
{
	unsigned int key = irq_lock();

	for (int i = 0; i < size; i++) {
		written_bytes++;
		written_sum += (uint8_t)bytes[i] * 31U + 7U;
	}
	irq_unlock(key);
}

static void count_read(const char *bytes, int size)
{
	unsigned int key = irq_lock();

	for (int i = 0; i < size; i++) {
		read_bytes++;
		read_sum += (uint8_t)bytes[i] * 31U + 7U;
	}
	irq_unlock(key);
}

struct writer {
	struct eddy_frame frame;
	uint8_t id;
	bool limited;
	struct eddy_pipe_io io;
	char text[RECORD];
	uint32_t number;
	int result;
};

async_fn(writer)
{
	async_begin;
	for (; my->number < EACH; my->number++) {
		memset(my->text, my->id * 50 + (int)my->number, RECORD);
		await_into(my->result, eddy_pipe_write(self, &busy, &my->io, my->text, RECORD,
						       my->limited ? K_TICKS(2) : K_FOREVER));
		zexpect_true(my->result == (int)RECORD || my->limited);
		count_written(my->text, my->result);
		if (my->number % 5U == my->id) {
			await(eddy_sleep(self, K_TICKS(2)));
		}
	}
	async_end;
}

struct reader {
	struct eddy_frame frame;
	uint32_t size;
	struct eddy_pipe_io io;
	char text[16];
	int result;
};

async_fn(reader)
{
	async_begin;
	for (;;) {
		await_into(my->result,
			   eddy_pipe_read(self, &busy, &my->io, my->text, my->size, K_FOREVER));
		if (my->result < 0) {
			async_return(my->result);
		}
		count_read(my->text, my->result);
		if ((uint32_t)my->result < my->size) {
			await(eddy_sleep(self, K_TICKS(1)));
		}
	}
	async_end;
}

static void read_in_thread(void *p1, void *p2, void *p3)
{
	char text[5];
	int size;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while ((size = eddy_pipe_read_blocking(&busy, text, sizeof(text), K_FOREVER)) > 0) {
		count_read(text, size);
		k_sleep(K_TICKS(1));
	}
	record('r');
}

static void write_in_thread(void *p1, void *p2, void *p3)
{
	char text[PIPE_SIZE + 9];

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int i = 0; i < 20; i++) {
		memset(text, i, sizeof(text));
		zexpect_equal(eddy_pipe_write_blocking(&busy, text, sizeof(text), K_FOREVER),
			      (int)sizeof(text));
		count_written(text, sizeof(text));
	}
	record('w');
}

static uint32_t expiries;

static void write_on_expiry(struct k_timer *timer)
{
	char text[3] = {1, 2, (char)expiries};

	count_written(text, eddy_pipe_try_write(&busy, text, sizeof(text)));
	expiries++;
	if (expiries == FROM_ISR) {
		k_timer_stop(timer);
	}
}

static K_TIMER_DEFINE(isr_writer, write_on_expiry, NULL);

static EDDY_TASK_STORAGE(writer) writers[WRITERS];
static EDDY_TASK_STORAGE(reader) readers[READERS];

ZTEST_SUITE(async_pipe_crowd, NULL, NULL, async_before, async_after, NULL);

/* Whatever was written, as its writer was told, was read once. */
ZTEST(async_pipe_crowd, test_every_byte_arrives_once)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	for (uint32_t i = 0U; i < READERS; i++) {
		EDDY_TASK_INIT(&readers[i], reader, .size = 3U * i + 2U);
		zassert_equal(eddy_spawn(i == 0U ? &urgent : &executor, &readers[i].task), 0);
	}
	for (uint32_t i = 0U; i < WRITERS; i++) {
		EDDY_TASK_INIT(&writers[i], writer, .id = (uint8_t)i, .limited = i == 2U);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &urgent : &executor, &writers[i].task), 0);
	}
	worker_start(PRIO_LOW, read_in_thread, NULL);
	worker_start(PRIO_LOW, write_in_thread, NULL);
	k_timer_start(&isr_writer, K_TICKS(1), K_TICKS(3));
	run_for(K_SECONDS(2));
	for (int i = 0; i < WRITERS; i++) {
		zassert_equal(eddy_task_try_join(&writers[i].task), 0);
	}
	zassert_equal(expiries, FROM_ISR);
	zassert_equal(eddy_pipe_count(&busy), 0U);
	zassert_true(written_bytes > 3U * EACH * RECORD);
	zassert_equal(read_bytes, written_bytes);
	zassert_equal(read_sum, written_sum);
	eddy_pipe_close(&busy);
	run_for(K_MSEC(10));
	for (int i = 0; i < READERS; i++) {
		zassert_equal(eddy_task_try_join(&readers[i].task), 0);
		zassert_equal(eddy_task_result(&readers[i].task), -EPIPE);
	}
	zassert_str_equal(recorded(), "wr");
}
