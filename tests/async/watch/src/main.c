/* SPDX-License-Identifier: Apache-2.0 */

/* Watch: everybody sees the latest value, and each value at most once. */

#include <zephyr/irq.h>

#include "async_test.h"
#include "irq_lines.h"

#define PRIORITY 3

struct climate {
	int32_t celsius;
	uint16_t percent;
	char place[5];
};

EDDY_WATCH_DEFINE(climate, struct climate);

static struct climate storage;

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_watch_init(&climate, &storage, sizeof(storage)), 0);
}

ZTEST_SUITE(async_watch, NULL, NULL, before, async_after, NULL);

static void set(int32_t celsius)
{
	struct climate value = {celsius, (uint16_t)(celsius + 1), "here"};

	eddy_watch_set(&climate, &value);
}

/* Follows the values, some times; sums them up. */
struct follower {
	struct eddy_frame frame;
	char letter;
	uint32_t times;
	k_timeout_t timeout;
	struct eddy_watch_reader reader;
	struct climate value;
	int32_t sum;
};

async_fn(follower)
{
	int result;

	async_begin;
	do {
		await_into(result, eddy_watch_changed(self, &my->reader, &my->value, my->timeout));
		record(my->letter);
		if (result == 0) {
			my->sum += my->value.celsius;
		}
	} while (result == 0 && --my->times > 0U);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(follower) followers[4];

static struct eddy_task *spawn_follower(int index, uint32_t times, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&followers[index], follower, .letter = (char)('a' + index), .times = times,
		       .timeout = timeout, .reader = EDDY_WATCH_READER(&climate));
	spawn(&followers[index].task);
	run_ready();
	return &followers[index].task;
}

/* Without a value there is nothing to get; with one, everybody can, again and again. */
ZTEST(async_watch, test_get)
{
	struct climate value = {0};

	zassert_equal(eddy_watch_get(&climate, &value), -EAGAIN);
	set(20);
	for (int i = 0; i < 2; i++) {
		value = (struct climate){0};
		zassert_equal(eddy_watch_get(&climate, &value), 0);
		zassert_equal(value.celsius, 20);
		zassert_equal(value.percent, 21U);
		zassert_str_equal(value.place, "here");
	}
}

/* A reader sees a value once, then waits for the next; a late one sees the present value. */
ZTEST(async_watch, test_each_reader_sees_a_value_once)
{
	struct eddy_watch_reader early;
	struct eddy_watch_reader late;
	struct climate value;

	eddy_watch_reader_init(&early, &climate);
	eddy_watch_reader_init(&late, &climate);
	zassert_equal(eddy_watch_try_changed(&early, &value), -EAGAIN);
	zassert_false(eddy_watch_is_changed(&early));
	set(1);
	zassert_true(eddy_watch_is_changed(&early));
	zassert_equal(eddy_watch_try_changed(&early, &value), 0);
	zassert_equal(value.celsius, 1);
	zassert_equal(eddy_watch_try_changed(&early, &value), -EAGAIN);
	set(2);
	set(3);
	zassert_equal(eddy_watch_try_changed(&late, &value), 0);
	zassert_equal(value.celsius, 3);
	zassert_equal(eddy_watch_try_changed(&early, &value), 0);
	zassert_equal(value.celsius, 3, "2 was skipped");
	zassert_false(eddy_watch_is_changed(&early));
	set(3);
	zassert_equal(eddy_watch_try_changed(&early, &value), 0, "the same again is a change");
}

/* All who wait get the value as it was set. */
ZTEST(async_watch, test_all_who_wait_are_woken)
{
	for (int i = 0; i < 3; i++) {
		spawn_follower(i, 2U, K_FOREVER);
	}
	set(5);
	run_ready();
	zassert_str_equal(recorded(), "abc");
	set(6);
	run_ready();
	for (int i = 0; i < 3; i++) {
		zassert_equal(eddy_task_result(&followers[i].task), 0);
		zassert_equal(followers[i].frame.sum, 11);
	}
	spawn_follower(3, 1U, K_FOREVER);
	zassert_equal(followers[3].frame.sum, 6, "a late one");
}

/* A task that is woken but has not run yet has the value of its wake; the next is not lost. */
ZTEST(async_watch, test_the_latest_is_never_lost)
{
	spawn_follower(0, 2U, K_FOREVER);
	set(1);
	set(2);
	set(4);
	run_ready();
	zassert_equal(followers[0].frame.sum, 1 + 4);
	zassert_equal(eddy_task_try_join(&followers[0].task), 0);
}

