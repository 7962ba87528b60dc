/* SPDX-License-Identifier: Apache-2.0 */

/* Pools of tasks: claimed and given back, from any context; handles know their own task only. */

#include "async_test.h"

#define PLACES 3

static struct eddy_signal gates[PLACES + 1];

/* Ends when its gate opens, with the value as its result; or canceled. */
struct guest {
	struct eddy_frame frame;
	unsigned int gate; /* in */
	uintptr_t value;
	int result;
};

async_fn(guest)
{
	async_begin;
	zassert_equal(my->value, 0U, "a fresh frame");
	await_into(my->result, eddy_signal_wait(self, &gates[my->gate], &my->value, K_FOREVER));
	record((char)('a' + my->gate));
	async_return(my->result == 0 ? (int)my->value : my->result);
	async_end;
}

static EDDY_TASK_POOL_DEFINE(inn, guest, PLACES);

static struct eddy_pool_handle handles[PLACES + 1];

static int take_place(unsigned int gate)
{
	return eddy_pool_spawn(&executor, &inn, &handles[gate], guest, .gate = gate);
}

static void before(void *fixture)
{
	async_before(fixture);
	for (unsigned int i = 0; i < ARRAY_SIZE(gates); i++) {
		eddy_signal_init(&gates[i]);
	}
}

/* All guests leave, whatever the test has left. */
static void after(void *fixture)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(handles); i++) {
		if (handles[i].slot != NULL) {
			(void)eddy_pool_cancel(&handles[i]); /* it may have ended */
		}
	}
	run_ready();
	async_after(fixture);
}

ZTEST_SUITE(async_pool, NULL, NULL, before, after, NULL);

/* As many tasks as there are places; one more finds room when another has ended. */
ZTEST(async_pool, test_all_places_are_busy)
{
	for (unsigned int i = 0; i < PLACES; i++) {
		zassert_equal(take_place(i), 0);
	}
	zassert_equal(take_place(PLACES), -ENOMEM);
	run_ready();
	eddy_signal_raise(&gates[1], 0U);
	run_ready();
	zassert_equal(take_place(PLACES), 0);
	zassert_equal(eddy_pool_spawn(&executor, &inn, NULL, guest), -ENOMEM);
	run_ready();
	eddy_signal_raise(&gates[PLACES], 0U);
	run_ready();
	zassert_recorded("bd");
}

/* A place can be used any number of times. */
ZTEST(async_pool, test_places_are_used_again)
{
	for (unsigned int i = 0; i < 10U * PLACES; i++) {
		zassert_equal(take_place(i % PLACES), 0);
		if (i >= PLACES - 1U) {
			run_ready();
			eddy_signal_raise(&gates[(i + 1U) % PLACES], 0U);
			run_ready();
		}
	}
	zassert_equal(strlen(recorded()), 10U * PLACES - (PLACES - 1U));
}

/* The handle tells when the task has ended, and what it returned. */
ZTEST(async_pool, test_result)
{
	zassert_equal(take_place(0), 0);
	run_ready();
	zassert_true(eddy_pool_is_active(&handles[0]));
	zassert_equal(eddy_pool_try_join(&handles[0]), -EAGAIN);
	eddy_signal_raise(&gates[0], 42U);
	run_ready();
	zassert_false(eddy_pool_is_active(&handles[0]));
	zassert_equal(eddy_pool_try_join(&handles[0]), 0);
	zassert_equal(handles[0].result, 42);
}

/* The handle of a task that has ended does not mean the one that is in its place now. */
ZTEST(async_pool, test_an_old_handle)
{
	zassert_equal(take_place(0), 0);
	run_ready();
	eddy_signal_raise(&gates[0], 1U);
	run_ready();
	zassert_equal(take_place(1), 0);
	run_ready();
	zassert_equal_ptr(handles[0].slot, handles[1].slot);
	zassert_equal(eddy_pool_cancel(&handles[0]), -ESRCH);
	zassert_equal(eddy_pool_try_join(&handles[0]), -ESRCH);
	zassert_false(eddy_pool_is_active(&handles[0]));
	zassert_true(eddy_pool_is_active(&handles[1]));
	zassert_recorded("a");
}

/* A canceled task ends, and its place is free. */
ZTEST(async_pool, test_cancel)
{
	zassert_equal(take_place(0), 0);
	run_ready();
	zassert_equal(eddy_pool_cancel(&handles[0]), 0);
	zassert_equal(eddy_pool_cancel(&handles[0]), 0, "not yet ended");
	run_ready();
	zassert_equal(eddy_pool_cancel(&handles[0]), -ESRCH);
	zassert_equal(eddy_pool_try_join(&handles[0]), 0);
	zassert_equal(handles[0].result, -ECANCELED);
}

