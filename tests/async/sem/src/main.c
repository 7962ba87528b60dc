/* SPDX-License-Identifier: Apache-2.0 */

/* Semaphore: counting, handing over, and everybody's way to it. */

#include "async_test.h"

#define LIMIT 3U

static struct eddy_sem sem;

static void before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_sem_init(&sem, 0U, LIMIT), 0);
}

ZTEST_SUITE(async_sem, NULL, NULL, before, async_after, NULL);

/* Takes units, recording its letter for each, and ends with the last take's result. */
struct taker {
	struct eddy_frame frame;
	char letter;
	int count;
	k_timeout_t timeout;
};

async_fn(taker)
{
	int result;

	async_begin;
	for (; my->count > 0; my->count--) {
		await_into(result, eddy_sem_take(self, &sem, my->timeout));
		record(my->letter);
		if (result != 0) {
			async_return(result);
		}
	}
	async_end;
}

static EDDY_TASK_STORAGE(taker) takers[4];

static void start_taker_on(struct eddy_executor *where, int index, int count, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&takers[index], taker, .letter = (char)('a' + index), .count = count,
		       .timeout = timeout);
	zassert_equal(eddy_spawn(where, &takers[index].task), 0);
}

static void start_taker(int index, int count, k_timeout_t timeout)
{
	start_taker_on(&executor, index, count, timeout);
	run_ready();
}

static void give(unsigned int units)
{
	for (unsigned int i = 0; i < units; i++) {
		eddy_sem_give(&sem);
	}
}

struct thread_taker {
	char letter;
	k_timeout_t timeout;
	int result;
};

static void take_in_thread(void *p1, void *p2, void *p3)
{
	struct thread_taker *my = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	my->result = UNSET;
	my->result = eddy_sem_take_blocking(&sem, my->timeout);
	record(my->letter);
}

/* Units are counted up to the limit, and taken down to none. */
ZTEST(async_sem, test_counts_to_its_limit)
{
	zassert_equal(eddy_sem_try_take(&sem), -EAGAIN);
	zassert_equal(eddy_sem_count(&sem), 0U);
	give(LIMIT + 2U);
	zassert_equal(eddy_sem_count(&sem), LIMIT);
	for (unsigned int i = 0; i < LIMIT; i++) {
		zassert_equal(eddy_sem_try_take(&sem), 0);
	}
	zassert_equal(eddy_sem_try_take(&sem), -EAGAIN);
}

/* A semaphore defined with units has them. */
ZTEST(async_sem, test_defined_with_units)
{
	static EDDY_SEM_DEFINE(defined, 2, 5);

	zassert_equal(eddy_sem_count(&defined), 2U);
	zassert_equal(eddy_sem_try_take(&defined), 0);
	zassert_equal(eddy_sem_try_take(&defined), 0);
	zassert_equal(eddy_sem_try_take(&defined), -EAGAIN);
}

/* What cannot be a semaphore is refused. */
ZTEST(async_sem, test_init_refuses_nonsense)
{
	struct eddy_sem other;

	zassert_equal(eddy_sem_init(&other, 0U, 0U), -EINVAL);
	zassert_equal(eddy_sem_init(&other, 2U, 1U), -EINVAL);
	zassert_equal(eddy_sem_init(&other, 0U, (uint32_t)EDDY_SEM_LIMIT_MAX + 1U), -EINVAL);
	zassert_equal(eddy_sem_init(&other, EDDY_SEM_LIMIT_MAX, EDDY_SEM_LIMIT_MAX), 0);
	eddy_sem_give(&other);
	zassert_equal(eddy_sem_count(&other), (uint32_t)EDDY_SEM_LIMIT_MAX);
}

/* A task that need not wait takes without giving up its turn. */
ZTEST(async_sem, test_no_turn_is_spent_without_need)
{
	give(3U);
	EDDY_TASK_INIT(&takers[0], taker, .letter = 'a', .count = 3, .timeout = K_FOREVER);
	spawn(&takers[0].task);
	zassert_true(eddy_executor_poll(&executor));
	zassert_equal(eddy_task_try_join(&takers[0].task), 0);
	zassert_str_equal(recorded(), "aaa");
}