/* Canceled while it waits, a task has seen nothing; served before that, it has the value. */
ZTEST(async_watch, test_cancellation)
{
	struct climate value;

	zassert_equal(eddy_cancel(spawn_follower(0, 1U, K_FOREVER)), 0);
	set(1);
	run_ready();
	zassert_equal(eddy_task_result(&followers[0].task), -ECANCELED);
	zassert_equal(eddy_watch_try_changed(&followers[0].frame.reader, &value), 0);

	eddy_watch_init(&climate, &storage, sizeof(storage));
	spawn_follower(1, 1U, K_FOREVER);
	set(2);
	zassert_equal(eddy_cancel(&followers[1].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&followers[1].task), 0);
	zassert_equal(followers[1].frame.sum, 2);
}

/* Waits have limits. */
ZTEST(async_watch, test_time_out)
{
	struct eddy_watch_reader reader = EDDY_WATCH_READER(&climate);
	struct climate value;

	run_until_done(spawn_follower(0, 1U, K_MSEC(10)));
	zassert_equal(eddy_task_result(&followers[0].task), -EAGAIN);
	zassert_equal(eddy_watch_changed_blocking(&reader, &value, K_MSEC(5)), -EAGAIN);
	zassert_equal(eddy_watch_changed_blocking(&reader, &value, K_NO_WAIT), -EAGAIN);
	set(1);
	zassert_equal(eddy_watch_changed_blocking(&reader, &value, K_NO_WAIT), 0);
}

struct thread_reader {
	char letter;
	int32_t until;
	int32_t last;
};

/* Reads until a value, records its letter for each. */
static void read_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_reader *my = p1;
	struct eddy_watch_reader reader = EDDY_WATCH_READER(&climate);
	struct climate value;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	do {
		zassert_equal(eddy_watch_changed_blocking(&reader, &value, K_FOREVER), 0);
		record(my->letter);
		zexpect_true(value.celsius > my->last);
		zexpect_equal(value.percent, value.celsius + 1);
		my->last = value.celsius;
	} while (value.celsius < my->until);
}

/* Those of higher priority get it first, threads and tasks alike; each value once. */
ZTEST(async_watch, test_by_priority)
{
	struct thread_reader low = {'l', 2, 0};
	struct thread_reader high = {'h', 2, 0};

	worker_start(PRIO_LOW, read_in_thread, &low);
	k_sleep(K_MSEC(1));
	spawn_follower(0, 2U, K_FOREVER);
	worker_start(PRIO_HIGH, read_in_thread, &high);
	set(1);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "hal");
	set(2);
	run_ready();
	k_sleep(K_MSEC(1));
	zassert_str_equal(recorded(), "halhal");
}

/* Waits for a value and sets the next one. */
struct successor {
	struct eddy_frame frame;
	struct eddy_watch_reader reader;
	struct climate value;
};

async_fn(successor)
{
	async_begin;
	eddy_watch_reader_init(&my->reader, &climate);
	await(eddy_watch_changed(self, &my->reader, &my->value, K_FOREVER));
	set(my->value.celsius + 1);
	async_end;
}

static EDDY_TASK_STORAGE(successor) successor_task;
static struct eddy_irq_executor in_interrupt;

/* A value that an interrupt sets while another is handed out: those behind get the newer one. */
ZTEST(async_watch, test_set_by_one_who_was_woken)
{
	struct climate value;

	eddy_irq_executor_init(&in_interrupt, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PRIORITY, eddy_irq_executor_isr, &in_interrupt, 0);
	irq_enable(IRQ_LINE);
	EDDY_TASK_INIT(&successor_task, successor);
	zassert_equal(eddy_spawn(&in_interrupt.executor, &successor_task.task), 0);
	spawn_follower(0, 2U, K_FOREVER);
	set(10);
	run_ready();
	zassert_str_equal(recorded(), "a");
	zassert_equal(followers[0].frame.sum, 11);
	zassert_equal(eddy_watch_try_changed(&followers[0].frame.reader, &value), -EAGAIN);
	zassert_equal(eddy_task_try_join(&successor_task.task), 0);
}

static void set_next(void *p1, void *p2, void *p3)
{
	struct eddy_watch_reader reader = EDDY_WATCH_READER(&climate);
	struct climate value;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	zassert_equal(eddy_watch_changed_blocking(&reader, &value, K_FOREVER), 0);
	set(value.celsius + 1);
}

