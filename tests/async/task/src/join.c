/* SPDX-License-Identifier: Apache-2.0 */

/* Join: waiting for the end of a task, and its result. */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(gate);

/* The task that others join: ends when the gate opens. */
struct target {
	struct eddy_frame frame;
	int result;
};

async_fn(target)
{
	async_begin;
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_return(my->result);
	async_end;
}

/* Joins a task, records its letter. Returns what the join returned. */
struct joiner {
	struct eddy_frame frame;
	struct eddy_task *task;
	k_timeout_t timeout;
	char letter;
};

async_fn(joiner)
{
	int result;

	async_begin;
	await_into(result, eddy_task_join(self, my->task, my->timeout));
	record(my->letter);
	async_return(result);
	async_end;
}

/* The same as a thread. */
struct thread_joiner {
	struct eddy_task *task;
	k_timeout_t timeout;
	char letter;
	int result;
};

static void join_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_joiner *joiner = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	joiner->result = UNSET;
	joiner->result = eddy_task_join_blocking(joiner->task, joiner->timeout);
	record(joiner->letter);
}

static EDDY_TASK_STORAGE(target) target_task;
static EDDY_TASK_STORAGE(joiner) joiner_task;
static EDDY_TASK_STORAGE(joiner) second_joiner_task;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
	EDDY_TASK_INIT(&target_task, target, .result = 77);
	EDDY_TASK_INIT(&joiner_task, joiner, .task = &target_task.task, .timeout = K_FOREVER,
		       .letter = 'a');
	EDDY_TASK_INIT(&second_joiner_task, joiner, .task = &target_task.task, .timeout = K_FOREVER,
		       .letter = 'b');
}

ZTEST_SUITE(async_join, NULL, NULL, before, async_after, NULL);

static void end_target(void)
{
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_equal(eddy_task_try_join(&target_task.task), 0);
	zassert_equal(eddy_task_result(&target_task.task), 77);
}

/* A task waits for the end of another. */
ZTEST(async_join, test_a_task_joins_a_task)
{
	spawn(&target_task.task);
	spawn(&joiner_task.task);
	run_ready();
	zassert_str_equal(recorded(), "");
	end_target();
	zassert_str_equal(recorded(), "a");
	zassert_equal(eddy_task_result(&joiner_task.task), 0);
}

/* So does a thread. */
ZTEST(async_join, test_a_thread_joins_a_task)
{
	struct thread_joiner joiner = {&target_task.task, K_FOREVER, 't', UNSET};

	spawn(&target_task.task);
	worker_start(PRIO_HIGH, join_in_thread, &joiner);
	run_ready();
	zassert_equal(joiner.result, UNSET);
	end_target();
	zassert_equal(joiner.result, 0);
}

