/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks: how they begin, what they leave behind, and how they begin again. */

#include "async_test.h"

ZTEST_SUITE(async_task, NULL, NULL, async_before, async_after, NULL);

static EDDY_SIGNAL_DEFINE(gate);

/* Records its letter in lower case, waits at the gate, records it in upper case. */
struct visitor {
	struct eddy_frame frame;
	char letter;
	int runs;
	int result;
	uintptr_t value;
};

async_fn(visitor)
{
	async_begin;
	record(my->letter);
	my->runs++;
	await_into(my->result, eddy_signal_wait(self, &gate, &my->value, K_FOREVER));
	record((char)(my->letter - 'a' + 'A'));
	async_return(my->result < 0 ? my->result : (int)my->value);
	async_end;
}

static EDDY_TASK_STORAGE(visitor) visitor_task;
static EDDY_TASK_STORAGE(visitor) second_task;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
	EDDY_TASK_INIT(&visitor_task, visitor, .letter = 'a');
	EDDY_TASK_INIT(&second_task, visitor, .letter = 'b');
}

ZTEST_SUITE(async_spawn, NULL, NULL, before, async_after, NULL);

static void spawn_in_isr(const void *task)
{
	zassert_equal(eddy_spawn(&executor, (struct eddy_task *)(uintptr_t)task), 0);
}

/* A spawned task runs when its executor gets to it, not earlier. */
ZTEST(async_spawn, test_the_executor_runs_it)
{
	zassert_false(eddy_task_is_active(&visitor_task.task));
	spawn(&visitor_task.task);
	zassert_true(eddy_task_is_active(&visitor_task.task));
	zassert_str_equal(recorded(), "");

	run_ready();
	zassert_str_equal(recorded(), "a");
	zassert_true(eddy_task_is_active(&visitor_task.task));

	eddy_signal_raise(&gate, 42U);
	run_ready();
	zassert_str_equal(recorded(), "aA");
	zassert_false(eddy_task_is_active(&visitor_task.task));
	zassert_equal(eddy_task_result(&visitor_task.task), 42);
}

/* A task may be spawned in an interrupt. */
ZTEST(async_spawn, test_spawn_in_an_interrupt)
{
	irq_offload(spawn_in_isr, &visitor_task.task);
	run_ready();
	zassert_str_equal(recorded(), "a");
	eddy_signal_raise(&gate, 0U);
	run_ready();
}

/* Spawning wakes an executor that sleeps, from a thread and from an interrupt. */
ZTEST(async_spawn, test_spawn_wakes_a_sleeping_executor)
{
	static struct eddy_executor other;

	start_executor(&other, PRIO_HIGH);
	zassert_equal(eddy_spawn(&other, &visitor_task.task), 0);
	zassert_str_equal(recorded(), "a", "it is more urgent: it runs at once");
	eddy_signal_raise(&gate, 1U);
	zassert_str_equal(recorded(), "aA");

	zassert_equal(eddy_spawn(&other, &second_task.task), 0);
	eddy_signal_raise(&gate, 2U);
	zassert_str_equal(recorded(), "aAbB");
	zassert_equal(eddy_task_result(&second_task.task), 2);
}

/* Spawns `second_task`, then itself. */
struct parent {
	struct eddy_frame frame;
	int child_result;
	int own_result;
};

async_fn(parent)
{
	async_begin;
	record('p');
	my->child_result = eddy_spawn(self->waiter.executor, &second_task.task);
	my->own_result = eddy_spawn(self->waiter.executor, self);
	record('P');
	async_end;
}

/* A task spawns others; they run after it. It cannot spawn itself, as it is active. */
ZTEST(async_spawn, test_spawn_in_a_task)
{
	static EDDY_TASK_STORAGE(parent) parent_task;

	EDDY_TASK_INIT(&parent_task, parent);
	spawn(&parent_task.task);
	run_ready();
	zassert_str_equal(recorded(), "pPb");
	zassert_equal(parent_task.frame.child_result, 0);
	zassert_equal(parent_task.frame.own_result, -EBUSY);

	eddy_signal_raise(&gate, 0U);
	run_ready();
}

/* An active task cannot be spawned again, be it ready or waiting; nothing happens to it. */
ZTEST(async_spawn, test_spawning_an_active_task_is_refused)
{
	static struct eddy_executor other;

	spawn(&visitor_task.task);
	zassert_equal(eddy_spawn(&executor, &visitor_task.task), -EBUSY, "ready");
	run_ready();
	zassert_equal(eddy_spawn(&executor, &visitor_task.task), -EBUSY, "waiting");
	eddy_executor_init(&other, "other");
	zassert_equal(eddy_spawn(&other, &visitor_task.task), -EBUSY, "on another executor");

	eddy_signal_raise(&gate, 5U);
	zassert_equal(eddy_spawn(&executor, &visitor_task.task), -EBUSY, "woken");
	run_ready();
	zassert_str_equal(recorded(), "aA");
	zassert_equal(eddy_task_result(&visitor_task.task), 5);
}