/* Joins by a copy of a handle; records '=' and returns what the task returned. */
struct waiter {
	struct eddy_frame frame;
	struct eddy_pool_handle handle; /* in */
	int result;
};

async_fn(waiter)
{
	async_begin;
	await_into(my->result, eddy_pool_join(self, &my->handle, SOON));
	record('=');
	async_return(my->result == 0 ? my->handle.result : my->result);
	async_end;
}

static EDDY_TASK_STORAGE(waiter) waiters[2];

/* Several may join one task; each gets its result, even if the place is taken at once. */
ZTEST(async_pool, test_join)
{
	zassert_equal(take_place(0), 0);
	for (unsigned int i = 0; i < 2U; i++) {
		EDDY_TASK_INIT(&waiters[i], waiter, .handle = handles[0]);
		spawn(&waiters[i].task);
	}
	run_ready();
	zassert_recorded("");
	eddy_signal_raise(&gates[0], 7U);
	(void)eddy_executor_poll(&executor);
	zassert_equal(take_place(1), 0);
	run_ready();
	zassert_recorded("a==");
	zassert_equal(eddy_task_result(&waiters[0].task), 7);
	zassert_equal(eddy_task_result(&waiters[1].task), 7);
}

static void join_in_thread(void *handle, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_pool_join_blocking(handle, K_FOREVER), 0);
	record('=');
}

/* A thread joins, too. */
ZTEST(async_pool, test_join_in_a_thread)
{
	zassert_equal(take_place(0), 0);
	worker_start(PRIO_HIGH, join_in_thread, &handles[0]);
	run_ready();
	eddy_signal_raise(&gates[0], 7U);
	run_ready();
	zassert_recorded("a=");
	zassert_equal(handles[0].result, 7);
}

static void spawn_in_interrupt(const void *arg)
{
	ARG_UNUSED(arg);
	zassert_equal(take_place(2), 0);
}

/* An interrupt spawns as a thread does. */
ZTEST(async_pool, test_spawn_in_an_interrupt)
{
	irq_offload(spawn_in_interrupt, NULL);
	run_ready();
	eddy_signal_raise(&gates[2], 0U);
	run_ready();
	zassert_recorded("c");
}

/* How often guests come, in ticks. A slow CPU must have time for more than that. */
#define HOUR 5U

/* A guest that leaves soon. */
struct day_guest {
	struct eddy_frame frame;
	uint32_t hours; /* in */
};

static unsigned int stays;
static unsigned int refused;
static unsigned int left;

async_fn(day_guest)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(my->hours * HOUR)));
	left++;
	async_end;
}

static EDDY_TASK_POOL_DEFINE(motel, day_guest, 5);

static void arrive(void)
{
	int rc = eddy_pool_spawn(&executor, &motel, NULL, day_guest, .hours = 1U + stays % 4U);

	if (rc == 0) {
		stays++;
	} else {
		zassert_equal(rc, -ENOMEM);
		refused++;
	}
}

static void arrive_in_interrupt(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	arrive();
	arrive();
}

static K_TIMER_DEFINE(arrivals, arrive_in_interrupt, NULL);

static void arrive_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		unsigned int key = irq_lock(); /* for the counts */

		arrive();
		irq_unlock(key);
		k_sleep(K_TICKS(HOUR));
	}
}

/* Interrupts and threads spawn at will: no place is given away twice, and none is lost. */
ZTEST(async_pool, test_crowd)
{
	stays = 0U;
	refused = 0U;
	left = 0U;
	worker_start(PRIO_HIGH, arrive_in_thread, NULL);
	worker_start(PRIO_LOW, arrive_in_thread, NULL);
	k_timer_start(&arrivals, K_TICKS(HOUR), K_TICKS(HOUR));
	run_for(K_MSEC(300));
	k_timer_stop(&arrivals);
	workers_after(NULL);
	run_for(K_MSEC(20));
	zassert_true(stays > 50U, "%u", stays);
	zassert_true(refused > 50U, "%u", refused);
	zassert_equal(left, stays);
	for (unsigned int i = 0; i < 5U; i++) {
		zassert_equal(eddy_pool_spawn(&executor, &motel, NULL, day_guest), 0);
	}
	zassert_equal(eddy_pool_spawn(&executor, &motel, NULL, day_guest), -ENOMEM);
	run_ready();
}
