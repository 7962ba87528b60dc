/* SPDX-License-Identifier: Apache-2.0 */

/* Awaiting kernel objects that can be polled, and work. */

#include <eddy/kernel.h>

#include "async_test.h"
#include "pipes.h"

static K_SEM_DEFINE(sem, 0, 10);
K_MSGQ_DEFINE(msgq, sizeof(uint32_t), 2, 4);
static K_FIFO_DEFINE(fifo);
static K_LIFO_DEFINE(lifo);
static struct k_queue queue;
K_PIPE_DEFINE(pipe, 8, 4);

struct item {
	void *reserved; /* the kernel's link */
	uint32_t value;
};

enum what {
	SEM,
	MSGQ,
	FIFO,
	LIFO,
	QUEUE,
	PIPE
};

struct taker {
	struct eddy_frame frame;
	enum what what;      /* in */
	k_timeout_t timeout; /* in */
	struct eddy_k_wait wait;
	uint32_t word;
	struct item *item;
	char bytes[8];
	int result;
};

async_fn(taker)
{
	async_begin;
	if (my->what == SEM) {
		await_into(my->result, eddy_k_sem_take(self, &my->wait, &sem, my->timeout));
	} else if (my->what == MSGQ) {
		await_into(my->result,
			   eddy_k_msgq_get(self, &my->wait, &msgq, &my->word, my->timeout));
	} else if (my->what == FIFO) {
		await_into(my->result, eddy_k_fifo_get(self, &my->wait, &fifo, (void **)&my->item,
						       my->timeout));
	} else if (my->what == LIFO) {
		await_into(my->result, eddy_k_lifo_get(self, &my->wait, &lifo, (void **)&my->item,
						       my->timeout));
	} else if (my->what == QUEUE) {
		await_into(my->result, eddy_k_queue_get(self, &my->wait, &queue, (void **)&my->item,
							my->timeout));
	} else {
		await_into(my->result, eddy_k_pipe_read(self, &my->wait, &pipe, my->bytes,
							sizeof(my->bytes), my->timeout));
	}
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(taker) takers[2];
static struct item items[2] = {{.value = 11}, {.value = 22}};

static void before(void *fixture)
{
	async_before(fixture);
	k_sem_reset(&sem);
	k_msgq_purge(&msgq);
	k_fifo_init(&fifo);
	k_lifo_init(&lifo);
	k_queue_init(&queue);
	(void)pipe_drain(&pipe);
}

ZTEST_SUITE(async_kernel, NULL, NULL, before, async_after, NULL);

static struct taker *begin(int index, enum what what, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&takers[index], taker, .what = what, .timeout = timeout);
	spawn(&takers[index].task);
	run_ready();
	return &takers[index].frame;
}

static void put(enum what what, int index)
{
	switch (what) {
	case SEM:
		k_sem_give(&sem);
		break;
	case MSGQ:
		zassert_ok(k_msgq_put(&msgq, &items[index].value, K_NO_WAIT));
		break;
	case FIFO:
		k_fifo_put(&fifo, &items[index]);
		break;
	case LIFO:
		k_lifo_put(&lifo, &items[index]);
		break;
	case QUEUE:
		k_queue_append(&queue, &items[index]);
		break;
	default:
		zassert_equal(pipe_put(&pipe, &items[index].value, sizeof(uint32_t)),
			      sizeof(uint32_t));
		break;
	}
}

static void check(enum what what, const struct taker *taker, int index)
{
	uint32_t value = items[index].value;

	if (what == PIPE) {
		zassert_equal(taker->result, (int)sizeof(uint32_t));
		zassert_mem_equal(taker->bytes, &value, sizeof(value));
		return;
	}
	zassert_ok(taker->result, "object %d", what);
	if (what == MSGQ) {
		zassert_equal(taker->word, value);
	} else if (what != SEM) {
		zassert_equal_ptr(taker->item, &items[index], "object %d", what);
	}
}

/* What is there is taken at once, in the task's first turn. */
ZTEST(async_kernel, test_what_is_there_is_taken_at_once)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		put(what, 0);
		check(what, begin(0, what, K_FOREVER), 0);
	}
}