/* A unit given while a task waits goes to that task, not to the count. */
ZTEST(async_sem, test_a_waiting_task_gets_the_unit)
{
	start_taker(0, 1, K_FOREVER);
	give(1U);
	zassert_equal(eddy_sem_count(&sem), 0U);
	zassert_equal(eddy_sem_try_take(&sem), -EAGAIN, "it belongs to the task");
	run_ready();
	zassert_equal(eddy_task_result(&takers[0].task), 0);
}

/* Giving more units than tasks wait serves all of them and counts the rest. */
ZTEST(async_sem, test_units_beyond_the_waiters_are_counted)
{
	start_taker(0, 1, K_FOREVER);
	start_taker(1, 1, K_FOREVER);
	give(4U);
	zassert_equal(eddy_sem_count(&sem), 2U);
	run_ready();
	zassert_str_equal(recorded(), "ab");
}

/* Tasks of one executor are served by arrival. */
ZTEST(async_sem, test_waiters_are_served_by_arrival)
{
	for (int i = 0; i < 3; i++) {
		start_taker(i, 2, K_FOREVER);
	}
	for (int i = 0; i < 6; i++) {
		give(1U);
		run_ready();
	}
	zassert_str_equal(recorded(), "abcabc");
}

/* Tasks and threads that wait are served by priority. */
ZTEST(async_sem, test_waiters_are_served_by_priority)
{
	static struct eddy_executor urgent;
	static struct eddy_executor patient;
	struct thread_taker highest = {.letter = 'H', .timeout = K_FOREVER};
	struct thread_taker lowest = {.letter = 'L', .timeout = K_FOREVER};

	worker_start(PRIO_LOW, take_in_thread, &lowest);
	start_executor(&patient, PRIO_LOW);
	start_taker_on(&patient, 1, 1, K_FOREVER);
	k_sleep(K_TICKS(2)); /* both wait */
	start_taker(0, 1, K_FOREVER);
	start_executor(&urgent, PRIO_HIGH);
	start_taker_on(&urgent, 2, 1, K_FOREVER);
	worker_start(PRIO_COOP, take_in_thread, &highest);

	for (int i = 0; i < 5; i++) {
		give(1U);
		run_ready();
		k_sleep(K_TICKS(2));
	}
	zassert_str_equal(recorded(), "HcaLb");
	zassert_equal(highest.result, 0);
	zassert_equal(lowest.result, 0);
}

/* A wait that times out takes nothing, in a task as in a thread. */
ZTEST(async_sem, test_waits_time_out)
{
	struct thread_taker thread = {.letter = 't', .timeout = K_MSEC(5)};
	int64_t start = k_uptime_ticks();

	start_taker(0, 1, K_MSEC(10));
	run_until_done(&takers[0].task);
	zassert_equal(eddy_task_result(&takers[0].task), -EAGAIN);
	zassert_true(k_uptime_ticks() - start >= K_MSEC(10).ticks);

	worker_join(worker_start(PRIO_HIGH, take_in_thread, &thread));
	zassert_equal(thread.result, -EAGAIN);
	zassert_equal(eddy_sem_take_blocking(&sem, K_NO_WAIT), -EAGAIN);
	start_taker(1, 1, K_NO_WAIT);
	zassert_equal(eddy_task_result(&takers[1].task), -EAGAIN);

	give(2U);
	zassert_equal(eddy_sem_count(&sem), 2U, "a unit went to somebody who had left");
}

/* A canceled task takes nothing, whether it waits already or there would be a unit. */
ZTEST(async_sem, test_cancellation_takes_nothing)
{
	start_taker(0, 1, K_FOREVER);
	zassert_equal(eddy_cancel(&takers[0].task), 0);
	give(1U);
	run_ready();
	zassert_equal(eddy_task_result(&takers[0].task), -ECANCELED);
	zassert_equal(eddy_sem_count(&sem), 1U);

	EDDY_TASK_INIT(&takers[1], taker, .letter = 'b', .count = 1, .timeout = K_FOREVER);
	spawn(&takers[1].task);
	zassert_equal(eddy_cancel(&takers[1].task), 0);
	run_ready();
	zassert_equal(eddy_task_result(&takers[1].task), -ECANCELED);
	zassert_equal(eddy_sem_count(&sem), 1U);
}