/* A task that has ended may be spawned again: it begins anew, with the frame as it was left. */
ZTEST(async_spawn, test_respawn_after_the_end)
{
	for (int round = 1; round <= 3; round++) {
		spawn(&visitor_task.task);
		run_ready();
		eddy_signal_raise(&gate, (uintptr_t)round);
		run_ready();
		zassert_equal(visitor_task.frame.runs, round);
		zassert_equal(eddy_task_result(&visitor_task.task), round);
	}
	zassert_str_equal(recorded(), "aAaAaA");
}

/* It may be spawned again on another executor. */
ZTEST(async_spawn, test_respawn_on_another_executor)
{
	static struct eddy_executor other;

	spawn(&visitor_task.task);
	eddy_signal_raise(&gate, 1U);
	run_ready();
	start_executor(&other, PRIO_HIGH);
	zassert_equal(eddy_spawn(&other, &visitor_task.task), 0);
	zassert_str_equal(recorded(), "aAa");
	eddy_signal_raise(&gate, 2U);
	zassert_str_equal(recorded(), "aAaA");
	zassert_equal(eddy_task_result(&visitor_task.task), 2);
}

/* A cancellation ends with the task: spawned again it waits as before. */
ZTEST(async_spawn, test_respawn_after_cancellation)
{
	spawn(&visitor_task.task);
	run_ready();
	zassert_equal(eddy_cancel(&visitor_task.task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&visitor_task.task), -ECANCELED);

	spawn(&visitor_task.task);
	run_ready();
	zassert_true(eddy_task_is_active(&visitor_task.task));
	eddy_signal_raise(&gate, 8U);
	run_ready();
	zassert_equal(eddy_task_result(&visitor_task.task), 8);
}

/* Waits at two places. */
struct two_places {
	struct eddy_frame frame;
	struct visitor visitor;
};

async_fn(two_places)
{
	async_begin;
	await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	await(eddy_call(self, visitor, &my->visitor, .letter = 'v'));
	async_end;
}

/* Where a task waits is a different address for each await, and the same for all tasks there. */
ZTEST(async_task, test_where_tells_awaits_apart)
{
	static EDDY_TASK_STORAGE(two_places) storage;
	struct eddy_task *task = &storage.task;
	void *first;
	void *second;

	EDDY_TASK_INIT(&storage, two_places);
	EDDY_TASK_INIT(&visitor_task, visitor, .letter = 'a');
	eddy_signal_init(&gate);
	spawn(task);
	run_ready();
	first = eddy_task_where(task);
	zassert_equal_ptr(eddy_task_where(task), first);

	eddy_signal_raise(&gate, 0U);
	spawn(&visitor_task.task);
	run_ready();
	second = eddy_task_where(task);
	zassert_not_null(first);
	zassert_not_equal(first, second);
	zassert_equal_ptr(eddy_task_where(&visitor_task.task), second, "the innermost frame");

	eddy_signal_raise(&gate, 0U);
	eddy_signal_raise(&gate, 0U);
	run_ready();
	zassert_equal(eddy_task_try_join(task), 0);
}

/* Hundreds of tasks are independent of each other. */
ZTEST(async_task, test_many_tasks)
{
	static EDDY_TASK_STORAGE(visitor) many[100];

	eddy_signal_init(&gate);
	for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
		EDDY_TASK_INIT(&many[i], visitor, .letter = 'm');
		spawn(&many[i].task);
	}
	run_ready();
	for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
		eddy_signal_raise(&gate, i);
	}
	run_ready();
	for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
		zassert_equal(eddy_task_try_join(&many[i].task), 0);
		zassert_equal(eddy_task_result(&many[i].task), (int)i);
	}
}

/* A task is named after its function, or as it is told; without the option it has no name. */
ZTEST(async_task, test_name)
{
	if (!IS_ENABLED(CONFIG_EDDY_TASK_NAME)) {
		eddy_task_name_set(&visitor_task.task, "vera");
		zassert_is_null(eddy_task_name_get(&visitor_task.task));
		return;
	}
	EDDY_TASK_INIT(&visitor_task, visitor, .letter = 'a');
	zassert_str_equal(eddy_task_name_get(&visitor_task.task), "visitor");
	eddy_task_name_set(&visitor_task.task, "vera");
	zassert_str_equal(eddy_task_name_get(&visitor_task.task), "vera");
}
