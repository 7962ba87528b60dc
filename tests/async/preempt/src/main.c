/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Interrupts at awkward moments: timers of odd periods raise, send, cancel and stop while tasks
 * run, so that over some thousand rounds they hit between any two instructions.
 */

#include "async_test.h"

static EDDY_SIGNAL_DEFINE(signal);
EDDY_CHAN_DEFINE(chan, uint32_t, 2);

static void before(void *fixture)
{
	uint32_t unused;

	async_before(fixture);
	eddy_signal_init(&signal);
	while (eddy_chan_try_recv(&chan, &unused) == 0) {
	}
}

ZTEST_SUITE(async_preempt, NULL, NULL, before, async_after, NULL);

/* Some time that is different in each round, in steps of a few cycles. */
static void linger(uint32_t steps)
{
	for (volatile uint32_t i = 0U; i < steps; i++) {
	}
}

static uint32_t sent;
static uint32_t refused;

static void send_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	if (eddy_chan_try_send(&chan, &sent) == 0) {
		sent++;
	} else {
		refused++;
	}
}

static K_TIMER_DEFINE(sender, send_on_expiry, NULL);

#define ITEMS 3000U

/*
 * Receives with and without waiting, with and without time limits; checks that nothing is
 * missing.
 */
struct receiver {
	struct eddy_frame frame;
	uint32_t item;
	uint32_t expected;
	uint32_t timeouts;
};

async_fn(receiver)
{
	int result;

	async_begin;
	while (my->expected < ITEMS) {
		await_into(result,
			   eddy_chan_recv(self, &chan, &my->item, K_TICKS(my->expected % 4U)));
		if (result != 0) {
			zexpect_equal(result, -EAGAIN);
			my->timeouts++;
		} else {
			zexpect_equal(my->item, my->expected);
			my->expected++;
		}
		linger(my->expected % 97U);
		if (my->timeouts % 3U == 0U) {
			await(eddy_yield(self));
		}
	}
	async_end;
}

/* Yields all the time, so that the executor never sleeps. */
struct spinner {
	struct eddy_frame frame;
};

async_fn(spinner)
{
	int result;

	async_begin;
	do {
		await_into(result, eddy_yield(self));
	} while (result == 0);
	async_end;
}

static EDDY_TASK_STORAGE(receiver) receiver_task;
static EDDY_TASK_STORAGE(spinner) spinner_task;

static void start_sending(void)
{
	sent = 0U;
	refused = 0U;
	EDDY_TASK_INIT(&receiver_task, receiver);
	spawn(&receiver_task.task);
	k_timer_start(&sender, K_TICKS(1), K_TICKS(1));
}

static void end_sending(void)
{
	k_timer_stop(&sender);
	zassert_equal(receiver_task.frame.expected, ITEMS);
	zassert_true(receiver_task.frame.timeouts > 0U);
}

/* An interrupt sends to a task that now waits, now does not: no item is lost, none comes twice. */
ZTEST(async_preempt, test_interrupts_send_while_the_executor_sleeps)
{
	start_sending();
	run_until_done(&receiver_task.task);
	end_sending();
}

/* The same while the executor is always awake. */
ZTEST(async_preempt, test_interrupts_send_while_the_executor_is_busy)
{
	EDDY_TASK_INIT(&spinner_task, spinner);
	spawn(&spinner_task.task);
	start_sending();
	while (eddy_task_try_join(&receiver_task.task) == -EAGAIN) {
		zassert_true(eddy_executor_poll(&executor));
	}
	end_sending();
	zassert_equal(eddy_cancel(&spinner_task.task), 0);
	run_ready();
}

static uint32_t raised;

static void raise_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	raised++;
	eddy_signal_raise(&signal, raised);
}

static K_TIMER_DEFINE(raiser, raise_on_expiry, NULL);

/* Works for some cycles, then waits for the next interrupt. */
struct follower {
	struct eddy_frame frame;
	uintptr_t value;
	uintptr_t last;
	uint32_t rounds;
};