/* Canceled when it was served already: the take counts, the next one is canceled. */
ZTEST(async_sem, test_served_then_canceled)
{
	start_taker(0, 2, K_FOREVER);
	give(2U);
	zassert_equal(eddy_sem_count(&sem), 1U);
	zassert_equal(eddy_cancel(&takers[0].task), 0);
	run_ready();
	zassert_equal(takers[0].frame.count, 1, "the first one was taken");
	zassert_equal(eddy_task_result(&takers[0].task), -ECANCELED);
	zassert_equal(eddy_sem_count(&sem), 1U);
}

/* Takes a unit for clean-up, shielded from cancellation. */
struct cleaner {
	struct eddy_frame frame;
	int result;
};

async_fn(cleaner)
{
	async_begin;
	(void)eddy_shield(self);
	await_into(my->result, eddy_sem_take(self, &sem, K_FOREVER));
	eddy_unshield(self);
	async_end;
}

/* A shielded task takes although it is canceled, with a unit there or after a wait. */
ZTEST(async_sem, test_a_shielded_task_takes)
{
	static EDDY_TASK_STORAGE(cleaner) storage;

	for (unsigned int units = 0; units <= 1U; units++) {
		give(units);
		EDDY_TASK_INIT(&storage, cleaner, .result = UNSET);
		spawn(&storage.task);
		zassert_equal(eddy_cancel(&storage.task), 0);
		run_ready();
		give(1U - units);
		run_ready();
		zassert_equal(storage.frame.result, 0);
		zassert_equal(eddy_sem_count(&sem), 0U);
	}
}

static void give_from_isr(const void *arg)
{
	ARG_UNUSED(arg);
	eddy_sem_give(&sem);
}

static void try_take_from_isr(const void *result)
{
	*(int *)(uintptr_t)result = eddy_sem_try_take(&sem);
}

/* Interrupts give to tasks, to threads and to the count, and try to take. */
ZTEST(async_sem, test_interrupts_give_and_try)
{
	struct thread_taker thread = {.letter = 't', .timeout = K_FOREVER};
	int result = UNSET;

	start_taker(0, 1, K_FOREVER);
	irq_offload(give_from_isr, NULL);
	run_ready();
	worker_start(PRIO_HIGH, take_in_thread, &thread);
	irq_offload(give_from_isr, NULL);
	zassert_str_equal(recorded(), "at");
	zassert_equal(thread.result, 0);

	irq_offload(try_take_from_isr, &result);
	zassert_equal(result, -EAGAIN);
	irq_offload(give_from_isr, NULL);
	irq_offload(try_take_from_isr, &result);
	zassert_equal(result, 0);
}

static struct eddy_sem second;

/* Selects between two semaphores, again and again; records which it was. */
struct chooser {
	struct eddy_frame frame;
	EDDY_SELECT(2) select;
	int turns;
};

async_fn(chooser)
{
	int result;

	async_begin;
	eddy_select_init(&my->select);
	eddy_sem_take_arm(&my->select.arm[0], &sem);
	eddy_sem_take_arm(&my->select.arm[1], &second);
	for (; my->turns > 0; my->turns--) {
		await_into(result, eddy_select_next(self, &my->select, K_FOREVER));
		if (result != 0) {
			break;
		}
		record((char)('0' + eddy_select_which(&my->select)));
	}
	eddy_select_end(&my->select);
	async_end;
}

static EDDY_TASK_STORAGE(chooser) the_chooser;

static void start_chooser(int turns)
{
	zassert_equal(eddy_sem_init(&second, 0U, LIMIT), 0);
	EDDY_TASK_INIT(&the_chooser, chooser, .turns = turns);
	spawn(&the_chooser.task);
	run_ready();
}

