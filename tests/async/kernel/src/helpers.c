/* SPDX-License-Identifier: Apache-2.0 */

/* Awaiting what only threads can wait for: helpers do. */

#include <eddy/kernel.h>

#include "async_test.h"
#include "pipes.h"

K_MSGQ_DEFINE(full_msgq, sizeof(uint32_t), 1, 4);
K_EVENT_DEFINE(event);
K_PIPE_DEFINE(full_pipe, 4, 4);

enum what {
	MSGQ,
	EVENT,
	EVENT_ALL,
	PIPE,
	JOIN
};

struct caller {
	struct eddy_frame frame;
	enum what what;      /* in */
	k_timeout_t timeout; /* in */
	struct eddy_k_call call;
	uint32_t word;
	int result;
};

static k_tid_t sleeper;

async_fn(caller)
{
	async_begin;
	my->word = 6U;
	if (my->what == MSGQ) {
		await_into(my->result,
			   eddy_k_msgq_put(self, &my->call, &full_msgq, &my->word, my->timeout));
	} else if (my->what == EVENT) {
		await_into(my->result,
			   eddy_k_event_wait(self, &my->call, &event, &my->word, my->timeout));
	} else if (my->what == EVENT_ALL) {
		await_into(my->result,
			   eddy_k_event_wait_all(self, &my->call, &event, &my->word, my->timeout));
	} else if (my->what == PIPE) {
		await_into(my->result,
			   eddy_k_pipe_write(self, &my->call, &full_pipe, "abc", 3, my->timeout));
	} else {
		await_into(my->result, eddy_k_thread_join(self, &my->call, sleeper, my->timeout));
	}
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(caller) callers[3];

static struct caller *begin(int index, enum what what, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&callers[index], caller, .what = what, .timeout = timeout);
	spawn(&callers[index].task);
	run_ready();
	return &callers[index].frame;
}

static void nap(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_msleep(50);
}

static void before(void *fixture)
{
	uint32_t word = 99U;

	async_before(fixture);
	k_msgq_purge(&full_msgq);
	(void)k_msgq_put(&full_msgq, &word, K_NO_WAIT);
	k_event_set(&event, 0U);
	(void)pipe_drain(&full_pipe);
	zassert_equal(pipe_put(&full_pipe, "12345", 5), 4U);
	sleeper = worker_start(1, nap, NULL);
}

ZTEST_SUITE(async_kernel_helpers, NULL, NULL, before, async_after, NULL);

/* Make what is waited for happen. */
static void happen(enum what what)
{
	uint32_t word;
	char bytes[4];

	switch (what) {
	case MSGQ:
		zassert_ok(k_msgq_get(&full_msgq, &word, K_NO_WAIT));
		break;
	case EVENT:
		k_event_post(&event, 2U);
		break;
	case EVENT_ALL:
		k_event_post(&event, 6U);
		break;
	case PIPE:
		zassert_equal(pipe_get(&full_pipe, bytes, sizeof(bytes)), 4U);
		break;
	default:
		zassert_ok(k_thread_join(sleeper, K_FOREVER));
		break;
	}
}

static void check(enum what what, const struct caller *caller)
{
	if (what == PIPE) {
		zassert_true(caller->result >= 1 && caller->result <= 3, "%d", caller->result);
		zassert_equal(pipe_drain(&full_pipe), (size_t)caller->result);
		return;
	}
	zassert_ok(caller->result, "call %d", what);
	if (what == EVENT) {
		zassert_equal(caller->word, 2U);
	} else if (what == EVENT_ALL) {
		zassert_equal(caller->word, 6U);
	}
}

/* Each waits until what it waits for has happened. */
ZTEST(async_kernel_helpers, test_wait)
{
	for (enum what what = MSGQ; what <= JOIN; what++) {
		struct caller *caller = begin(0, what, K_FOREVER);

		run_for(K_MSEC(5));
		zassert_true(eddy_task_is_active(&callers[0].task), "call %d", what);
		happen(what);
		run_until_done(&callers[0].task);
		check(what, caller);
		k_event_set(&event, 0U);
	}
}

/* What is possible at once needs no helper. */
ZTEST(async_kernel_helpers, test_at_once)
{
	for (enum what what = MSGQ; what <= JOIN; what++) {
		happen(what);
		check(what, begin(0, what, K_NO_WAIT));
		k_event_set(&event, 0U);
	}
}

/* After the time is over, the result is -EAGAIN, and the helper is free again. */
ZTEST(async_kernel_helpers, test_time_out)
{
	for (enum what what = MSGQ; what <= JOIN; what++) {
		struct caller *caller = begin(0, what, K_MSEC(5));

		run_until_done(&callers[0].task);
		zassert_equal(caller->result, -EAGAIN, "call %d", what);
	}
}

