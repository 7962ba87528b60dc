/* SPDX-License-Identifier: Apache-2.0 */

/* Names of threads that run executors, as debuggers and Zephyr's thread analyzer show them. */

#include "async_test.h"

ZTEST_SUITE(async_thread_names, NULL, NULL, async_before, async_after, NULL);

static struct eddy_executor other;

/* A thread without a name gets that of its executor. */
ZTEST(async_thread_names, test_an_executor_names_its_thread)
{
	k_tid_t thread = start_executor(&other, PRIO_HIGH);

	zassert_str_equal(k_thread_name_get(thread), "other");
}

static void run_other(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	eddy_executor_init(&other, "other");
	eddy_executor_run(&other);
}

/* One that has a name keeps it. */
ZTEST(async_thread_names, test_a_thread_keeps_its_name)
{
	k_tid_t thread = worker_create(PRIO_HIGH, run_other, NULL, K_FOREVER);

	zassert_equal(k_thread_name_set(thread, "mine"), 0);
	k_thread_start(thread);
	zassert_str_equal(k_thread_name_get(thread), "mine");
}

struct nothing {
	struct eddy_frame frame;
};

async_fn(nothing)
{
	async_begin;
	await(eddy_yield(self));
	async_end;
}

static void call_nothing(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)eddy_block_on(nothing);
	k_sleep(K_FOREVER);
}

/* A thread that calls an async function is not named after that. */
ZTEST(async_thread_names, test_a_call_does_not_name_a_thread)
{
	k_tid_t thread = worker_start(PRIO_HIGH, call_nothing, NULL);

	zassert_str_equal(k_thread_name_get(thread), "");
}