/* Several may wait for one task: all go on when it ends. */
ZTEST(async_join, test_several_join_one_task)
{
	static struct eddy_executor other;
	struct thread_joiner high = {&target_task.task, K_FOREVER, 'h', UNSET};
	struct thread_joiner low = {&target_task.task, K_FOREVER, 'l', UNSET};

	spawn(&target_task.task);
	worker_start(PRIO_LOW, join_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn(&joiner_task.task);
	run_ready();
	start_executor(&other, PRIO_COOP);
	zassert_equal(eddy_spawn(&other, &second_joiner_task.task), 0);
	worker_start(PRIO_HIGH, join_in_thread, &high);

	end_target();
	k_sleep(K_MSEC(1));
	zassert_equal(strlen(recorded()), 4U, "%s", recorded());
	zassert_equal(recorded()[3], 'l', "%s", recorded());
	zassert_equal(high.result, 0);
	zassert_equal(low.result, 0);
	zassert_equal(eddy_task_result(&joiner_task.task), 0);
	zassert_equal(eddy_task_result(&second_joiner_task.task), 0);
}

/* Joining a task that has ended returns at once, however often, until it is spawned again. */
ZTEST(async_join, test_join_a_done_task)
{
	spawn(&target_task.task);
	run_ready();
	end_target();
	for (int i = 0; i < 2; i++) {
		spawn(&joiner_task.task);
		zassert_true(eddy_executor_poll(&executor));
		zassert_equal(eddy_task_result(&joiner_task.task), 0);
		zassert_equal(eddy_task_join_blocking(&target_task.task, K_FOREVER), 0);
		zassert_equal(eddy_task_join_blocking(&target_task.task, K_NO_WAIT), 0);
		zassert_equal(eddy_task_try_join(&target_task.task), 0);
	}
	spawn(&target_task.task);
	run_ready();
	zassert_equal(eddy_task_try_join(&target_task.task), -EAGAIN);
	end_target();
}

/* A task that was never spawned cannot be joined. */
ZTEST(async_join, test_join_a_task_never_spawned)
{
	spawn(&joiner_task.task);
	run_ready();
	zassert_equal(eddy_task_result(&joiner_task.task), -EINVAL);
	zassert_equal(eddy_task_join_blocking(&target_task.task, K_FOREVER), -EINVAL);
	zassert_equal(eddy_task_try_join(&target_task.task), -EINVAL);
}

/* A task that joins itself is told so. */
ZTEST(async_join, test_join_oneself)
{
	joiner_task.frame.task = &joiner_task.task;
	spawn(&joiner_task.task);
	run_ready();
	zassert_equal(eddy_task_result(&joiner_task.task), -EDEADLK);
}

/* A join with a time limit ends without the task's end; the task goes on. */
ZTEST(async_join, test_join_times_out)
{
	struct thread_joiner joiner = {&target_task.task, K_MSEC(5), 't', UNSET};
	int64_t start = k_uptime_ticks();

	spawn(&target_task.task);
	joiner_task.frame.timeout = K_MSEC(20);
	spawn(&joiner_task.task);
	worker_start(PRIO_HIGH, join_in_thread, &joiner);
	run_until_done(&joiner_task.task);

	zassert_equal(eddy_task_result(&joiner_task.task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(20).ticks);
	zassert_equal(joiner.result, -EAGAIN);
	end_target();
	zassert_str_equal(recorded(), "ta");
}

/* Without waiting, joining an active task fails. */
ZTEST(async_join, test_join_without_waiting)
{
	spawn(&target_task.task);
	joiner_task.frame.timeout = K_NO_WAIT;
	spawn(&joiner_task.task);
	run_ready();
	zassert_equal(eddy_task_result(&joiner_task.task), -EAGAIN);
	zassert_equal(eddy_task_join_blocking(&target_task.task, K_NO_WAIT), -EAGAIN);
	zassert_equal(eddy_task_try_join(&target_task.task), -EAGAIN);
	end_target();
}

/* Canceling a joiner ends its wait, not the task that it waits for. */
ZTEST(async_join, test_cancel_a_joiner)
{
	spawn(&target_task.task);
	spawn(&joiner_task.task);
	spawn(&second_joiner_task.task);
	run_ready();
	zassert_equal(eddy_cancel(&joiner_task.task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&joiner_task.task), -ECANCELED);
	zassert_true(eddy_task_is_active(&target_task.task));
	zassert_true(eddy_task_is_active(&second_joiner_task.task));

	end_target();
	zassert_str_equal(recorded(), "ab");
}

static int isr_result;

static void try_join_in_isr(const void *task)
{
	isr_result = eddy_task_try_join((struct eddy_task *)(uintptr_t)task);
}

/* An interrupt may ask whether a task is done. */
ZTEST(async_join, test_try_join_in_an_interrupt)
{
	spawn(&target_task.task);
	irq_offload(try_join_in_isr, &target_task.task);
	zassert_equal(isr_result, -EAGAIN);
	end_target();
	irq_offload(try_join_in_isr, &target_task.task);
	zassert_equal(isr_result, 0);
}

/* Joins the target, then destroys it; on a stack that is more urgent than the target's. */
static void join_and_destroy(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_task_join_blocking(&target_task.task, SOON), 0);
	memset(&target_task, 0xff, sizeof(target_task));
	record('d');
}

struct destroyer {
	struct eddy_frame frame;
};

async_fn(destroyer)
{
	int result;

	async_begin;
	await_into(result, eddy_task_join(self, &target_task.task, SOON));
	zassert_equal(result, 0);
	memset(&target_task, 0xff, sizeof(target_task));
	record('d');
	async_end;
}

/* Once a task is joined its memory belongs to the joiner: nobody looks at it any more. */
ZTEST(async_join, test_a_thread_may_destroy_what_it_joined)
{
	spawn(&target_task.task);
	worker_start(PRIO_HIGH, join_and_destroy, NULL);
	run_ready();
	spawn(&joiner_task.task);
	joiner_task.frame.task = &joiner_task.task;
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_str_equal(recorded(), "ad");
}

/* The same for a task that joins, on an executor more urgent than the target's. */
ZTEST(async_join, test_a_task_may_destroy_what_it_joined)
{
	static struct eddy_executor other;
	static EDDY_TASK_STORAGE(destroyer) destroyer_task;

	spawn(&target_task.task);
	start_executor(&other, PRIO_HIGH);
	EDDY_TASK_INIT(&destroyer_task, destroyer);
	zassert_equal(eddy_spawn(&other, &destroyer_task.task), 0);
	run_ready();
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_str_equal(recorded(), "d");
	zassert_equal(eddy_task_try_join(&destroyer_task.task), 0);
}

/* Respawns the target as soon as it ends. */
struct respawner {
	struct eddy_frame frame;
	int rounds;
	int sum;
};

async_fn(respawner)
{
	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		zassert_equal(eddy_spawn(&executor, &target_task.task), 0);
		await(eddy_task_join(self, &target_task.task, SOON));
		my->sum += eddy_task_result(&target_task.task);
	}
	async_return(my->sum);
	async_end;
}

/* A joiner that is more urgent may spawn the task again while it is still on its way out. */
ZTEST(async_join, test_respawn_by_an_urgent_joiner)
{
	static struct eddy_executor other;
	static EDDY_TASK_STORAGE(respawner) respawner_task;

	start_executor(&other, PRIO_HIGH);
	EDDY_TASK_INIT(&respawner_task, respawner, .rounds = 10);
	zassert_equal(eddy_spawn(&other, &respawner_task.task), 0);
	for (int i = 0; i < 10; i++) {
		run_ready();
		eddy_signal_raise(&gate, 0U);
	}
	run_ready();
	zassert_equal(eddy_task_try_join(&respawner_task.task), 0);
	zassert_equal(eddy_task_result(&respawner_task.task), 770);
}
