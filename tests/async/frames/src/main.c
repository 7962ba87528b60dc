/* SPDX-License-Identifier: Apache-2.0 */

/* Frames: async functions that call each other, their arguments, results and lifetimes. */

#include "async_test.h"

#define DEEPEST 16

ZTEST_SUITE(async_frames, NULL, NULL, async_before, async_after, NULL);

static EDDY_SIGNAL_DEFINE(wake);

/* Waits for `wake`; its result is the value, plus one for each level that it came through. */
struct level {
	struct eddy_frame frame;
	unsigned int depth; /* 1: the innermost */
	uintptr_t value;
	int result;
};

/* How often each level was entered, at its beginning or by a resume. */
static unsigned int entries[DEEPEST + 1];

async_fn(level)
{
	entries[my->depth]++;
	async_begin;
	if (my->depth > 1U) {
		await_into(my->result, eddy_call(self, level, my + 1, .depth = my->depth - 1U));
		async_return(my->result < 0 ? my->result : my->result + 1);
	}
	await_into(my->result, eddy_signal_wait(self, &wake, &my->value, K_FOREVER));
	async_return(my->result < 0 ? my->result : (int)my->value);
	async_end;
}

struct tower {
	struct eddy_frame frame;
	unsigned int depth;
	struct level levels[DEEPEST];
};

async_fn(tower)
{
	int result;

	async_begin;
	await_into(result, eddy_call(self, level, &my->levels[0], .depth = my->depth));
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(tower) tower_task;

static struct eddy_task *spawn_tower(unsigned int depth)
{
	memset(entries, 0, sizeof(entries));
	EDDY_TASK_INIT(&tower_task, tower, .depth = depth);
	spawn(&tower_task.task);
	run_ready();
	return &tower_task.task;
}

/* However deeply functions are nested, the innermost one waits and all results come back. */
ZTEST(async_frames, test_results_return_through_every_depth)
{
	for (unsigned int depth = 1; depth <= DEEPEST; depth++) {
		struct eddy_task *task = spawn_tower(depth);

		zassert_equal(eddy_task_try_join(task), -EAGAIN);
		eddy_signal_raise(&wake, 1000U);
		run_ready();
		zassert_equal(eddy_task_try_join(task), 0);
		zassert_equal(eddy_task_result(task), 1000 + (int)depth - 1, "depth %u", depth);
	}
}

/* A resume enters the innermost function, not those around it. */
ZTEST(async_frames, test_a_resume_enters_the_innermost_frame_alone)
{
	struct eddy_task *task = spawn_tower(DEEPEST);

	for (unsigned int depth = 1; depth <= DEEPEST; depth++) {
		zassert_equal(entries[depth], 1U);
	}
	eddy_signal_raise(&wake, 1U);
	zassert_true(eddy_executor_poll(&executor));

	/* Each function goes on exactly once, when its callee has returned. */
	for (unsigned int depth = 1; depth <= DEEPEST; depth++) {
		zassert_equal(entries[depth], 2U, "depth %u: %u", depth, entries[depth]);
	}
	zassert_equal(eddy_task_try_join(task), 0);
}

/* Cancellation reaches the innermost await and returns through all callers. */
ZTEST(async_frames, test_cancellation_returns_through_every_depth)
{
	struct eddy_task *task = spawn_tower(DEEPEST);

	zassert_equal(eddy_cancel(task), 0);
	run_ready();
	zassert_equal(eddy_task_result(task), -ECANCELED);
}

/* Waits a number of times, then returns that number. */
struct repeat {
	struct eddy_frame frame;
	int times;
	int done;
};

static unsigned int repeat_entries;

async_fn(repeat)
{
	repeat_entries++;
	async_begin;
	for (my->done = 0; my->done < my->times; my->done++) {
		await(eddy_yield(self));
	}
	async_return(my->done);
	async_end;
}

/* Calls repeat() three times, then once more from within a loop. */
struct sum {
	struct eddy_frame frame;
	int total;
	int i;
	struct repeat repeat;
};

static unsigned int sum_entries;

async_fn(sum)
{
	int part;

	sum_entries++;
	async_begin;
	for (my->i = 0; my->i < 3; my->i++) {
		await_into(part, eddy_call(self, repeat, &my->repeat, .times = my->i));
		my->total += part;
	}
	async_return(my->total);
	async_end;
}

static EDDY_TASK_STORAGE(sum) sum_task;

/* A function that waits several times resumes its caller once, when it has returned. */
ZTEST(async_frames, test_a_caller_goes_on_when_its_callee_returns)
{
	repeat_entries = 0U;
	sum_entries = 0U;
	EDDY_TASK_INIT(&sum_task, sum, .total = 100);
	spawn(&sum_task.task);
	run_ready();

	zassert_equal(eddy_task_result(&sum_task.task), 100 + 0 + 1 + 2);
	zassert_equal(repeat_entries, 1U + 2U + 3U);
	zassert_equal(sum_entries, 1U + 2U, "the call with 0 yields returns at once");
}

/* Calls that need not wait complete within one resume of the task. */
ZTEST(async_frames, test_immediate_results_need_no_turn)
{
	EDDY_TASK_INIT(&tower_task, tower, .depth = DEEPEST);
	memset(entries, 0, sizeof(entries));
	eddy_signal_raise(&wake, 7U);
	spawn(&tower_task.task);

	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_task_try_join(&tower_task.task), 0);
	zassert_equal(eddy_task_result(&tower_task.task), 7 + DEEPEST - 1);
	zassert_equal(entries[1], 1U);
	zassert_false(eddy_executor_poll(&executor));
}