/* What comes later is waited for. */
ZTEST(async_kernel, test_wait)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		struct taker *taker = begin(0, what, K_FOREVER);

		zassert_true(eddy_task_is_active(&takers[0].task), "object %d", what);
		put(what, 1);
		run_until_done(&takers[0].task);
		check(what, taker, 1);
	}
}

static void put_from_interrupt(const void *what)
{
	put((enum what)(uintptr_t)what, 0);
}

/* An interrupt may be what brings it. */
ZTEST(async_kernel, test_from_an_interrupt)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		struct taker *taker = begin(0, what, K_FOREVER);

		irq_offload(put_from_interrupt, (const void *)(uintptr_t)what);
		run_until_done(&takers[0].task);
		check(what, taker, 0);
	}
}

/* Without wait, and after the time is over, the result is -EAGAIN and nothing was taken. */
ZTEST(async_kernel, test_time_out)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		struct taker *taker = begin(0, what, K_NO_WAIT);

		zassert_equal(taker->result, -EAGAIN, "object %d", what);
		taker = begin(0, what, K_MSEC(20));
		zassert_true(eddy_task_is_active(&takers[0].task));
		run_until_done(&takers[0].task);
		zassert_equal(taker->result, -EAGAIN, "object %d", what);

		put(what, 1);
		check(what, begin(0, what, K_NO_WAIT), 1);
	}
}

/* A canceled wait takes nothing, and what comes behind it is still there. */
ZTEST(async_kernel, test_cancel)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		struct taker *taker = begin(0, what, K_FOREVER);

		zassert_ok(eddy_cancel(&takers[0].task));
		run_until_done(&takers[0].task);
		zassert_equal(taker->result, -ECANCELED, "object %d", what);

		put(what, 0);
		check(what, begin(0, what, K_NO_WAIT), 0);
	}
}

static void put_and_cancel(const void *what)
{
	put((enum what)(uintptr_t)what, 0);
	(void)eddy_cancel(&takers[0].task);
}

/* Served and canceled in one interrupt: the task ends canceled, and nothing is lost. */
ZTEST(async_kernel, test_served_and_canceled_at_once)
{
	for (enum what what = SEM; what <= PIPE; what++) {
		struct taker *taker = begin(0, what, K_FOREVER);

		irq_offload(put_and_cancel, (const void *)(uintptr_t)what);
		run_until_done(&takers[0].task);
		if (taker->result == -ECANCELED) {
			taker = begin(0, what, K_NO_WAIT);
		}
		check(what, taker, 0);
	}
}

/* Of two tasks that wait for one unit each gets its own, and a thread may take it first. */
ZTEST(async_kernel, test_two_tasks)
{
	struct taker *a = begin(0, SEM, K_FOREVER);
	struct taker *b = begin(1, SEM, K_FOREVER);

	k_sem_give(&sem);
	zassert_ok(k_sem_take(&sem, K_NO_WAIT), "faster than the tasks");
	run_for(K_MSEC(10));
	zassert_true(eddy_task_is_active(&takers[0].task));
	zassert_true(eddy_task_is_active(&takers[1].task));
	k_sem_give(&sem);
	k_sem_give(&sem);
	run_until_done(&takers[0].task);
	run_until_done(&takers[1].task);
	zassert_ok(a->result);
	zassert_ok(b->result);
	zassert_equal(k_sem_count_get(&sem), 0U);
}

struct poller {
	struct eddy_frame frame;
	struct eddy_k_wait wait;
	struct k_poll_event events[2];
	int result;
};

async_fn(poller)
{
	async_begin;
	k_poll_event_init(&my->events[0], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &sem);
	k_poll_event_init(&my->events[1], K_POLL_TYPE_MSGQ_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &msgq);
	await_into(my->result, eddy_k_poll(self, &my->wait, my->events, 2, K_FOREVER));
	async_end;
}

/* Several objects at once: the states of the events tell which. */
ZTEST(async_kernel, test_poll)
{
	static EDDY_TASK_STORAGE(poller) pollers;

	EDDY_TASK_INIT(&pollers, poller);
	spawn(&pollers.task);
	run_ready();
	zassert_true(eddy_task_is_active(&pollers.task));
	put(MSGQ, 0);
	run_until_done(&pollers.task);
	zassert_ok(pollers.frame.result);
	zassert_equal(pollers.frame.events[0].state, K_POLL_STATE_NOT_READY);
	zassert_equal(pollers.frame.events[1].state, K_POLL_STATE_MSGQ_DATA_AVAILABLE);
	zassert_equal(k_msgq_num_used_get(&msgq), 1U, "polling takes nothing");
}

