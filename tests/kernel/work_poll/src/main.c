/* SPDX-License-Identifier: Apache-2.0 */

/* Triggered work: what k_work_poll_*() promise, from threads and from interrupts. */

#include <zephyr/irq_offload.h>
#include <zephyr/ztest.h>

#include "workers.h"

#define EVENT_COUNT 2
#define STACK_SIZE  1024

/* The places of the objects in an array of events. */
enum {
	SEM,
	SIGNAL,
};

static struct k_sem sem;
static struct k_fifo fifo;
static struct k_poll_signal signal;

/* One whose items run at once, one whose items run when the test sleeps. */
static struct k_work_q high_queue;
static struct k_work_q low_queue;
static K_THREAD_STACK_DEFINE(high_stack, STACK_SIZE);
static K_THREAD_STACK_DEFINE(low_stack, STACK_SIZE);

/* What is tested: an item, its events, and what its handler saw. */
struct trigger {
	struct k_work_poll work;
	struct k_poll_event events[EVENT_COUNT];
	char letter;
	int runs;
	int result;
	k_tid_t thread;
};

static struct trigger first;
static struct trigger second;

static void note_run(struct k_work *work)
{
	struct k_work_poll *work_poll = CONTAINER_OF(work, struct k_work_poll, work);
	struct trigger *trigger = CONTAINER_OF(work_poll, struct trigger, work);

	trigger->runs++;
	trigger->result = work_poll->poll_result;
	trigger->thread = k_current_get();
	record(trigger->letter);
}

static void set_events(struct trigger *trigger)
{
	k_poll_event_init(&trigger->events[SEM], K_POLL_TYPE_SEM_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY,
			  &sem);
	k_poll_event_init(&trigger->events[SIGNAL], K_POLL_TYPE_SIGNAL, K_POLL_MODE_NOTIFY_ONLY,
			  &signal);
}

static void set_up(struct trigger *trigger, char letter)
{
	k_work_poll_init(&trigger->work, note_run);
	set_events(trigger);
	trigger->letter = letter;
	trigger->runs = 0;
	trigger->result = 1; /* none of an item's */
	trigger->thread = NULL;
}

static int submit(struct trigger *trigger, struct k_work_q *queue, k_timeout_t timeout)
{
	return k_work_poll_submit_to_queue(queue, &trigger->work, trigger->events, EVENT_COUNT,
					   timeout);
}

static void *setup(void)
{
	k_work_queue_start(&high_queue, high_stack, K_THREAD_STACK_SIZEOF(high_stack), PRIO_HIGH,
			   NULL);
	k_work_queue_start(&low_queue, low_stack, K_THREAD_STACK_SIZEOF(low_stack), PRIO_LOW, NULL);
	return NULL;
}

static void before(void *fixture)
{
	workers_before(fixture);
	k_sem_init(&sem, 0, 10);
	k_fifo_init(&fifo);
	k_poll_signal_init(&signal);
	set_up(&first, 'a');
	set_up(&second, 'b');
}

/* Nothing may wait on into the next test. */
static void after(void *fixture)
{
	k_sleep(K_MSEC(1));
	(void)k_work_poll_cancel(&first.work);
	(void)k_work_poll_cancel(&second.work);
	workers_after(fixture);
}

ZTEST_SUITE(work_poll, NULL, setup, before, after, NULL);

/* The item runs when an event happens, on the thread of its queue, and not before. */
ZTEST(work_poll, test_event_runs_the_item)
{
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(first.runs, 0);
	zassert_equal(first.work.poll_result, -EINPROGRESS);

	k_poll_signal_raise(&signal, 0);
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, 0);
	zassert_equal_ptr(first.thread, k_work_queue_thread_get(&high_queue));
	zassert_equal(first.events[SIGNAL].state, K_POLL_STATE_SIGNALED);
	zassert_equal(first.events[SEM].state, K_POLL_STATE_NOT_READY);
}

