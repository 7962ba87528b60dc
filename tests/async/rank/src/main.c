/* SPDX-License-Identifier: Apache-2.0 */

/* Ranks: priorities and deadlines among the tasks of one executor. */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(gate);
EDDY_CHAN_DEFINE(chan, uint32_t, 1);

/* Records its letter at each turn, and does something in between. */
struct worker {
	struct eddy_frame frame;
	char letter;         /* in */
	unsigned int yields; /* in */
	bool waits;          /* in: first, for the gate */
};

async_fn(worker)
{
	async_begin;
	if (my->waits) {
		await(eddy_signal_wait(self, &gate, NULL, K_FOREVER));
	}
	record(my->letter);
	for (; my->yields != 0U; my->yields--) {
		await(eddy_yield(self));
		record(my->letter);
	}
	async_end;
}

#define WORKERS 40U

static EDDY_TASK_STORAGE(worker) workers[WORKERS];

static struct eddy_task *start(unsigned int index, int8_t priority, k_ticks_t tick)
{
	struct eddy_task *task = &workers[index].task;

	EDDY_TASK_INIT(&workers[index], worker, .letter = (char)('a' + index));
	eddy_task_priority_set(task, priority);
	eddy_task_deadline_set(task, tick);
	spawn(task);
	return task;
}

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
}

ZTEST_SUITE(async_rank, NULL, NULL, before, async_after, NULL);

/* The most urgent of the ready tasks runs first; equals in the order of their wakes. */
ZTEST(async_rank, test_priority)
{
	(void)start(0, 3, K_TICKS_FOREVER);
	(void)start(1, -128, K_TICKS_FOREVER);
	(void)start(2, 3, K_TICKS_FOREVER);
	(void)start(3, 127, K_TICKS_FOREVER);
	(void)start(4, 0, K_TICKS_FOREVER);
	(void)start(5, 3, K_TICKS_FOREVER);
	run_ready();
	zassert_recorded("beacfd");
	zassert_equal(eddy_task_priority_get(&workers[3].task), 127);
}

/* Among tasks of one priority the earliest deadline comes first, and none comes last. */
ZTEST(async_rank, test_deadline)
{
	(void)start(0, 0, K_TICKS_FOREVER);
	(void)start(1, 0, 5000);
	(void)start(2, 0, 10);
	(void)start(3, 0, INT64_MAX - 1);
	(void)start(4, 0, 0);
	(void)start(5, 1, 1);
	(void)start(6, 0, 10);
	(void)start(7, 0, 0x100000000);
	run_ready();
	zassert_recorded("ecgbhdaf");
}

/* One task at a time: what becomes ready meanwhile and is more urgent comes next. */
struct waker {
	struct eddy_frame frame;
};

async_fn(waker)
{
	async_begin;
	record('(');
	eddy_signal_raise(&gate, 0U);
	record(')');
	async_end;
}

static EDDY_TASK_STORAGE(waker) waker_task;

ZTEST(async_rank, test_woken_tasks_come_next)
{
	EDDY_TASK_INIT(&workers[0], worker, .letter = 'u', .waits = true);
	eddy_task_priority_set(&workers[0].task, -1);
	spawn(&workers[0].task);
	run_ready();
	EDDY_TASK_INIT(&waker_task, waker);
	spawn(&waker_task.task);
	(void)start(1, 0, K_TICKS_FOREVER);
	run_ready();
	zassert_recorded("()ub");
}

/* A task that yields comes behind its equals, but before those less urgent. */
ZTEST(async_rank, test_yield)
{
	(void)start(0, 0, K_TICKS_FOREVER);
	(void)start(1, 0, K_TICKS_FOREVER);
	(void)start(2, 1, K_TICKS_FOREVER);
	workers[0].frame.yields = 2U;
	workers[2].frame.yields = 1U;
	run_ready();
	zassert_recorded("abaacc");
}

/* A rank that changes while the task is ready takes effect at once. */
ZTEST(async_rank, test_change_while_ready)
{
	struct eddy_task *a = start(0, 0, K_TICKS_FOREVER);
	struct eddy_task *b = start(1, 0, K_TICKS_FOREVER);
	struct eddy_task *c = start(2, 0, K_TICKS_FOREVER);

	(void)start(3, 0, K_TICKS_FOREVER);
	eddy_task_priority_set(c, -1);
	eddy_task_priority_set(a, 1);
	eddy_task_deadline_set(b, K_TICKS_FOREVER); /* behind its equals */
	run_ready();
	zassert_recorded("cdba");
}

