/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Trace points in the trace of Zephyr's kernel. It is in the Common Trace Format, and kept in
 * memory, where we look for it.
 */

#include "async_test.h"

#include <eddy/trace.h>

/* Of Zephyr's tracing backend CONFIG_TRACING_BACKEND_RAM. */
extern uint8_t ram_tracing[CONFIG_RAM_TRACING_BUFFER_SIZE];

#define NAME_SIZE 20 /* in the trace */

ZTEST_SUITE(async_kernel_trace, NULL, NULL, async_before, async_after, NULL);

/* Find a name in the trace, from some place on. @return Its place. */
static size_t find(const char *name, size_t from)
{
	size_t length = strlen(name) + 1U;

	for (size_t at = from; at + length <= sizeof(ram_tracing); at++) {
		if (memcmp(&ram_tracing[at], name, length) == 0) {
			return at;
		}
	}
	zassert_unreachable("no %s behind %u", name, (unsigned int)from);
	return sizeof(ram_tracing);
}

static uint32_t word_at(size_t at)
{
	uint32_t word;

	memcpy(&word, &ram_tracing[at], sizeof(word));
	return word;
}

/* Find an event of ours. @return The place behind it. */
static size_t find_event(enum eddy_trace event, const struct eddy_executor *executor,
			 const struct eddy_task *task, size_t from)
{
	size_t at = find(eddy_trace_name(event), from) + NAME_SIZE;

	zassert_equal(word_at(at), (uint32_t)(uintptr_t)task);
	zassert_equal(word_at(at + 4U), (uint32_t)(uintptr_t)executor);
	return at + 8U;
}

struct napper {
	struct eddy_frame frame;
};

async_fn(napper)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(3)));
	async_end;
}

EDDY_TASK_DEFINE(nap, napper);

static void be_seen(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
}

/* Of a task that sleeps: all events, in this order; and, meanwhile, those of another thread. */
ZTEST(async_kernel_trace, test_our_events_are_between_the_kernels)
{
	k_tid_t bystander = worker_start(PRIO_LOW, be_seen, NULL);
	size_t at;

	k_thread_name_set(bystander, "bystander");
	spawn(&nap);
	run_for(K_TICKS(10));

	at = find_event(EDDY_TRACE_TASK_SPAWNED, &executor, &nap, 0);
	at = find_event(EDDY_TRACE_TASK_RUNS, &executor, &nap, at);
	at = find_event(EDDY_TRACE_TASK_WAITS, &executor, &nap, at);
	at = find_event(EDDY_TRACE_EXECUTOR_SLEEPS, &executor, NULL, at);
	at = find("bystander", at);
	at = find_event(EDDY_TRACE_EXECUTOR_WAKES, &executor, NULL, at);
	at = find_event(EDDY_TRACE_TASK_RUNS, &executor, &nap, at);
	(void)find_event(EDDY_TRACE_TASK_DONE, &executor, &nap, at);
}