/* It runs once, however often its events happen. */
ZTEST(work_poll, test_item_runs_once)
{
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	for (int i = 0; i < 3; i++) {
		k_sem_give(&sem);
		k_poll_signal_raise(&signal, 0);
	}
	k_sleep(K_MSEC(5));
	zassert_equal(first.runs, 1);
}

/* If an event has happened already the item runs at once. */
ZTEST(work_poll, test_available_object_runs_the_item)
{
	k_sem_give(&sem);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, 0);
	zassert_equal(first.events[SEM].state, K_POLL_STATE_SEM_AVAILABLE);
	zassert_equal(k_sem_count_get(&sem), 1U, "nothing is taken");

	set_events(&first);
	zassert_equal(submit(&first, &high_queue, K_NO_WAIT), 0);
	zassert_equal(first.runs, 2);
	zassert_equal(first.result, 0);
}

/* Without a wait the item runs at once, and learns that nothing has happened. */
ZTEST(work_poll, test_no_wait_runs_the_item)
{
	zassert_equal(submit(&first, &high_queue, K_NO_WAIT), 0);
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, -EAGAIN);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(first.runs, 1, "its events must be withdrawn");
}

/* When its time is over, and not before, the item runs and learns that nothing has happened. */
ZTEST(work_poll, test_timeout_runs_the_item)
{
	zassert_equal(submit(&first, &high_queue, K_MSEC(10)), 0);
	k_sleep(K_MSEC(9));
	zassert_equal(first.runs, 0);
	k_sleep(K_MSEC(5));
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, -EAGAIN);

	k_poll_signal_raise(&signal, 0);
	zassert_equal(first.runs, 1, "its events must be withdrawn");
	zassert_equal(first.events[SIGNAL].state, K_POLL_STATE_NOT_READY);
}

/* An event between the end of the time and the run is marked, but comes too late. */
ZTEST(work_poll, test_event_after_the_timeout)
{
	zassert_equal(submit(&first, &low_queue, K_TICKS(1)), 0);
	k_busy_wait(5 * k_ticks_to_us_ceil32(1));
	k_poll_signal_raise(&signal, 0);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, -EAGAIN);
	zassert_equal(first.events[SIGNAL].state, K_POLL_STATE_SIGNALED);
}

/* An item that ran has no time-out any more. */
ZTEST(work_poll, test_event_ends_the_timeout)
{
	zassert_equal(submit(&first, &high_queue, K_MSEC(5)), 0);
	k_sem_give(&sem);
	zassert_equal(first.result, 0);
	k_sleep(K_MSEC(20));
	zassert_equal(first.runs, 1);
}

/* Events that happen before the handler is called are marked too. */
ZTEST(work_poll, test_events_add_up_until_the_item_runs)
{
	zassert_equal(submit(&first, &low_queue, K_FOREVER), 0);
	k_poll_signal_raise(&signal, 0);
	k_sem_give(&sem);
	zassert_equal(first.runs, 0);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal(first.events[SEM].state, K_POLL_STATE_SEM_AVAILABLE);
	zassert_equal(first.events[SIGNAL].state, K_POLL_STATE_SIGNALED);
}

/* Each unit is told to one item, the one that has waited longest. */
ZTEST(work_poll, test_one_raise_runs_one_item)
{
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(submit(&second, &high_queue, K_FOREVER), 0);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(first.runs + second.runs, 1);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(first.runs, 1);
	zassert_equal(second.runs, 1);
}

/* Canceled waiting for a queue runs the item, and marks the event. */
ZTEST(work_poll, test_cancel_wait_runs_the_item)
{
	k_poll_event_init(&first.events[SEM], K_POLL_TYPE_FIFO_DATA_AVAILABLE,
			  K_POLL_MODE_NOTIFY_ONLY, &fifo);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	k_fifo_cancel_wait(&fifo);
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, 0);
	zassert_equal(first.events[SEM].state, K_POLL_STATE_CANCELLED);
}