/* Whatever changes while tasks are queued, all of them run, in the order of their ranks. */
ZTEST(async_rank, test_many_changes)
{
	uint32_t seed = 1U;
	int8_t last = INT8_MIN;

	for (unsigned int round = 0; round < 50U; round++) {
		for (unsigned int i = 0; i < WORKERS; i++) {
			(void)start(i, (int8_t)(seed >> 24), K_TICKS_FOREVER);
			seed = seed * 1664525U + 1013904223U;
		}
		for (unsigned int i = 0; i < 100U; i++) {
			seed = seed * 1664525U + 1013904223U;
			eddy_task_priority_set(&workers[(seed >> 8) % WORKERS].task,
					       (int8_t)(seed >> 24));
			if (i % 5U == 0U) {
				(void)eddy_executor_poll(&executor);
			}
		}
		last = INT8_MIN;
		for (;;) {
			int8_t next = INT8_MAX;

			for (unsigned int i = 0; i < WORKERS; i++) {
				if (eddy_task_is_active(&workers[i].task)) {
					next = MIN(next, workers[i].task.rank.prio);
				}
			}
			if (!eddy_executor_poll(&executor)) {
				break;
			}
			zassert_true(next >= last, "%d ran behind %d", next, last);
			last = next;
		}
		for (unsigned int i = 0; i < WORKERS; i++) {
			zassert_equal(eddy_task_try_join(&workers[i].task), 0);
		}
	}
}

/* Receives one item and records its letter. */
struct receiver {
	struct eddy_frame frame;
	char letter; /* in */
	uint32_t item;
};

async_fn(receiver)
{
	async_begin;
	await(eddy_chan_recv(self, &chan, &my->item, SOON));
	record(my->letter);
	async_end;
}

static EDDY_TASK_STORAGE(receiver) receivers[4];

static void start_receivers(const int8_t *priorities)
{
	for (unsigned int i = 0; i < 4U; i++) {
		EDDY_TASK_INIT(&receivers[i], receiver, .letter = (char)('a' + i));
		spawn(&receivers[i].task);
		run_ready(); /* they wait in this order */
		eddy_task_priority_set(&receivers[i].task, priorities[i]);
	}
}

static void send_four(void)
{
	for (uint32_t i = 0; i < 4U; i++) {
		zassert_equal(eddy_chan_try_send(&chan, &i), 0);
		run_ready();
	}
}

/* Who waits for an object is served by priority; a change takes effect while it waits. */
ZTEST(async_rank, test_wait_queue)
{
	static const int8_t priorities[] = {1, 0, 1, -1};

	start_receivers(priorities);
	send_four();
	zassert_recorded("dbac");
}

/* A change of the only waiter, of the first, of the last. */
ZTEST(async_rank, test_change_while_waiting)
{
	static const int8_t priorities[] = {0, 0, 0, 0};

	start_receivers(priorities);
	eddy_task_priority_set(&receivers[0].task, 2);  /* the first becomes the last */
	eddy_task_priority_set(&receivers[3].task, -2); /* then it was the last but one */
	eddy_task_priority_set(&receivers[0].task, 3);  /* the last stays where it is */
	eddy_task_priority_set(&receivers[3].task, -3); /* and the first */
	send_four();
	zassert_recorded("dbca");
}

static void receive_in_thread(void *item, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_chan_recv_blocking(&chan, item, K_FOREVER), 0);
	record('t');
}

/* The executors' priorities come first, whatever the tasks' own. */
ZTEST(async_rank, test_threads_and_tasks)
{
	static const int8_t priorities[] = {-128, -128, 127, 127};
	uint32_t item;

	start_receivers(priorities);
	worker_start(PRIO_HIGH, receive_in_thread, &item);
	k_sleep(K_TICKS(1));
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	zassert_recorded("t");
	send_four();
	zassert_recorded("tabcd");
}

/* An arm of a select waits with the rank of its task. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(1) select;
	uint32_t item;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_chan_recv_arm(&my->select.arm[0], &chan, &my->item);
	await(eddy_select(self, &my->select, SOON));
	record('s');
	async_end;
}

static EDDY_TASK_STORAGE(chooser) chooser_task;

ZTEST(async_rank, test_select)
{
	static const int8_t priorities[] = {-2, -2, 0, 0};
	uint32_t item = 0U;

	start_receivers(priorities);
	EDDY_TASK_INIT(&chooser_task, chooser);
	eddy_task_priority_set(&chooser_task.task, -1);
	spawn(&chooser_task.task);
	run_ready();
	send_four();
	zassert_equal(eddy_chan_try_send(&chan, &item), 0);
	run_ready();
	zassert_recorded("abscd");
}