async_fn(follower)
{
	int result;

	async_begin;
	while (my->rounds < 2000U) {
		await_into(result, eddy_signal_wait(self, &signal, &my->value, SOON));
		zexpect_equal(result, 0, "a wake was lost");
		zexpect_true(my->value > my->last);
		my->last = my->value;
		my->rounds++;
		linger(my->rounds % 251U);
	}
	async_end;
}

/* An executor on its way to sleep misses no wake by an interrupt. */
ZTEST(async_preempt, test_no_wake_is_lost_on_the_way_to_sleep)
{
	static EDDY_TASK_STORAGE(follower) storage;

	raised = 0U;
	EDDY_TASK_INIT(&storage, follower);
	spawn(&storage.task);
	k_timer_start(&raiser, K_TICKS(1), K_TICKS(1));
	run_until_done(&storage.task);
	k_timer_stop(&raiser);
	zassert_true(raised <= 2U * storage.frame.rounds, "%u for %u", raised,
		     storage.frame.rounds);
}

/* A thread that receives, with time limits around the period of the timer. */
static void receive_in_thread(void *p1, void *p2, void *p3)
{
	uint32_t *expected = p1;
	uint32_t item;
	int result;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (*expected < ITEMS) {
		result = eddy_chan_recv_blocking(&chan, &item, K_TICKS(*expected % 4U));
		if (result == 0) {
			zexpect_equal(item, *expected);
			(*expected)++;
		} else {
			zexpect_equal(result, -EAGAIN);
		}
		linger(*expected % 89U);
	}
}

/* The same for a thread: an item comes either before its time-out or after, never lost between. */
ZTEST(async_preempt, test_interrupts_send_to_a_thread)
{
	static uint32_t expected;
	k_tid_t thread;

	expected = 0U;
	sent = 0U;
	k_timer_start(&sender, K_TICKS(1), K_TICKS(1));
	thread = worker_start(PRIO_LOW, receive_in_thread, &expected);
	zassert_equal(k_thread_join(thread, SOON), 0);
	k_timer_stop(&sender);
	zassert_equal(expected, ITEMS);
}

static uint32_t cancels;

static void cancel_on_expiry(struct k_timer *timer)
{
	if (eddy_cancel(k_timer_user_data_get(timer)) == 0) {
		cancels++;
	}
}

static K_TIMER_DEFINE(canceler, cancel_on_expiry, NULL);

/* Waits in every way until it is canceled. */
struct victim {
	struct eddy_frame frame;
	uint32_t rounds;
	uint32_t item;
};