/* A select takes one unit of the semaphore that has one, and none of the other. */
ZTEST(async_sem, test_select_takes_one)
{
	start_chooser(4);
	eddy_sem_give(&second);
	give(1U);
	zassert_equal(eddy_sem_count(&sem), 1U, "the select has been served by the other");
	run_ready();
	zassert_equal(eddy_sem_count(&sem), 0U, "the next turn takes it");
	eddy_sem_give(&second);
	run_ready();
	give(1U);
	run_ready();
	zassert_str_equal(recorded(), "1010");
	zassert_equal(eddy_sem_count(&sem) + eddy_sem_count(&second), 0U);
}

/* While the task is about something else, its arm neither takes units nor holds others off. */
ZTEST(async_sem, test_an_idle_arm_takes_nothing)
{
	start_chooser(3);
	eddy_sem_give(&second); /* ready, and not run yet: its arm for `sem` still waits */
	start_taker_on(&executor, 0, 1, K_FOREVER);
	give(2U);
	zassert_equal(eddy_sem_count(&sem), 2U);
	zassert_equal(eddy_sem_try_take(&sem), 0);
	run_ready();
	zassert_str_equal(recorded(), "10");
	zassert_equal(eddy_sem_count(&sem), 0U);
	give(1U);
	run_ready();
	zassert_equal(eddy_sem_count(&sem), 0U);
	give(1U);
	run_ready();
	zassert_str_equal(recorded(), "100a");
}

/* A select and tasks at one semaphore: units go by arrival, none is lost. */
ZTEST(async_sem, test_select_among_tasks)
{
	start_taker(0, 1, K_FOREVER);
	start_chooser(1);
	start_taker(1, 1, K_FOREVER);
	give(3U);
	run_ready();
	zassert_str_equal(recorded(), "a0b");
	zassert_equal(eddy_sem_count(&sem), 0U);
}

/* Cancellation of a select leaves the units where they are. */
ZTEST(async_sem, test_canceled_select_takes_nothing)
{
	start_chooser(2);
	zassert_equal(eddy_cancel(&the_chooser.task), 0);
	give(1U);
	eddy_sem_give(&second);
	run_ready();
	zassert_equal(eddy_task_try_join(&the_chooser.task), 0);
	zassert_equal(eddy_sem_count(&sem), 1U);
	zassert_equal(eddy_sem_count(&second), 1U);
}

#define CROWD_UNITS 200

static int crowd_taken;
static int crowd_given;

/* Takes until the crowd has taken all; now and then with a time-out that is too short. */
struct member {
	struct eddy_frame frame;
	int turn;
};

async_fn(member)
{
	int result;

	async_begin;
	while (crowd_taken < CROWD_UNITS) {
		my->turn++;
		await_into(result, eddy_sem_take(self, &sem, K_TICKS(my->turn % 4)));
		if (result == 0) {
			crowd_taken++;
		}
		await(eddy_yield(self));
	}
	async_end;
}

static void give_on_expiry(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	for (int i = 0; i < 3 && crowd_given < CROWD_UNITS; i++) {
		if (eddy_sem_count(&sem) < LIMIT) {
			eddy_sem_give(&sem);
			crowd_given++;
		}
	}
}

static K_TIMER_DEFINE(giver, give_on_expiry, NULL);

/* Waits that time out at the very moment at which units come: none is lost, none is doubled. */
ZTEST(async_sem, test_units_and_time_outs_meet)
{
	static EDDY_TASK_STORAGE(member) members[5];

	crowd_taken = 0;
	crowd_given = 0;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		EDDY_TASK_INIT(&members[i], member, .turn = (int)i);
		spawn(&members[i].task);
	}
	k_timer_start(&giver, K_TICKS(1), K_TICKS(1));
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		run_until_done(&members[i].task);
	}
	k_timer_stop(&giver);
	zassert_equal(crowd_given, CROWD_UNITS);
	zassert_equal(crowd_taken, CROWD_UNITS);
	zassert_equal(eddy_sem_count(&sem), 0U);
}
