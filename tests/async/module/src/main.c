/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The library as a module: the program is small, what counts is what its build reads. See
 * check_reads.py.
 */

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/ztest.h>

struct answer {
	struct eddy_frame frame;
};

async_fn(answer)
{
	async_begin;
	await(eddy_sleep(self, K_MSEC(1)));
	async_return(42);
	async_end;
}

/* The library that the module builds is the one that runs. */
ZTEST(async_module, test_task_runs)
{
	zassert_equal(eddy_block_on(answer), 42);
}

ZTEST_SUITE(async_module, NULL, NULL, NULL, NULL, NULL);
