/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Pipes with a buffer from the heap. On Zephyr 3.3 that needs a heap that was assigned to the
 * thread; here it comes from the system's.
 */

#include <zephyr/ztest.h>

#include "workers.h"

#define SIZE 8U

static struct k_pipe pipe;
static char ten[] = "0123456789";

ZTEST_SUITE(pipe_extras, NULL, NULL, workers_before, workers_after, NULL);

static size_t put_now(void)
{
	size_t written;

	zassert_equal(k_pipe_put(&pipe, ten, 10, &written, 0, K_NO_WAIT), 0);
	return written;
}

static void put_ten(void *p1, void *p2, void *p3)
{
	size_t written;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	record(k_pipe_put(&pipe, ten, 10, &written, 10, K_FOREVER) == 0 ? 'w' : '?');
}

/* A buffer that comes from the heap goes back there. */
ZTEST(pipe_extras, test_alloc_init_and_cleanup)
{
	for (int i = 0; i < 100; i++) {
		zassert_equal(k_pipe_alloc_init(&pipe, SIZE), 0, "round %d", i);
		zassert_equal(put_now(), SIZE);
		zassert_equal(k_pipe_cleanup(&pipe), 0);
	}
	zassert_equal(put_now(), 0U, "it has no buffer any more");
}

/* A heap that is too small is told. */
ZTEST(pipe_extras, test_alloc_init_of_too_much)
{
	zassert_equal(k_pipe_alloc_init(&pipe, 2U * CONFIG_HEAP_MEM_POOL_SIZE), -ENOMEM);
}

/* While somebody waits for the pipe, its buffer stays. */
ZTEST(pipe_extras, test_cleanup_while_somebody_waits)
{
	zassert_equal(k_pipe_alloc_init(&pipe, SIZE), 0);
	worker_start(PRIO_HIGH, put_ten, NULL);
	zassert_equal(k_pipe_cleanup(&pipe), -EAGAIN);
	zassert_equal(k_pipe_read_avail(&pipe), SIZE);
	k_pipe_flush(&pipe);
	zassert_recorded("w");
	zassert_equal(k_pipe_cleanup(&pipe), 0);
}

/* A buffer of another origin stays too, and an allocated pipe may have none. */
ZTEST(pipe_extras, test_cleanup_of_what_was_not_allocated)
{
	static unsigned char buffer[SIZE];

	k_pipe_init(&pipe, buffer, SIZE);
	zassert_equal(k_pipe_cleanup(&pipe), 0);
	zassert_equal(put_now(), SIZE);

	zassert_equal(k_pipe_alloc_init(&pipe, 0), 0);
	zassert_equal(put_now(), 0U);
	zassert_equal(k_pipe_cleanup(&pipe), 0);
}
