/* SPDX-License-Identifier: Apache-2.0 */

/* The work-queue executor: its place in the queue, wakes from everywhere, deadlines. */

#include "async_test.h"
#include "sleeper.h"

#define QUEUE_STACK_SIZE 1024

static K_THREAD_STACK_DEFINE(urgent_stack, QUEUE_STACK_SIZE);
static K_THREAD_STACK_DEFINE(patient_stack, QUEUE_STACK_SIZE);
static struct k_work_q urgent_queue;  /* above the test's thread */
static struct k_work_q patient_queue; /* below it */

static struct eddy_work_executor urgent;
static struct eddy_work_executor twin; /* on the same queue */
static struct eddy_work_executor patient;

static EDDY_SIGNAL_DEFINE(gate);
EDDY_CHAN_DEFINE(chan, uint32_t, 2);

static void *setup(void)
{
	k_work_queue_start(&urgent_queue, urgent_stack, QUEUE_STACK_SIZE, PRIO_HIGH, NULL);
	k_work_queue_start(&patient_queue, patient_stack, QUEUE_STACK_SIZE, PRIO_LOW, NULL);
	eddy_work_executor_init(&urgent, "urgent", &urgent_queue);
	eddy_work_executor_init(&twin, "twin", &urgent_queue);
	eddy_work_executor_init(&patient, "patient", &patient_queue);
	return NULL;
}

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
}

ZTEST_SUITE(async_executor_work, NULL, setup, before, async_after, NULL);

static void spawn_on(struct eddy_work_executor *work, struct eddy_task *task)
{
	zassert_equal(eddy_spawn(&work->executor, task), 0);
}

static void join(struct eddy_task *task)
{
	zassert_equal(eddy_task_join_blocking(task, SOON), 0);
}

/* Records its letter and yields, a number of times; notes who runs it. */
struct letters {
	struct eddy_frame frame;
	char letter;
	int count;
	k_tid_t thread;
	struct k_work *other; /* submitted on the way, if any */
};

async_fn(letters)
{
	async_begin;
	my->thread = k_current_get();
	for (; my->count > 0; my->count--) {
		record(my->letter);
		if (my->other != NULL) {
			k_work_submit_to_queue(&urgent_queue, my->other);
		}
		await(eddy_yield(self));
	}
	async_end;
}

static EDDY_TASK_STORAGE(letters) letters_tasks[3];

static void spawn_letters(struct eddy_work_executor *work, int index, int count)
{
	EDDY_TASK_INIT(&letters_tasks[index], letters, .letter = (char)('a' + index),
		       .count = count);
	spawn_on(work, &letters_tasks[index].task);
}

/* Tasks run on the queue's thread, above or below the one that spawned them. */
ZTEST(async_executor_work, test_tasks_run_on_the_queue)
{
	spawn_letters(&urgent, 0, 1);
	zassert_str_equal(recorded(), "a", "it has preempted us");
	spawn_letters(&patient, 1, 1);
	zassert_str_equal(recorded(), "a");
	join(&letters_tasks[1].task);
	zassert_equal(letters_tasks[0].frame.thread, k_work_queue_thread_get(&urgent_queue));
	zassert_equal(letters_tasks[1].frame.thread, k_work_queue_thread_get(&patient_queue));
}

static void record_work(struct k_work *work)
{
	ARG_UNUSED(work);
	record('w');
}

static K_WORK_DEFINE(other_work, record_work);

/* Other items of the queue get their turn between two batches of tasks that never wait. */
ZTEST(async_executor_work, test_other_work_gets_its_turn)
{
	EDDY_TASK_INIT(&letters_tasks[0], letters, .letter = 'a', .count = 3, .other = &other_work);
	EDDY_TASK_INIT(&letters_tasks[1], letters, .letter = 'b', .count = 3);
	k_sched_lock();
	spawn_on(&urgent, &letters_tasks[0].task);
	spawn_on(&urgent, &letters_tasks[1].task);
	k_sched_unlock();
	zassert_str_equal(recorded(), "abwabwabw");
}

/* Two executors share a queue: batch by batch. */
ZTEST(async_executor_work, test_two_executors_share_a_queue)
{
	k_sched_lock();
	spawn_letters(&urgent, 0, 3);
	spawn_letters(&twin, 1, 3);
	spawn_letters(&urgent, 2, 3);
	k_sched_unlock();
	zassert_str_equal(recorded(), "acbacbacb");
}

/* Waits at the gate. */
struct visitor {
	struct eddy_frame frame;
	char letter;
	k_timeout_t timeout;
	uintptr_t value;
	int64_t ended;
};

