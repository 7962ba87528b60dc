/* SPDX-License-Identifier: Apache-2.0 */

/* Threads for tests, and the record of what they did. */

#include <zephyr/ztest.h>

#include "workers.h"

#define WORKER_STACK_SIZE 1024
#define RECORD_SIZE       128

static K_THREAD_STACK_ARRAY_DEFINE(stacks, WORKER_COUNT, WORKER_STACK_SIZE);
static struct k_thread workers[WORKER_COUNT];
static unsigned int worker_count;

static char events[RECORD_SIZE + 1];
static unsigned int event_count;

void workers_before(void *fixture)
{
	ARG_UNUSED(fixture);

	memset(events, 0, sizeof(events));
	event_count = 0U;
	k_thread_priority_set(k_current_get(), PRIO_TEST);
}

void workers_after(void *fixture)
{
	ARG_UNUSED(fixture);

	while (worker_count > 0U) {
		worker_count--;
		k_thread_abort(&workers[worker_count]);
	}
}

k_tid_t worker_create(int prio, k_thread_entry_t entry, void *arg, k_timeout_t delay)
{
	unsigned int index = worker_count;

	zassert_true(index < WORKER_COUNT, "more than %d workers", WORKER_COUNT);
	worker_count++;
	return k_thread_create(&workers[index], stacks[index], WORKER_STACK_SIZE, entry, arg, NULL,
			       NULL, prio, 0, delay);
}

k_tid_t worker_start(int prio, k_thread_entry_t entry, void *arg)
{
	return worker_create(prio, entry, arg, K_NO_WAIT);
}

void worker_join(k_tid_t worker)
{
	int result = k_thread_join(worker, K_SECONDS(1));

	zassert_equal(result, 0, "a worker did not end (%d)", result);
}

void record(char event)
{
	unsigned int key = irq_lock();

	if (event_count < RECORD_SIZE) {
		events[event_count] = event;
		event_count++;
	}
	irq_unlock(key);
}

const char *recorded(void)
{
	return events;
}

void record_letter(void *letter, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);

	record(*(const char *)letter);
}