/* A canceled item does not run, be it for an event or for its time. */
ZTEST(work_poll, test_canceled_item_does_not_run)
{
	zassert_equal(submit(&first, &high_queue, K_MSEC(5)), 0);
	zassert_equal(k_work_poll_cancel(&first.work), 0);
	k_poll_signal_raise(&signal, 0);
	k_sleep(K_MSEC(20));
	zassert_equal(first.runs, 0);
	zassert_equal(first.events[SIGNAL].state, K_POLL_STATE_NOT_READY);
}

/* A canceled item can be submitted anew, to another queue too. */
ZTEST(work_poll, test_canceled_item_can_be_used_again)
{
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(k_work_poll_cancel(&first.work), 0);
	zassert_equal(submit(&first, &low_queue, K_FOREVER), 0);
	k_sem_give(&sem);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal_ptr(first.thread, k_work_queue_thread_get(&low_queue));
}

/* What does not wait cannot be canceled: never submitted, canceled, or over. */
ZTEST(work_poll, test_cancel_refuses_idle_items)
{
	zassert_equal(k_work_poll_cancel(NULL), -EINVAL);
	zassert_equal(k_work_poll_cancel(&first.work), -EINVAL);

	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(k_work_poll_cancel(&first.work), 0);
	zassert_equal(k_work_poll_cancel(&first.work), -EINVAL);

	zassert_equal(submit(&first, &high_queue, K_NO_WAIT), 0);
	zassert_equal(first.runs, 1);
	zassert_equal(k_work_poll_cancel(&first.work), -EINVAL);
}

/* Once an event has happened it is too late to cancel, though the handler was not called yet. */
ZTEST(work_poll, test_cancel_comes_too_late)
{
	zassert_equal(submit(&first, &low_queue, K_FOREVER), 0);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(k_work_poll_cancel(&first.work), -EINVAL);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, 0);
}

/* An item submitted once more while it waits has new events, and the old ones count no more. */
ZTEST(work_poll, test_submit_again_replaces_the_events)
{
	struct k_poll_event other;

	k_poll_event_init(&other, K_POLL_TYPE_FIFO_DATA_AVAILABLE, K_POLL_MODE_NOTIFY_ONLY, &fifo);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	zassert_equal(k_work_poll_submit_to_queue(&high_queue, &first.work, &other, 1, K_FOREVER),
		      0);
	k_poll_signal_raise(&signal, 0);
	k_sem_give(&sem);
	zassert_equal(first.runs, 0);
	k_fifo_cancel_wait(&fifo);
	zassert_equal(first.runs, 1);
}

/* An item submitted once more while it waits has a new time-out. */
ZTEST(work_poll, test_submit_again_replaces_the_timeout)
{
	zassert_equal(submit(&first, &high_queue, K_MSEC(5)), 0);
	zassert_equal(submit(&first, &high_queue, K_MSEC(50)), 0);
	k_sleep(K_MSEC(20));
	zassert_equal(first.runs, 0);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	k_sleep(K_MSEC(60));
	zassert_equal(first.runs, 0);
	zassert_equal(submit(&first, &high_queue, K_MSEC(1)), 0);
	k_sleep(K_MSEC(5));
	zassert_equal(first.runs, 1);
	zassert_equal(first.result, -EAGAIN);
}

/* An item that waits for one queue is not accepted by another, and waits on. */
ZTEST(work_poll, test_submit_to_another_queue_is_refused)
{
	zassert_equal(submit(&first, &low_queue, K_FOREVER), 0);
	zassert_equal(submit(&first, &high_queue, K_NO_WAIT), -EADDRINUSE);
	zassert_equal(first.runs, 0);
	k_poll_signal_raise(&signal, 0);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal_ptr(first.thread, k_work_queue_thread_get(&low_queue));
}