async_fn(visitor)
{
	int result;

	async_begin;
	await_into(result, eddy_signal_wait(self, &gate, &my->value, my->timeout));
	my->ended = k_uptime_ticks();
	record(my->letter);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(visitor) visitors[2];

static void spawn_visitor(struct eddy_work_executor *work, int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&visitors[index], visitor, .letter = (char)('x' + index),
		       .timeout = timeout);
	spawn_on(work, &visitors[index].task);
}

static void raise_in_isr(const void *value)
{
	eddy_signal_raise(&gate, (uintptr_t)value);
}

static void spawn_in_isr(const void *task)
{
	(void)eddy_spawn(&urgent.executor, (struct eddy_task *)(uintptr_t)task);
	record('i');
}

static void cancel_in_isr(const void *task)
{
	(void)eddy_cancel((struct eddy_task *)(uintptr_t)task);
}

/* Threads and interrupts spawn, wake and cancel. */
ZTEST(async_executor_work, test_interrupts_spawn_wake_and_cancel)
{
	EDDY_TASK_INIT(&visitors[0], visitor, .letter = 'x', .timeout = K_FOREVER);
	irq_offload(spawn_in_isr, &visitors[0].task);
	irq_offload(raise_in_isr, (const void *)7);
	zassert_str_equal(recorded(), "ix");
	zassert_equal(visitors[0].frame.value, 7U);

	spawn_visitor(&patient, 1, K_FOREVER);
	k_sleep(K_TICKS(2));
	irq_offload(cancel_in_isr, &visitors[1].task);
	join(&visitors[1].task);
	zassert_equal(eddy_task_result(&visitors[1].task), -ECANCELED);
}

static EDDY_TASK_STORAGE(sleeper) sleepers[2];

static void spawn_sleeper(struct eddy_work_executor *work, int index, k_timeout_t timeout,
			  int rounds)
{
	EDDY_TASK_INIT(&sleepers[index], sleeper, .letter = (char)('a' + index), .timeout = timeout,
		       .rounds = rounds);
	spawn_on(work, &sleepers[index].task);
}

static int64_t slept(int index)
{
	return sleepers[index].frame.ended - sleepers[index].frame.began;
}

/* Sleeps have the length asked for, and wake in the order of their deadlines. */
ZTEST(async_executor_work, test_sleeps)
{
	spawn_sleeper(&urgent, 0, K_TICKS(300), 2);
	spawn_sleeper(&urgent, 1, K_TICKS(200), 4);
	join(&sleepers[0].task);
	join(&sleepers[1].task);
	zassert_str_equal(recorded(), "bababb");
	zassert_between_inclusive(slept(0), 600, 600 + 2 * LATE);
	zassert_between_inclusive(slept(1), 800, 800 + 4 * LATE);
}

/* An earlier deadline that comes later is met; so is the first one then. */
ZTEST(async_executor_work, test_an_earlier_deadline_is_armed)
{
	spawn_sleeper(&urgent, 0, K_TICKS(500), 1);
	spawn_sleeper(&urgent, 1, K_TICKS(20), 1);
	join(&sleepers[1].task);
	zassert_between_inclusive(slept(1), 20, 20 + LATE);
	join(&sleepers[0].task);
	zassert_between_inclusive(slept(0), 500, 500 + LATE);
}

/* A limit that was not reached wakes nobody, and delays nobody. */
ZTEST(async_executor_work, test_a_limit_that_was_not_reached)
{
	spawn_visitor(&urgent, 0, K_TICKS(20));
	spawn_sleeper(&urgent, 0, K_TICKS(500), 1);
	eddy_signal_raise(&gate, 3U);
	zassert_equal(eddy_task_result(&visitors[0].task), 0);
	join(&sleepers[0].task);
	zassert_between_inclusive(slept(0), 500, 500 + LATE);
	zassert_str_equal(recorded(), "xa");
}

/* A wait in vain times out. */
ZTEST(async_executor_work, test_a_wait_times_out)
{
	int64_t start = k_uptime_ticks();

	spawn_visitor(&patient, 0, K_TICKS(120));
	join(&visitors[0].task);
	zassert_equal(eddy_task_result(&visitors[0].task), -EAGAIN);
	zassert_between_inclusive(visitors[0].frame.ended - start, 120, 120 + LATE);
}

/* Yields until it is canceled. */
struct spinner {
	struct eddy_frame frame;
};