static void cancel_wait(enum what what)
{
	if (what == QUEUE) {
		k_queue_cancel_wait(&queue);
	} else {
		k_fifo_cancel_wait(&fifo);
	}
}

static void put_and_steal(const void *what)
{
	put((enum what)(uintptr_t)what, 0);
	if ((enum what)(uintptr_t)what == QUEUE) {
		(void)k_queue_get(&queue, K_NO_WAIT);
	} else {
		(void)k_fifo_get(&fifo, K_NO_WAIT);
	}
}

/* A queue cancels a wait, also one that was woken for an item which somebody else has taken. */
ZTEST(async_kernel, test_canceled_by_the_queue)
{
	static const enum what queues[] = {QUEUE, FIFO};

	for (size_t i = 0; i < ARRAY_SIZE(queues); i++) {
		struct taker *taker = begin(0, queues[i], K_FOREVER);

		cancel_wait(queues[i]);
		run_until_done(&takers[0].task);
		zassert_equal(taker->result, -EINTR);

		taker = begin(0, queues[i], K_FOREVER);
		irq_offload(put_and_steal, (const void *)(uintptr_t)queues[i]);
		run_for(K_MSEC(2));
		zassert_true(eddy_task_is_active(&takers[0].task), "there is nothing to take");
		cancel_wait(queues[i]);
		run_until_done(&takers[0].task);
		zassert_equal(taker->result, -EINTR);
	}
}

static struct k_poll_signal poll_signal;

/* Polls four objects at once. */
struct watcher {
	struct eddy_frame frame;
	k_timeout_t timeout; /* in */
	struct eddy_k_wait wait;
	struct k_poll_event events[4];
	int result;
};

async_fn(watcher)
{
	async_begin;
	await_into(my->result, eddy_k_poll(self, &my->wait, my->events, 4, my->timeout));
	async_end;
}

static EDDY_TASK_STORAGE(watcher) watchers;

static struct watcher *watch(k_timeout_t timeout)
{
	struct watcher *watcher = &watchers.frame;

	EDDY_TASK_INIT(&watchers, watcher, .timeout = timeout);
	k_poll_signal_init(&poll_signal);
	k_poll_event_init(&watcher->events[0], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &sem);
	k_poll_event_init(&watcher->events[1], K_POLL_TYPE_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &queue);
	k_poll_event_init(&watcher->events[2], K_POLL_TYPE_PIPE_DATA_AVAILABLE,
			  K_POLL_MODE_NOTIFY_ONLY, &pipe);
	k_poll_event_init(&watcher->events[3], K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY,
			  &poll_signal);
	spawn(&watchers.task);
	run_ready();
	return watcher;
}

/* Check which of the events have happened, by the states that they should have. */
static void check_states(uint32_t first, uint32_t second, uint32_t third, uint32_t fourth)
{
	const struct k_poll_event *events = watchers.frame.events;

	zassert_equal(events[0].state, first);
	zassert_equal(events[1].state, second);
	zassert_equal(events[2].state, third);
	zassert_equal(events[3].state, fourth);
}

/* Whatever comes first ends the wait; what comes before the task runs is told too. */
ZTEST(async_kernel, test_poll_several)
{
	struct watcher *watcher = watch(K_FOREVER);

	(void)k_poll_signal_raise(&poll_signal, 1);
	run_until_done(&watchers.task);
	zassert_ok(watcher->result);
	check_states(0U, 0U, 0U, K_POLL_STATE_SIGNALED);

	(void)watch(K_FOREVER);
	put(QUEUE, 0);
	put(PIPE, 0);
	run_until_done(&watchers.task);
	zassert_ok(watcher->result);
	check_states(0U, K_POLL_STATE_DATA_AVAILABLE, K_POLL_STATE_PIPE_DATA_AVAILABLE, 0U);

	put(SEM, 0);
	zassert_ok(watch(K_NO_WAIT)->result);
	check_states(K_POLL_STATE_SEM_AVAILABLE, K_POLL_STATE_DATA_AVAILABLE,
		     K_POLL_STATE_PIPE_DATA_AVAILABLE, 0U);
}