/* A thread does so only once everybody has the first. */
ZTEST(async_watch, test_set_by_a_thread_that_was_woken)
{
	spawn_follower(0, 2U, K_FOREVER);
	worker_start(PRIO_HIGH, set_next, NULL);
	set(10);
	run_ready();
	zassert_str_equal(recorded(), "aa");
	zassert_equal(followers[0].frame.sum, 10 + 11);
}

static void set_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	set(33);
}

/* An interrupt sets the value. */
ZTEST(async_watch, test_set_in_an_interrupt)
{
	struct thread_reader high = {'h', 33, 0};

	worker_start(PRIO_HIGH, read_in_thread, &high);
	spawn_follower(0, 1U, K_FOREVER);
	irq_offload(set_in_isr, NULL);
	run_ready();
	zassert_equal(high.last, 33);
	zassert_equal(followers[0].frame.sum, 33);
}

EDDY_WATCH_DEFINE(level, uint8_t);

struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	struct eddy_watch_reader readers[2];
	struct climate value;
	uint8_t level;
	int result;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	eddy_watch_reader_init(&my->readers[0], &climate);
	eddy_watch_reader_init(&my->readers[1], &level);
	eddy_watch_changed_arm(&my->select.arm[0], &my->readers[0], &my->value);
	eddy_watch_changed_arm(&my->select.arm[1], &my->readers[1], &my->level);
	for (;;) {
		await_into(my->result, eddy_select_next(self, &my->select, K_FOREVER));
		if (my->result != 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	eddy_select_end(&my->select);
	async_end;
}

/* Arms of a select follow two watches, and miss the latest of neither. */
ZTEST(async_watch, test_select)
{
	static EDDY_TASK_STORAGE(chooser) task;
	uint8_t value = 3U;

	EDDY_TASK_INIT(&task, chooser);
	spawn(&task.task);
	run_ready();
	set(7);
	eddy_watch_set(&level, &value); /* the task has not run yet: the arm is passed over */
	run_ready();
	zassert_str_equal(recorded(), "01");
	zassert_equal(task.frame.value.celsius, 7);
	zassert_equal(task.frame.level, 3U);
	set(8);
	set(9);
	run_ready();
	zassert_str_equal(recorded(), "0100");
	zassert_equal(task.frame.value.celsius, 9);
	zassert_equal(eddy_cancel(&task.task), 0);
	run_ready();
	zassert_equal(task.frame.result, -ECANCELED);
}

static int32_t timer_value;

static void set_on_expiry(struct k_timer *timer)
{
	timer_value++;
	set(timer_value);
	if (timer_value == 300) {
		k_timer_stop(timer);
	}
}

static K_TIMER_DEFINE(setter, set_on_expiry, NULL);

/* A receiver that does other things in between. Values only ever grow, and are never torn. */
struct sluggish {
	struct eddy_frame frame;
	struct eddy_watch_reader reader;
	struct climate value;
	int32_t last;
};

async_fn(sluggish)
{
	async_begin;
	while (my->last < 300) {
		await(eddy_watch_changed(self, &my->reader, &my->value, K_FOREVER));
		zexpect_true(my->value.celsius > my->last);
		zexpect_equal(my->value.percent, my->value.celsius + 1);
		my->last = my->value.celsius;
		await(eddy_sleep(self, K_TICKS(my->last % 7)));
	}
	async_end;
}

/* From a timer's interrupt to tasks and threads at full speed: all arrive at the last value. */
ZTEST(async_watch, test_everybody_ends_at_the_last_value)
{
	static EDDY_TASK_STORAGE(sluggish) tasks[3];
	static struct thread_reader low = {'l', 300, 0};

	timer_value = 0;
	low.last = 0;
	worker_start(PRIO_LOW, read_in_thread, &low);
	for (int i = 0; i < 3; i++) {
		EDDY_TASK_INIT(&tasks[i], sluggish, .reader = EDDY_WATCH_READER(&climate));
		spawn(&tasks[i].task);
	}
	k_timer_start(&setter, K_TICKS(1), K_TICKS(1));
	run_for(K_SECONDS(1));
	zassert_equal(low.last, 300);
	for (int i = 0; i < 3; i++) {
		zassert_equal(eddy_task_try_join(&tasks[i].task), 0);
	}
}

/* A watch needs room for a value. */
ZTEST(async_watch, test_init_refuses_nothing)
{
	struct eddy_watch other;

	zassert_equal(eddy_watch_init(&other, NULL, 4U), -EINVAL);
	zassert_equal(eddy_watch_init(&other, &storage, 0U), -EINVAL);
	zassert_equal(eddy_watch_init(&other, &storage, 1U), 0);
}