async_fn(spinner)
{
	int result;

	async_begin;
	do {
		k_busy_wait(1); /* time passes, also on boards that are Linux programs */
		await_into(result, eddy_yield(self));
	} while (result == 0);
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(spinner) spinner_task;

/* A task that never waits keeps no other one from its deadline. */
ZTEST(async_executor_work, test_deadlines_beside_a_task_that_never_waits)
{
	spawn_sleeper(&patient, 0, K_TICKS(50), 3);
	EDDY_TASK_INIT(&spinner_task, spinner);
	spawn_on(&patient, &spinner_task.task);
	join(&sleepers[0].task);
	zassert_between_inclusive(slept(0), 150, 150 + 3 * LATE);
	zassert_equal(eddy_cancel_wait_blocking(&spinner_task.task, SOON), 0);
}

/* A queue that is plugged: tasks wait; unplugged, they run, at the next tick at the latest. */
ZTEST(async_executor_work, test_a_plugged_queue_delays_tasks)
{
	spawn_visitor(&urgent, 0, K_FOREVER);
	spawn_sleeper(&urgent, 0, K_TICKS(10), 1);
	zassert_true(k_work_queue_drain(&urgent_queue, true) >= 0);
	eddy_signal_raise(&gate, 5U);
	k_sleep(K_TICKS(40));
	zassert_str_equal(recorded(), "");
	zassert_equal(k_work_queue_unplug(&urgent_queue), 0);
	k_sleep(K_TICKS(3));
	zassert_str_equal(recorded(), "xa");
	spawn_letters(&urgent, 1, 2);
	zassert_str_equal(recorded(), "xabb", "as before");
}

static uint32_t sent;

static void send_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	if (eddy_chan_try_send(&chan, &sent) == 0) {
		sent++;
	}
}

static K_TIMER_DEFINE(sender, send_on_expiry, NULL);

#define ITEMS 1000U

/* Receives, now with a limit and now without, and is busy for ever other times in between. */
struct receiver {
	struct eddy_frame frame;
	uint32_t item;
	uint32_t expected;
};

async_fn(receiver)
{
	int result;

	async_begin;
	while (my->expected < ITEMS) {
		await_into(result,
			   eddy_chan_recv(self, &chan, &my->item,
					  my->expected % 3U == 0U ? K_TICKS(1) : K_FOREVER));
		if (result == 0) {
			zexpect_equal(my->item, my->expected);
			my->expected++;
		}
		for (volatile uint32_t i = 0U; i < my->expected % 97U; i++) {
		}
	}
	async_end;
}

static void receive_from_interrupts(struct eddy_work_executor *work)
{
	static EDDY_TASK_STORAGE(receiver) receiver_task;

	sent = 0U;
	EDDY_TASK_INIT(&receiver_task, receiver);
	spawn_on(work, &receiver_task.task);
	k_timer_start(&sender, K_TICKS(1), K_TICKS(1));
	join(&receiver_task.task);
	k_timer_stop(&sender);
	zassert_equal(receiver_task.frame.expected, ITEMS);
	while (eddy_chan_try_recv(&chan, &sent) == 0) {
	}
}

/* Wakes at all moments, also between the last look at the tasks and the item's end, are heard. */
ZTEST(async_executor_work, test_no_wake_is_lost)
{
	receive_from_interrupts(&urgent);
	receive_from_interrupts(&patient);
	EDDY_TASK_INIT(&spinner_task, spinner);
	spawn_on(&patient, &spinner_task.task);
	receive_from_interrupts(&patient);
	zassert_equal(eddy_cancel_wait_blocking(&spinner_task.task, SOON), 0);
}

static uint64_t busy_cycles(uint64_t *all)
{
	k_thread_runtime_stats_t stats;

	zassert_equal(k_thread_runtime_stats_all_get(&stats), 0);
	*all = stats.execution_cycles;
	return stats.total_cycles;
}

/* An executor whose tasks all wait uses no CPU: the idle thread runs for ten seconds. */
ZTEST(async_executor_work, test_an_idle_executor_uses_no_cpu)
{
	uint64_t all;
	uint64_t busy;
	uint64_t all_before;
	uint64_t busy_before;

	spawn_visitor(&urgent, 0, K_FOREVER);
	spawn_visitor(&patient, 1, K_SECONDS(60));
	k_sleep(K_TICKS(10));
	busy_before = busy_cycles(&all_before);
	k_sleep(K_SECONDS(10));
	busy = busy_cycles(&all);
	zassert_true(all - all_before >= k_ms_to_cyc_floor64(9900), "the clock stood still");
	zassert_true(busy - busy_before < (all - all_before) / 1000U, "more than 0.1 %% busy");
	eddy_signal_raise(&gate, 0U);
	eddy_signal_raise(&gate, 0U);
	join(&visitors[0].task);
	join(&visitors[1].task);
}