/* What has happened is told, even if it is over when the task runs: polling takes nothing. */
ZTEST(async_kernel, test_poll_what_is_over)
{
	struct watcher *watcher = watch(K_FOREVER);

	irq_offload(put_and_steal, (const void *)(uintptr_t)QUEUE);
	run_until_done(&watchers.task);
	zassert_ok(watcher->result);
	check_states(0U, K_POLL_STATE_DATA_AVAILABLE, 0U, 0U);
}

/* A queue cancels the wait for several objects; other events of that moment count for more. */
ZTEST(async_kernel, test_poll_canceled_by_the_queue)
{
	struct watcher *watcher = watch(K_FOREVER);

	cancel_wait(QUEUE);
	run_until_done(&watchers.task);
	zassert_equal(watcher->result, -EINTR);
	check_states(0U, K_POLL_STATE_CANCELLED, 0U, 0U);

	(void)watch(K_FOREVER);
	k_sched_lock();
	cancel_wait(QUEUE);
	put(SEM, 0);
	k_sched_unlock();
	run_until_done(&watchers.task);
	zassert_ok(watcher->result);
	check_states(K_POLL_STATE_SEM_AVAILABLE, K_POLL_STATE_CANCELLED, 0U, 0U);
}

/* None happens in time, or the task is canceled: no event is left in any object. */
ZTEST(async_kernel, test_poll_ends_early)
{
	struct watcher *watcher = watch(K_NO_WAIT);

	zassert_equal(watcher->result, -EAGAIN);
	(void)watch(K_MSEC(2));
	run_until_done(&watchers.task);
	zassert_equal(watcher->result, -EAGAIN);
	check_states(0U, 0U, 0U, 0U);

	(void)watch(K_FOREVER);
	zassert_ok(eddy_cancel(&watchers.task));
	run_until_done(&watchers.task);
	zassert_equal(watcher->result, -ECANCELED);
	memset(&watchers, 0xa5, sizeof(watchers));
	put(SEM, 0);
	put(QUEUE, 0);
	put(PIPE, 0);
	(void)k_poll_signal_raise(&poll_signal, 0);
	k_msleep(1);
}

static void slow(struct k_work *work)
{
	ARG_UNUSED(work);
	k_msleep(10);
}

static K_WORK_DEFINE(slow_work, slow);

struct flusher {
	struct eddy_frame frame;
	k_timeout_t timeout; /* in */
	struct eddy_k_flush flush;
	int result;
};

async_fn(flusher)
{
	async_begin;
	await_into(my->result,
		   eddy_k_work_flush(self, &my->flush, &k_sys_work_q, &slow_work, my->timeout));
	async_end;
}

static EDDY_TASK_STORAGE(flusher) flushers;

static struct flusher *flush(k_timeout_t timeout)
{
	EDDY_TASK_INIT(&flushers, flusher, .timeout = timeout);
	spawn(&flushers.task);
	run_ready();
	return &flushers.frame;
}

/* A flush ends when the work has run, and at once if there is none. */
ZTEST(async_kernel, test_flush)
{
	zassert_ok(flush(K_FOREVER)->result);
	(void)k_work_submit(&slow_work);
	(void)flush(K_FOREVER);
	zassert_true(eddy_task_is_active(&flushers.task));
	zassert_not_equal(k_work_busy_get(&slow_work), 0);
	run_until_done(&flushers.task);
	zassert_ok(flushers.frame.result);
	zassert_equal(k_work_busy_get(&slow_work), 0);
}

/* A flush that times out or is canceled leaves nothing in the queue. */
ZTEST(async_kernel, test_flush_ends_early)
{
	(void)k_work_submit(&slow_work);
	(void)flush(K_MSEC(1));
	run_until_done(&flushers.task);
	zassert_equal(flushers.frame.result, -EAGAIN);
	zassert_not_equal(k_work_busy_get(&slow_work), 0, "it still runs");

	(void)flush(K_FOREVER);
	zassert_ok(eddy_cancel(&flushers.task));
	run_until_done(&flushers.task);
	zassert_equal(flushers.frame.result, -ECANCELED);
	memset(&flushers.frame.flush, 0xa5, sizeof(flushers.frame.flush));
	k_msleep(20);
	zassert_equal(k_work_busy_get(&slow_work), 0);
}