/* A canceled call is not performed, now or later, and the helper is made anew. */
ZTEST(async_kernel_helpers, test_cancel)
{
	for (enum what what = MSGQ; what <= JOIN; what++) {
		struct caller *caller = begin(0, what, K_FOREVER);

		run_for(K_MSEC(1));
		zassert_ok(eddy_cancel(&callers[0].task));
		run_until_done(&callers[0].task);
		zassert_equal(caller->result, -ECANCELED, "call %d", what);
		memset(&caller->call, 0xa5, sizeof(caller->call));
		happen(what);
		k_msleep(1);
		zassert_equal(k_msgq_num_used_get(&full_msgq), 0U, "sent after all");
	}
	zassert_equal(pipe_drain(&full_pipe), 0U);
}

/* Canceled before the helper has even begun: the same. */
ZTEST(async_kernel_helpers, test_cancel_at_once)
{
	struct caller *caller = begin(0, MSGQ, K_FOREVER);

	zassert_ok(eddy_cancel(&callers[0].task));
	run_until_done(&callers[0].task);
	zassert_equal(caller->result, -ECANCELED);
	zassert_equal(k_msgq_num_used_get(&full_msgq), 1U);
}

static void happen_and_cancel(const void *what)
{
	ARG_UNUSED(what);
	happen(MSGQ);
	(void)eddy_cancel(&callers[0].task);
}

/* Served and canceled in one interrupt: sent and told so, or neither. */
ZTEST(async_kernel_helpers, test_served_and_canceled_at_once)
{
	struct caller *caller = begin(0, MSGQ, K_FOREVER);

	run_for(K_MSEC(1));
	irq_offload(happen_and_cancel, NULL);
	run_until_done(&callers[0].task);
	zassert_equal(k_msgq_num_used_get(&full_msgq), caller->result == 0 ? 1U : 0U);
}

/* More waits than helpers: one after the other. */
ZTEST(async_kernel_helpers, test_more_waits_than_helpers)
{
	struct caller *first = begin(0, EVENT, K_FOREVER);
	struct caller *second = begin(1, MSGQ, K_FOREVER);

	run_for(K_MSEC(1));
	happen(MSGQ);
	run_for(K_MSEC(1));
	zassert_true(eddy_task_is_active(&callers[0].task));
	happen(EVENT);
	run_until_done(&callers[0].task);
	run_until_done(&callers[1].task);
	check(EVENT, first);
	check(MSGQ, second);
}

/* A helper that was made anew is free once: for the one who waits for it, and nobody else. */
ZTEST(async_kernel_helpers, test_a_helper_made_anew_is_free_once)
{
	struct caller *second;
	struct caller *third;

	(void)begin(0, EVENT, K_FOREVER);
	second = begin(1, MSGQ, K_FOREVER);
	zassert_ok(eddy_cancel(&callers[0].task));
	run_until_done(&callers[0].task);
	third = begin(2, JOIN, K_FOREVER);
	zassert_ok(k_thread_join(sleeper, K_FOREVER));
	run_for(K_MSEC(1));
	zassert_true(eddy_task_is_active(&callers[2].task), "there is one helper");
	happen(MSGQ);
	run_until_done(&callers[1].task);
	run_until_done(&callers[2].task);
	check(MSGQ, second);
	check(JOIN, third);
}

/* While no helper is free, waits time out and are canceled as ever; nothing is done for them. */
ZTEST(async_kernel_helpers, test_no_helper_is_free)
{
	struct caller *first = begin(0, EVENT, K_FOREVER);

	for (int i = 0; i < 3; i++) {
		struct caller *second = begin(1, MSGQ, K_MSEC(3));
		struct caller *third = begin(2, MSGQ, K_FOREVER);

		run_until_done(&callers[1].task);
		zassert_equal(second->result, -EAGAIN);
		zassert_ok(eddy_cancel(&callers[2].task));
		run_until_done(&callers[2].task);
		zassert_equal(third->result, -ECANCELED);
		memset(&second->call, 0xa5, sizeof(second->call));
		memset(&third->call, 0xa5, sizeof(third->call));
	}
	happen(MSGQ);
	happen(EVENT);
	run_until_done(&callers[0].task);
	check(EVENT, first);
	zassert_equal(k_msgq_num_used_get(&full_msgq), 0U, "sent after all");
}

/* A helper that comes late has what is left of the time. */
ZTEST(async_kernel_helpers, test_one_limit_for_both_waits)
{
	int64_t start = k_uptime_get();
	struct caller *second;

	(void)begin(0, EVENT, K_MSEC(200));
	second = begin(1, MSGQ, K_MSEC(300));
	run_until_done(&callers[1].task);
	zassert_equal(second->result, -EAGAIN);
	zassert_within(k_uptime_get() - start, 400, 100);
}

/* A limit beyond all time is none. */
ZTEST(async_kernel_helpers, test_the_longest_limit)
{
	struct caller *caller = begin(0, MSGQ, K_TICKS(INT64_MAX));

	run_for(K_MSEC(5));
	zassert_true(eddy_task_is_active(&callers[0].task));
	happen(MSGQ);
	run_until_done(&callers[0].task);
	check(MSGQ, caller);
}

/* Nobody can join the thread that it runs on. */
ZTEST(async_kernel_helpers, test_join_oneself)
{
	sleeper = k_current_get();
	zassert_equal(begin(0, JOIN, K_FOREVER)->result, -EDEADLK);
}
