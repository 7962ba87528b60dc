/* SPDX-License-Identifier: Apache-2.0 */

/* Barrier: nobody goes on before all have come. */

#include "async_test.h"

#define PARTIES 3

static struct eddy_barrier barrier;

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_barrier_init(&barrier, PARTIES), 0);
}

ZTEST_SUITE(async_barrier, NULL, NULL, before, async_after, NULL);

/* Comes a number of times; records its letter, the leader of the round the capital. */
struct party {
	struct eddy_frame frame;
	char letter;
	int rounds;
	k_timeout_t timeout;
	int leaderships;
};

async_fn(party)
{
	int result;

	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		await_into(result, eddy_barrier_wait(self, &barrier, my->timeout));
		if (result < 0) {
			async_return(result);
		}
		my->leaderships += result;
		record((char)(result == 1 ? my->letter - 'a' + 'A' : my->letter));
	}
	async_end;
}

static EDDY_TASK_STORAGE(party) parties[5];

static struct eddy_task *start_on(struct eddy_executor *where, int index, int rounds,
				  k_timeout_t timeout)
{
	EDDY_TASK_INIT(&parties[index], party, .letter = (char)('a' + index), .rounds = rounds,
		       .timeout = timeout);
	zassert_equal(eddy_spawn(where, &parties[index].task), 0);
	return &parties[index].task;
}

static struct eddy_task *start(int index, int rounds)
{
	struct eddy_task *task = start_on(&executor, index, rounds, K_FOREVER);

	run_ready();
	return task;
}

static void come_in_thread(void *p1, void *p2, void *p3)
{
	int result;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	result = eddy_barrier_wait_blocking(&barrier, K_FOREVER);
	record(result == 1 ? 'T' : *(const char *)p1);
}

/* All wait for the last one, who is the leader and does not wait. */
ZTEST(async_barrier, test_all_wait_for_the_last)
{
	start(0, 1);
	start(1, 1);
	zassert_str_equal(recorded(), "");
	start(2, 1);
	zassert_str_equal(recorded(), "Cab");
}

/* The barrier is ready for the next round at once; each round has one leader. */
ZTEST(async_barrier, test_rounds)
{
	int leaderships = 0;

	for (int i = 0; i < PARTIES; i++) {
		start(i, 20);
	}
	for (int i = 0; i < PARTIES; i++) {
		zassert_equal(eddy_task_try_join(&parties[i].task), 0);
		leaderships += parties[i].frame.leaderships;
	}
	zassert_equal(leaderships, 20);
}

/* Nobody who comes early is in two rounds at once: round by round, all letters appear. */
ZTEST(async_barrier, test_rounds_do_not_overlap)
{
	for (int i = 0; i < PARTIES; i++) {
		start(i, 10);
	}
	for (int round = 0; round < 10; round++) {
		unsigned int seen = 0U;

		for (int i = 0; i < PARTIES; i++) {
			seen |= BIT((recorded()[round * PARTIES + i] | 0x20) - 'a');
		}
		zassert_equal(seen, BIT_MASK(PARTIES), "round %d: %s", round, recorded());
	}
}

/* A party that is canceled, or times out, has not come. */
ZTEST(async_barrier, test_who_leaves_has_not_come)
{
	struct eddy_task *canceled = start(0, 1);
	struct eddy_task *late = start_on(&executor, 1, 1, K_TICKS(3));

	zassert_equal(eddy_cancel(canceled), 0);
	run_until_done(late);
	zassert_equal(eddy_task_result(canceled), -ECANCELED);
	zassert_equal(eddy_task_result(late), -EAGAIN);
	start(2, 1);
	start(3, 1);
	zassert_str_equal(recorded(), "");
	start(4, 1);
	zassert_str_equal(recorded(), "Ecd");
}

/* The last one has come, and then a party is canceled: that one was served, and goes on. */
ZTEST(async_barrier, test_served_then_canceled)
{
	struct eddy_task *task = start(0, 2);

	start(1, 1);
	zassert_equal(eddy_barrier_try_wait(&barrier), 1);
	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_str_equal(recorded(), "ab");
	zassert_equal(eddy_task_result(task), -ECANCELED, "in its second round");
}

/* Comes, and then cancels another one. */
struct rival {
	struct eddy_frame frame;
	struct eddy_task *other;
};

async_fn(rival)
{
	int result;

	async_begin;
	await_into(result, eddy_barrier_wait(self, &barrier, K_FOREVER));
	(void)eddy_cancel(my->other);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(rival) rival_task;

/* The first who is woken cancels the next, who has gone through with it all the same. */
ZTEST(async_barrier, test_canceled_while_others_are_woken)
{
	static struct eddy_executor urgent;
	struct eddy_task *task;

	start_executor(&urgent, PRIO_HIGH);
	task = start_on(&executor, 0, 1, K_SECONDS(1));
	run_ready();
	EDDY_TASK_INIT(&rival_task, rival, .other = task);
	zassert_equal(eddy_spawn(&urgent, &rival_task.task), 0);
	zassert_equal(eddy_barrier_try_wait(&barrier), 1);
	zassert_equal(eddy_task_try_join(&rival_task.task), 0);
	run_ready();
	zassert_str_equal(recorded(), "a");
	zassert_equal(eddy_task_result(task), 0);
}

static void try_from_isr(const void *result)
{
	*(int *)(uintptr_t)result = eddy_barrier_try_wait(&barrier);
}

/* Trying counts only for the last one; an interrupt may be that. */
ZTEST(async_barrier, test_try)
{
	int result = UNSET;

	for (int i = 0; i < 2 * PARTIES; i++) {
		zassert_equal(eddy_barrier_try_wait(&barrier), -EAGAIN);
		zassert_equal(eddy_barrier_wait_blocking(&barrier, K_NO_WAIT), -EAGAIN);
	}
	start(0, 1);
	irq_offload(try_from_isr, &result);
	zassert_equal(result, -EAGAIN);
	start(1, 1);
	irq_offload(try_from_isr, &result);
	zassert_equal(result, 1);
	run_ready();
	zassert_str_equal(recorded(), "ab");
}

/* Threads and tasks of several executors meet. */
ZTEST(async_barrier, test_threads_and_tasks)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	start_on(&urgent, 0, 1, K_FOREVER);
	worker_start(PRIO_HIGH, come_in_thread, (void *)(uintptr_t) "t");
	start(1, 1);
	zassert_str_equal(recorded(), "atB");
}

/* One party need not wait for anybody; none is none. */
ZTEST(async_barrier, test_parties)
{
	static EDDY_BARRIER_DEFINE(alone, 1);
	struct eddy_barrier other;

	zassert_equal(eddy_barrier_try_wait(&alone), 1);
	zassert_equal(eddy_barrier_try_wait(&alone), 1);
	zassert_equal(eddy_barrier_init(&other, 0U), -EINVAL);
}