/* Two functions whose frames share memory. */
struct split {
	struct eddy_frame frame;
	int input;
	int high;
	int low;
};

async_fn(split)
{
	async_begin;
	await(eddy_yield(self));
	my->high = my->input / 100;
	my->low = my->input % 100;
	await(eddy_yield(self));
	async_end;
}

struct add {
	struct eddy_frame frame;
	char other_layout[24];
	int a;
	int b;
	int untouched;
};

async_fn(add)
{
	async_begin;
	await(eddy_yield(self));
	async_return(my->a + my->b + my->untouched);
	async_end;
}

struct digits {
	struct eddy_frame frame;
	int input;
	int result;
	union {
		struct split split;
		struct add add;
	} call;
};

async_fn(digits)
{
	async_begin;
	await(eddy_call(self, split, &my->call.split, .input = my->input));
	await_into(my->result, eddy_call(self, add, &my->call.add, .a = my->call.split.high,
					 .b = my->call.split.low));
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(digits) digits_task;

/*
 * Calls one after another may share memory: arguments of the second may be results of the first
 * that they overwrite, and what is not given becomes 0.
 */
ZTEST(async_frames, test_frames_in_a_union)
{
	EDDY_TASK_INIT(&digits_task, digits, .input = 1234);
	memset(&digits_task.frame.call, 0x5a, sizeof(digits_task.frame.call));
	spawn(&digits_task.task);
	run_ready();
	zassert_equal(eddy_task_result(&digits_task.task), 12 + 34);
}

/* Two functions that call each other: one of them is declared before it is defined. */
struct ping {
	struct eddy_frame frame;
	int left;
	int result;
};

struct pong {
	struct eddy_frame frame;
	int left;
	struct ping ping;
	int result;
};

async_decl(pong);

static struct pong pongs[4];

async_fn(ping)
{
	async_begin;
	record('i');
	await(eddy_yield(self));
	if (my->left > 0) {
		await_into(my->result,
			   eddy_call(self, pong, &pongs[my->left - 1], .left = my->left - 1));
	}
	async_return(my->result + 1);
	async_end;
}

async_fn(pong)
{
	async_begin;
	record('o');
	await_into(my->result, eddy_call(self, ping, &my->ping, .left = my->left));
	async_return(my->result + 10);
	async_end;
}

static EDDY_TASK_STORAGE(ping) ping_task;

/* A function may be declared before it is defined, and be called recursively. */
ZTEST(async_frames, test_functions_that_call_each_other)
{
	EDDY_TASK_INIT(&ping_task, ping, .left = 3);
	spawn(&ping_task.task);
	run_ready();
	zassert_equal(eddy_task_result(&ping_task.task), 4 * 1 + 3 * 10);
	zassert_str_equal(recorded(), "ioioioi");
}

struct aligned {
	struct eddy_frame frame;
	char line[64] __aligned(64);
};

static uintptr_t aligned_seen;

async_fn(aligned)
{
	async_begin;
	await(eddy_yield(self));
	aligned_seen = (uintptr_t)my->line;
	async_return((int)my->line[63]);
	async_end;
}

/* A frame has the alignment that its members ask for, and its task finds it. */
ZTEST(async_frames, test_a_frame_with_a_large_alignment)
{
	static EDDY_TASK_STORAGE(aligned) storage;

	EDDY_TASK_INIT(&storage, aligned, .line[63] = 9);
	spawn(&storage.task);
	run_ready();
	zassert_equal(eddy_task_result(&storage.task), 9);
	zassert_equal(aligned_seen % 64U, 0U);
}

EDDY_TASK_DEFINE(defined, digits, .input = 789);

/* EDDY_TASK_DEFINE() makes a task that is ready to be spawned, with the arguments given. */
ZTEST(async_frames, test_a_task_defined_at_build_time)
{
	spawn(&defined);
	run_ready();
	zassert_equal(eddy_task_result(&defined), 7 + 89);
}