async_fn(victim)
{
	int result;

	async_begin;
	for (;; my->rounds++) {
		linger(my->rounds % 61U);
		await_into(result, eddy_sleep(self, K_TICKS(1)));
		if (result != 0) {
			break;
		}
		await_into(result, eddy_chan_recv(self, &chan, &my->item, K_TICKS(1)));
		if (result == -ECANCELED) {
			break;
		}
		await_into(result, eddy_yield(self));
		if (result != 0) {
			break;
		}
	}
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(victim) victim_task;

/* Cancelled at any moment, a task ends, can be joined and be spawned again. */
ZTEST(async_preempt, test_interrupts_cancel)
{
	cancels = 0U;
	EDDY_TASK_INIT(&victim_task, victim);
	k_timer_user_data_set(&canceler, &victim_task.task);
	k_timer_start(&canceler, K_TICKS(3), K_TICKS(3));
	for (uint32_t i = 1U; i <= 500U; i++) {
		spawn(&victim_task.task);
		run_until_done(&victim_task.task);
		zassert_equal(eddy_task_result(&victim_task.task), -ECANCELED);
		zassert_true(cancels >= i);
		linger(i % 300U);
	}
	k_timer_stop(&canceler);
}

static void stop_on_expiry(struct k_timer *timer)
{
	eddy_executor_stop(k_timer_user_data_get(timer));
}

static K_TIMER_DEFINE(stopper, stop_on_expiry, NULL);

/* Works until just about the tick at which it is stopped. */
struct until_stop {
	struct eddy_frame frame;
	uint32_t cycles;
};

async_fn(until_stop)
{
	uint32_t start = k_cycle_get_32();

	async_begin;
	while (k_cycle_get_32() - start < my->cycles) {
	}
	await(eddy_signal_wait(self, &signal, NULL, K_SECONDS(1)));
	async_end;
}

static EDDY_TASK_STORAGE(until_stop) until_stop_task;
static struct eddy_bare_executor bare;

/* Have @other begin to sleep @cycles from now; it is stopped at the second tick. */
static void prepare_stop(struct eddy_executor *other, uint32_t cycles)
{
	k_sleep(K_TICKS(1)); /* begin at a tick */
	EDDY_TASK_INIT(&until_stop_task, until_stop, .cycles = cycles);
	zassert_equal(eddy_spawn(other, &until_stop_task.task), 0);
	k_timer_user_data_set(&stopper, other);
	k_timer_start(&stopper, K_TICKS(1), K_NO_WAIT);
}

static void end_stop(int64_t start, uint32_t cycles)
{
	zassert_true(k_uptime_ticks() - start < 100, "stop slept through, %u cycles", cycles);
	zassert_equal(eddy_cancel(&until_stop_task.task), 0);
}

/* Moments to try: from well before the tick to well behind it. */
#define STOP_ROUNDS 1000U

static uint32_t stop_moment(uint32_t round)
{
	uint32_t tick = k_ticks_to_cyc_floor32(1U);

	return tick / 2U + tick * round / STOP_ROUNDS;
}

/* An executor on its way to sleep does not sleep through a stop. */
ZTEST(async_preempt, test_no_stop_is_lost)
{
	for (uint32_t round = 0U; round < STOP_ROUNDS; round++) {
		int64_t start = k_uptime_ticks();

		prepare_stop(&executor, stop_moment(round));
		eddy_executor_run(&executor);
		end_stop(start, stop_moment(round));
		run_ready();
	}
}

/* Nor does a bare one. */
ZTEST(async_preempt, test_no_stop_of_a_bare_executor_is_lost)
{
	eddy_bare_executor_init(&bare, "bare");
	for (uint32_t round = 0U; round < STOP_ROUNDS; round++) {
		int64_t start = k_uptime_ticks();

		prepare_stop(&bare.executor, stop_moment(round));
		eddy_bare_executor_run(&bare);
		end_stop(start, stop_moment(round));
		while (eddy_executor_poll(&bare.executor)) {
		}
	}
}

static void beat_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	eddy_signal_raise(&signal, 0U);
}

static K_TIMER_DEFINE(beat, beat_on_expiry, NULL);

/* Waits for one raise after another. */
struct listener {
	struct eddy_frame frame;
	uint32_t heard;
};

async_fn(listener)
{
	int result;

	async_begin;
	for (;;) {
		await_into(result, eddy_signal_wait(self, &signal, NULL, K_FOREVER));
		if (result != 0) {
			async_return(result);
		}
		my->heard++;
	}
	async_end;
}

struct napper {
	struct eddy_frame frame;
};

async_fn(napper)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(20)));
	async_end;
}

static EDDY_TASK_STORAGE(listener) listener_task;
static EDDY_TASK_STORAGE(napper) napper_task;

/* An executor that is woken for something else in each tick notices its deadlines nevertheless. */
ZTEST(async_preempt, test_wakes_do_not_starve_deadlines)
{
	EDDY_TASK_INIT(&listener_task, listener);
	EDDY_TASK_INIT(&napper_task, napper);
	spawn(&listener_task.task);
	spawn(&napper_task.task);
	k_timer_start(&beat, K_TICKS(1), K_TICKS(1));
	run_until_done(&napper_task.task);
	k_timer_stop(&beat);
	zassert_true(listener_task.frame.heard > 10U);
	zassert_true(listener_task.frame.heard < 200U, "%u", listener_task.frame.heard);
	zassert_equal(eddy_cancel(&listener_task.task), 0);
	run_ready();
}