/* An item whose event has happened cannot be submitted before its handler is called. */
ZTEST(work_poll, test_submit_of_a_triggered_item_is_refused)
{
	zassert_equal(submit(&first, &low_queue, K_FOREVER), 0);
	k_poll_signal_raise(&signal, 0);
	zassert_equal(submit(&first, &low_queue, K_FOREVER), -EINVAL);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), -EADDRINUSE);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
}

static void submit_again(struct k_work *work)
{
	note_run(work);
	k_poll_signal_reset(&signal);
	if (first.runs < 3) {
		zassert_equal(k_work_poll_cancel(&first.work), -EINVAL);
		set_events(&first);
		zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	}
}

/* A handler may submit its own item. */
ZTEST(work_poll, test_handler_submits_its_item)
{
	k_work_poll_init(&first.work, submit_again);
	zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
	for (int i = 1; i <= 4; i++) {
		k_poll_signal_raise(&signal, 0);
		zassert_equal(first.runs, MIN(i, 3));
	}
}

/* k_work_poll_submit() takes the system's queue. */
ZTEST(work_poll, test_submit_takes_the_systems_queue)
{
	zassert_equal(k_work_poll_submit(&first.work, first.events, EVENT_COUNT, K_FOREVER), 0);
	k_sem_give(&sem);
	k_sleep(K_MSEC(1));
	zassert_equal(first.runs, 1);
	zassert_equal_ptr(first.thread, k_work_queue_thread_get(&k_sys_work_q));
}

static int isr_results[4];

static void use_in_isr(const void *unused)
{
	ARG_UNUSED(unused);
	isr_results[0] = submit(&first, &high_queue, K_MSEC(5));
	isr_results[1] = k_work_poll_cancel(&first.work);
	isr_results[2] = submit(&first, &high_queue, K_FOREVER);
	isr_results[3] = submit(&second, &high_queue, K_MSEC(5));
	k_sem_give(&sem);
	k_poll_signal_raise(&signal, 0);
}

/* An interrupt may submit, cancel and trigger; the items run when it is over. */
ZTEST(work_poll, test_use_in_an_interrupt)
{
	irq_offload(use_in_isr, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(isr_results); i++) {
		zassert_equal(isr_results[i], 0, "call %d", (int)i);
	}
	k_sem_give(&sem);
	zassert_equal(first.runs, 1);
	zassert_equal(second.runs, 1);
	zassert_equal(second.result, 0);
}

static void give_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	k_sem_give(&sem);
}

static K_TIMER_DEFINE(giver, give_on_expiry, NULL);

/* An event at the very tick of the time-out: the item runs once, for the one or the other. */
ZTEST(work_poll, test_event_at_the_tick_of_the_timeout)
{
	for (int offset = -4; offset <= 4; offset++) {
		before(NULL);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&giver, K_TICKS(10 + offset), K_NO_WAIT);
		zassert_equal(submit(&first, &high_queue, K_TICKS(10)), 0);
		k_sleep(K_TICKS(30));
		zassert_equal(first.runs, 1, "offset %d", offset);
		if (offset == -4 || offset == 4) {
			zassert_equal(first.result, offset < 0 ? 0 : -EAGAIN);
		} else {
			zassert_true(first.result == 0 || first.result == -EAGAIN);
		}
	}
}

/* An interrupt that comes while events are being registered is not missed. */
ZTEST(work_poll, test_interrupt_at_any_moment_of_registration)
{
	for (int delay = 0; delay < 1200; delay++) {
		before(NULL);
		k_sleep(K_TICKS(1)); /* begin at a tick */
		k_timer_start(&giver, K_TICKS(1), K_NO_WAIT);
		for (volatile int spin = 0; spin < delay; spin++) {
		}
		zassert_equal(submit(&first, &high_queue, K_FOREVER), 0);
		k_sleep(K_TICKS(4));
		zassert_equal(first.runs, 1, "delay %d", delay);
		zassert_equal(first.result, 0);
	}
}
