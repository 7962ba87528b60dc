/* SPDX-License-Identifier: Apache-2.0 */

/* Trace points: which are told, and in which order. */

#include "async_test.h"

#include <eddy/trace.h>

static EDDY_SIGNAL_DEFINE(gate);

static const struct eddy_executor *told_executor;
static const struct eddy_task *told_task;
static unsigned int sleeps;
static unsigned int wakes;
static bool is_recording;
static bool is_sleep_recorded;

void eddy_trace_event(enum eddy_trace event, const struct eddy_executor *executor,
		      const struct eddy_task *task)
{
	static const char letters[] = {
		[EDDY_TRACE_TASK_SPAWNED] = '+',   [EDDY_TRACE_TASK_RUNS] = 'r',
		[EDDY_TRACE_TASK_WAITS] = 'w',     [EDDY_TRACE_TASK_CANCELED] = 'c',
		[EDDY_TRACE_TASK_DONE] = '-',      [EDDY_TRACE_EXECUTOR_SLEEPS] = 'z',
		[EDDY_TRACE_EXECUTOR_WAKES] = '!',
	};

	if (!is_recording) {
		return;
	}
	sleeps += event == EDDY_TRACE_EXECUTOR_SLEEPS ? 1U : 0U;
	wakes += event == EDDY_TRACE_EXECUTOR_WAKES ? 1U : 0U;
	told_executor = executor;
	told_task = task;
	if (task != NULL || is_sleep_recorded) {
		record(letters[event]);
	}
}

/* Begin here, lest the tests' own helpers be recorded. */
static void before(void *fixture)
{
	is_recording = false;
	async_before(fixture);
	sleeps = 0U;
	wakes = 0U;
	is_sleep_recorded = true;
	is_recording = true;
}

static void after(void *fixture)
{
	is_recording = false;
	async_after(fixture);
}

ZTEST_SUITE(async_tracing, NULL, NULL, before, after, NULL);

/* Yields, calls a function that waits at the gate, ends. */
struct inner {
	struct eddy_frame frame;
};

async_fn(inner)
{
	async_begin;
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	async_end;
}

struct outer {
	struct eddy_frame frame;
	struct inner inner;
};

async_fn(outer)
{
	async_begin;
	await(eddy_yield(self));
	await(eddy_call(self, inner, &my->inner));
	await(eddy_yield(self));
	async_end;
}

static EDDY_TASK_STORAGE(outer) task;

static void spawn_outer(struct eddy_executor *on)
{
	EDDY_TASK_INIT(&task, outer);
	zassert_equal(eddy_spawn(on, &task.task), 0);
}

/* A task is told about when it is spawned, runs, waits, and is done; always as itself. */
ZTEST(async_tracing, test_a_task)
{
	spawn_outer(&executor);
	zassert_equal_ptr(told_task, &task.task);
	zassert_equal_ptr(told_executor, &executor);
	run_ready();
	zassert_recorded("+rwrw");
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_recorded("+rwrwrwr-");
	zassert_equal_ptr(told_task, &task.task);
	zassert_equal_ptr(told_executor, &executor);
}

/* A cancellation is told about once; one of a task that is not active, not at all. */
ZTEST(async_tracing, test_a_cancellation)
{
	spawn_outer(&executor);
	run_ready();
	eddy_cancel(&task.task);
	zassert_equal_ptr(told_task, &task.task);
	run_ready();
	eddy_cancel(&task.task);
	zassert_recorded("+rwrwcr-");
}

static struct eddy_executor other;

/* An executor on a thread is told about when it sleeps and when it wakes. */
ZTEST(async_tracing, test_a_thread_executor)
{
	start_executor(&other, PRIO_HIGH);
	zassert_recorded("z");
	zassert_equal_ptr(told_executor, &other);
	zassert_is_null(told_task);
	spawn_outer(&other);
	zassert_recorded("z+!rwrwz");
	eddy_signal_raise(&gate, 0U);
	zassert_recorded("z+!rwrwz!rwr-z");
}

static struct eddy_work_executor work;

static K_THREAD_STACK_DEFINE(stack, 2048);

/* One on a work queue: each batch is an item of its own. */
ZTEST(async_tracing, test_a_work_executor)
{
	static struct k_work_q queue;

	k_work_queue_init(&queue);
	k_work_queue_start(&queue, stack, K_THREAD_STACK_SIZEOF(stack), PRIO_HIGH, NULL);
	eddy_work_executor_init(&work, "work", &queue);
	spawn_outer(&work.executor);
	zassert_recorded("+!rw!rwz");
	eddy_signal_raise(&gate, 0U);
	zassert_recorded("+!rw!rwz!rw!r-z");
	zassert_equal_ptr(told_executor, &work.executor);
	k_thread_abort(k_work_queue_thread_get(&queue));
}

/* Stops the bare executor on which it runs. */
struct stopper {
	struct eddy_frame frame;
	struct eddy_bare_executor *bare;
};

async_fn(stopper)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(2)));
	eddy_executor_stop(&my->bare->executor);
	async_end;
}

/* A bare one, whenever it puts the CPU to sleep: any interrupt ends that. */
ZTEST(async_tracing, test_a_bare_executor)
{
	static struct eddy_bare_executor bare;
	static EDDY_TASK_STORAGE(stopper) stop_task;

	is_sleep_recorded = false;
	eddy_bare_executor_init(&bare, "bare");
	EDDY_TASK_INIT(&stop_task, stopper, .bare = &bare);
	zassert_equal(eddy_spawn(&bare.executor, &stop_task.task), 0);
	eddy_bare_executor_run(&bare);

	zassert_recorded("+rwr-");
	zassert_true(sleeps >= 1U);
	zassert_equal(wakes, sleeps);
	zassert_equal_ptr(told_executor, &bare.executor);
}

/* Each event has a name that Zephyr's formats can keep. */
ZTEST(async_tracing, test_names)
{
	for (int event = 0; event <= EDDY_TRACE_EXECUTOR_WAKES; event++) {
		const char *name = eddy_trace_name((enum eddy_trace)event);

		zassert_equal(strncmp(name, "eddy_", 5), 0);
		zassert_true(strlen(name) < 20U, "%s", name);
	}
}
