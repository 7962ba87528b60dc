/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Whoever wakes several waiters wakes all of them before the first one runs: a thread of a priority
 * in between must not run before those that are more urgent.
 *
 * Two urgent threads, 'a' and 'b', wait for an object. Each, once served, has 'm' become ready,
 * which is less urgent than they and more so than 's', who serves them.
 */

#include "async_test.h"

#define PRIO_MIDDLE (PRIO_LOW - 1)

/* How to wait for an object, and how to serve all who do. */
struct object {
	void (*wait)(unsigned int index);
	void (*serve)(void);
};

static const struct object *object;
static K_SEM_DEFINE(middle_may_run, 0, 2);

ZTEST_SUITE(async_preempt_crowds, NULL, NULL, async_before, async_after, NULL);

static void urgent(void *index, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	object->wait((unsigned int)(uintptr_t)index);
	k_sem_give(&middle_may_run);
	record((char)('a' + (uintptr_t)index));
}

static void middle(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	(void)k_sem_take(&middle_may_run, K_FOREVER); /* cannot fail */
	record('m');
}

static void server(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	object->serve();
	record('s');
}

static void check_order(const struct object *tested)
{
	object = tested;
	k_sem_reset(&middle_may_run);
	worker_start(PRIO_HIGH, urgent, (void *)0);
	worker_start(PRIO_HIGH, urgent, (void *)1);
	worker_start(PRIO_MIDDLE, middle, NULL);
	worker_join(worker_start(PRIO_LOW, server, NULL));
	zassert_recorded("abms");
}

EDDY_CHAN_DEFINE(crowded_chan, uint32_t, 1);

static void wait_for_chan(unsigned int index)
{
	uint32_t item;

	ARG_UNUSED(index);
	zassert_equal(eddy_chan_recv_blocking(&crowded_chan, &item, SOON), -EPIPE);
}

static void close_chan(void)
{
	eddy_chan_close(&crowded_chan);
}

ZTEST(async_preempt_crowds, test_close)
{
	check_order(&(const struct object){wait_for_chan, close_chan});
}

static EDDY_EVENT_DEFINE(event);

static void wait_for_event(unsigned int index)
{
	ARG_UNUSED(index);
	zassert_equal(eddy_event_wait_blocking(&event, 1U, EDDY_EVENT_ANY, SOON), 1);
}

static void post_event(void)
{
	eddy_event_post(&event, 1U);
}

ZTEST(async_preempt_crowds, test_event)
{
	check_order(&(const struct object){wait_for_event, post_event});
}

EDDY_WATCH_DEFINE(watch, uint32_t);

static void wait_for_watch(unsigned int index)
{
	struct eddy_watch_reader reader;
	uint32_t value;

	ARG_UNUSED(index);
	eddy_watch_reader_init(&reader, &watch);
	zassert_ok(eddy_watch_changed_blocking(&reader, &value, SOON));
}

static void set_watch(void)
{
	uint32_t value = 1U;

	eddy_watch_set(&watch, &value);
}

ZTEST(async_preempt_crowds, test_watch)
{
	check_order(&(const struct object){wait_for_watch, set_watch});
}

EDDY_BROADCAST_DEFINE(broadcast, uint32_t, 2);

static void wait_for_broadcast(unsigned int index)
{
	struct eddy_subscriber subscriber;
	uint32_t item;

	ARG_UNUSED(index);
	eddy_broadcast_subscribe(&subscriber, &broadcast);
	zassert_ok(eddy_broadcast_recv_blocking(&subscriber, &item, SOON));
	eddy_broadcast_unsubscribe(&subscriber);
}

static void post_broadcast(void)
{
	uint32_t item = 1U;

	eddy_broadcast_post(&broadcast, &item);
}

ZTEST(async_preempt_crowds, test_broadcast)
{
	check_order(&(const struct object){wait_for_broadcast, post_broadcast});
}

EDDY_PIPE_DEFINE(pipe, 4);

static void wait_for_pipe(unsigned int index)
{
	char byte;

	ARG_UNUSED(index);
	zassert_equal(eddy_pipe_read_blocking(&pipe, &byte, 1U, SOON), 1);
}

static void write_pipe(void)
{
	zassert_equal(eddy_pipe_try_write(&pipe, "xy", 2U), 2);
}

ZTEST(async_preempt_crowds, test_pipe)
{
	check_order(&(const struct object){wait_for_pipe, write_pipe});
}

static EDDY_RWLOCK_DEFINE(rwlock);

static void wait_for_rwlock(unsigned int index)
{
	ARG_UNUSED(index);
	zassert_ok(eddy_rwlock_lock_read_blocking(&rwlock, SOON));
	zassert_ok(eddy_rwlock_unlock_read(&rwlock));
}

static void unlock_rwlock(void)
{
	zassert_ok(eddy_rwlock_unlock_write(&rwlock));
}

ZTEST(async_preempt_crowds, test_rwlock)
{
	zassert_ok(eddy_rwlock_lock_write_blocking(&rwlock, K_NO_WAIT));
	check_order(&(const struct object){wait_for_rwlock, unlock_rwlock});
}

static EDDY_MUTEX_DEFINE(mutex);
static EDDY_CONDVAR_DEFINE(condvar);

static void wait_for_condvar(unsigned int index)
{
	ARG_UNUSED(index);
	zassert_ok(eddy_mutex_lock_blocking(&mutex, SOON));
	zassert_ok(eddy_condvar_wait_blocking(&condvar, &mutex, SOON));
	zassert_ok(eddy_mutex_unlock_blocking(&mutex));
}

static void broadcast_condvar(void)
{
	zassert_equal(eddy_condvar_broadcast(&condvar), 2);
}

ZTEST(async_preempt_crowds, test_condvar)
{
	check_order(&(const struct object){wait_for_condvar, broadcast_condvar});
}

/* Ends when it is told to, on the executor of whoever serves. */
struct joined {
	struct eddy_frame frame;
};

async_fn(joined)
{
	async_begin;
	async_end;
}

static EDDY_TASK_STORAGE(joined) joined_task;

static void wait_for_task(unsigned int index)
{
	ARG_UNUSED(index);
	zassert_ok(eddy_task_join_blocking(&joined_task.task, SOON));
}

static void run_task(void)
{
	run_ready();
}

ZTEST(async_preempt_crowds, test_join)
{
	EDDY_TASK_INIT(&joined_task, joined);
	spawn(&joined_task.task);
	check_order(&(const struct object){wait_for_task, run_task});
}
