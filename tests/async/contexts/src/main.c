/* SPDX-License-Identifier: Apache-2.0 */

/* Running a function in a thread, in a task and in an interrupt. */

#include "contexts.h"

static bool (*later)(void);

static void before(void *fixture)
{
	async_before(fixture);
	later = NULL;
}

ZTEST_SUITE(async_contexts, NULL, NULL, before, async_after, NULL);

void check_later(bool (*check)(void))
{
	later = check;
}

static void prepare_nothing(void)
{
}

static void conclude(bool passed, const char *where)
{
	zassert_true(passed, "in %s", where);
	if (later != NULL) {
		zassert_true(later(), "later, after a call in %s", where);
		later = NULL;
	}
}

struct caller {
	struct eddy_frame frame;
	bool (*call)(void);
	bool passed;
};

async_fn(caller)
{
	async_begin;
	my->passed = my->call();
	async_end;
}

static bool passed_in_task(bool (*call)(void))
{
	static EDDY_TASK_STORAGE(caller) task;

	EDDY_TASK_INIT(&task, caller, .call = call);
	spawn(&task.task);
	run_ready();
	return task.frame.passed;
}

static bool passed;

static void call_in_interrupt(const void *call)
{
	bool (*const *function)(void) = call;

	passed = k_is_in_isr() && (*function)();
}

static bool passed_in_interrupt(bool (*call)(void))
{
	passed = false;
	irq_offload(call_in_interrupt, &call);
	return passed;
}

void check_everywhere(void (*prepare)(void), bool (*call)(void))
{
	if (prepare == NULL) {
		prepare = prepare_nothing;
	}
	prepare();
	conclude(call(), "a thread");
	prepare();
	conclude(passed_in_task(call), "a task");
	prepare();
	conclude(passed_in_interrupt(call), "an interrupt");
}
