/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Mutex: priority inheritance, between tasks of several executors, and threads.
 *
 * Holders lock one or two mutexes, record their letter, wait for their signal, unlock, and record
 * the capital. The test's own thread is in the middle: it sleeps for those below to run.
 */

#include <zephyr/irq.h>

#include "irq_lines.h"
#include "locker.h"

#define PRIO_MIDDLE K_PRIO_PREEMPT(4)
#define MUTEXES     3
#define HOLDERS     4

static struct eddy_mutex mutexes[MUTEXES];
static struct eddy_signal go[HOLDERS];

/* What a holder does; index: into `go`, and its letter is 'a' + index. */
struct plan {
	int index;
	struct eddy_mutex *first;
	struct eddy_mutex *second; /* or NULL */
	k_timeout_t timeout;
	k_tid_t starts; /* thread to start while it owns all, or NULL */
};

struct holder {
	struct eddy_frame frame;
	struct plan plan;
};

static void hold(const struct plan *plan)
{
	record((char)('a' + plan->index));
	if (plan->starts != NULL) {
		k_thread_start(plan->starts);
		record('.');
	}
}

async_fn(holder)
{
	int result;

	async_begin;
	await_into(result, eddy_mutex_lock(self, my->plan.first, my->plan.timeout));
	if (result != 0) {
		async_return(result);
	}
	if (my->plan.second != NULL) {
		await(eddy_mutex_lock(self, my->plan.second, K_FOREVER));
	}
	hold(&my->plan);
	await(eddy_signal_wait(self, &go[my->plan.index], NULL, K_FOREVER));
	if (my->plan.second != NULL) {
		zassert_equal(eddy_mutex_unlock(self, my->plan.second), 0);
	}
	zassert_equal(eddy_mutex_unlock(self, my->plan.first), 0);
	record((char)('A' + my->plan.index));
	async_end;
}

static void hold_in_thread(void *p1, void *p2, void *p3)
{
	struct plan *plan = p1;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	if (eddy_mutex_lock_blocking(plan->first, plan->timeout) != 0) {
		return;
	}
	if (plan->second != NULL) {
		zassert_equal(eddy_mutex_lock_blocking(plan->second, K_FOREVER), 0);
	}
	hold(plan);
	zassert_equal(eddy_signal_wait_blocking(&go[plan->index], NULL, K_FOREVER), 0);
	if (plan->second != NULL) {
		zassert_equal(eddy_mutex_unlock_blocking(plan->second), 0);
	}
	zassert_equal(eddy_mutex_unlock_blocking(plan->first), 0);
	record((char)('A' + plan->index));
}

static EDDY_TASK_STORAGE(holder) holders[HOLDERS];
static struct plan plans[HOLDERS];
static struct eddy_executor executors[HOLDERS];

/* Let everybody run until all wait. */
static void settle(void)
{
	run_for(K_TICKS(3));
}

static void start_task(struct eddy_executor *where, int index, struct eddy_mutex *first,
		       struct eddy_mutex *second)
{
	EDDY_TASK_INIT(
		&holders[index], holder,
		.plan = {.index = index, .first = first, .second = second, .timeout = K_FOREVER});
	zassert_equal(eddy_spawn(where, &holders[index].task), 0);
	settle();
}

static k_tid_t start_thread(int prio, int index, struct eddy_mutex *first,
			    struct eddy_mutex *second)
{
	k_tid_t thread;

	plans[index] = (struct plan){
		.index = index, .first = first, .second = second, .timeout = K_FOREVER};
	thread = worker_start(prio, hold_in_thread, &plans[index]);
	settle();
	return thread;
}

static void finish(int index)
{
	eddy_signal_raise(&go[index], 0U);
	settle();
}

static void before(void *fixture)
{
	locker_before(fixture);
	for (int i = 0; i < MUTEXES; i++) {
		eddy_mutex_init(&mutexes[i]);
	}
	for (int i = 0; i < HOLDERS; i++) {
		eddy_signal_init(&go[i]);
	}
}

ZTEST_SUITE(async_mutex_inherit, NULL, NULL, before, async_after, NULL);

#define zassert_prio(thread, prio) zassert_equal(k_thread_priority_get(thread), (prio))

/* While an urgent thread waits for a task, no thread in between runs before the unlock. */
ZTEST(async_mutex_inherit, test_the_middle_does_not_delay_the_urgent)
{
	static const char letter = 'm';
	k_tid_t middle = worker_create(PRIO_MIDDLE, record_letter, (void *)&letter, K_FOREVER);
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_task(&executors[0], 1, &mutexes[0], NULL);
	start_task(&executors[0], 0, &mutexes[1], NULL);
	start_thread(PRIO_HIGH, 2, &mutexes[0], NULL); /* waits */
	zassert_prio(patient, PRIO_HIGH);
	zassert_str_equal(recorded(), "ba");

	EDDY_TASK_INIT(
		&holders[3], holder,
		.plan = {.index = 3, .first = &mutexes[2], .timeout = K_FOREVER, .starts = middle});
	zassert_equal(eddy_spawn(&executors[0], &holders[3].task), 0);
	zassert_str_equal(recorded(), "bad.m", "the executor is less urgent than it should be");
	eddy_signal_raise(&go[1], 0U);
	zassert_str_equal(recorded(), "bad.mc", "the owner did not run at once");
	zassert_prio(patient, PRIO_LOW);
	settle();
	zassert_str_equal(recorded(), "bad.mcB");
}

/* The thread of an executor has the priority of an urgent executor's task that waits. */
ZTEST(async_mutex_inherit, test_task_lends_to_task)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_executor(&executors[1], PRIO_HIGH);
	start_task(&executors[0], 0, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_LOW);
	start_task(&executors[1], 1, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_HIGH);
	finish(0);
	zassert_prio(patient, PRIO_LOW);
	zassert_str_equal(recorded(), "abA");
	finish(1);
	zassert_str_equal(recorded(), "abAB");
}

/* So has a thread that owns a mutex. */
ZTEST(async_mutex_inherit, test_task_lends_to_thread)
{
	k_tid_t patient = start_thread(PRIO_LOW, 0, &mutexes[0], NULL);

	start_executor(&executors[1], PRIO_HIGH);
	start_task(&executors[1], 1, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_HIGH);
	eddy_signal_raise(&go[0], 0U);
	zassert_str_equal(recorded(), "ab", "the owner is urgent until the unlock, and no longer");
	zassert_prio(patient, PRIO_LOW);
	settle();
	zassert_str_equal(recorded(), "abA");
	finish(1);
}

/* Who is less urgent lends nothing, nor who is as urgent. */
ZTEST(async_mutex_inherit, test_the_patient_lend_nothing)
{
	k_tid_t urgent = start_executor(&executors[0], PRIO_HIGH);

	start_executor(&executors[1], PRIO_LOW);
	start_executor(&executors[2], PRIO_HIGH);
	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&executors[1], 1, &mutexes[0], NULL);
	zassert_prio(urgent, PRIO_HIGH);
	start_task(&executors[2], 2, &mutexes[0], NULL);
	zassert_prio(urgent, PRIO_HIGH);
	finish(0);
	finish(2);
	finish(1);
	zassert_str_equal(recorded(), "aAcCbB");
	zassert_prio(urgent, PRIO_HIGH);
}

/* Several mutexes of one executor's tasks: the most urgent waiter of those still owned counts. */
ZTEST(async_mutex_inherit, test_the_most_urgent_of_several)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&executors[0], 1, &mutexes[1], NULL);
	start_thread(PRIO_MIDDLE, 2, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_MIDDLE);
	start_thread(PRIO_HIGH, 3, &mutexes[1], NULL);
	zassert_prio(patient, PRIO_HIGH);
	finish(1);
	zassert_prio(patient, PRIO_MIDDLE);
	finish(0);
	zassert_prio(patient, PRIO_LOW);
	finish(2);
	finish(3);
	zassert_str_equal(recorded(), "abdBcACD");
}

/* The same, unlocked in the other order. */
ZTEST(async_mutex_inherit, test_the_less_urgent_of_several_ends_first)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&executors[0], 1, &mutexes[1], NULL);
	start_thread(PRIO_MIDDLE, 2, &mutexes[0], NULL);
	start_thread(PRIO_HIGH, 3, &mutexes[1], NULL);
	finish(0);
	zassert_prio(patient, PRIO_HIGH);
	finish(1);
	zassert_prio(patient, PRIO_LOW);
	finish(2);
	finish(3);
}

/* A more urgent second waiter raises the owner further; the one left behind lends to the next. */
ZTEST(async_mutex_inherit, test_a_loan_grows)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);
	k_tid_t middle;

	start_task(&executors[0], 0, &mutexes[0], NULL);
	middle = start_thread(PRIO_MIDDLE, 1, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_MIDDLE);
	start_thread(PRIO_HIGH, 2, &mutexes[0], NULL);
	zassert_prio(patient, PRIO_HIGH);
	finish(0);
	zassert_prio(patient, PRIO_LOW);
	finish(2);
	zassert_prio(middle, PRIO_MIDDLE);
	finish(1);
	zassert_str_equal(recorded(), "acACbB");
}

/* The owner of what the owner waits for inherits too: it waited already. */
ZTEST(async_mutex_inherit, test_chain_of_tasks)
{
	k_tid_t last = start_executor(&executors[0], PRIO_LOW);
	k_tid_t between = start_executor(&executors[1], PRIO_LOW);

	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&executors[1], 1, &mutexes[1], &mutexes[0]); /* waits for the second */
	start_thread(PRIO_HIGH, 2, &mutexes[1], NULL);
	zassert_prio(between, PRIO_HIGH);
	zassert_prio(last, PRIO_HIGH);
	finish(0);
	zassert_prio(last, PRIO_LOW);
	zassert_prio(between, PRIO_HIGH);
	finish(1);
	zassert_prio(between, PRIO_LOW);
	finish(2);
	zassert_str_equal(recorded(), "abAcBC");
}

/* The same with threads. */
ZTEST(async_mutex_inherit, test_chain_of_threads)
{
	k_tid_t last = start_thread(PRIO_LOW, 0, &mutexes[0], NULL);
	k_tid_t between = start_thread(PRIO_LOW, 1, &mutexes[1], &mutexes[0]);

	start_thread(PRIO_HIGH, 2, &mutexes[1], NULL);
	zassert_prio(between, PRIO_HIGH);
	zassert_prio(last, PRIO_HIGH);
	finish(0);
	zassert_prio(last, PRIO_LOW);
	finish(1);
	zassert_prio(between, PRIO_LOW);
	finish(2);
	zassert_str_equal(recorded(), "abAcBC");
}

/* Locks one mutex, waits for its signal, locks another one, and so on. */
struct climber {
	struct eddy_frame frame;
};

async_fn(climber)
{
	async_begin;
	await(eddy_mutex_lock(self, &mutexes[1], K_FOREVER));
	await(eddy_signal_wait(self, &go[1], NULL, K_FOREVER));
	await(eddy_mutex_lock(self, &mutexes[0], K_FOREVER));
	record('b');
	await(eddy_signal_wait(self, &go[1], NULL, K_FOREVER));
	zassert_equal(eddy_mutex_unlock(self, &mutexes[0]), 0);
	zassert_equal(eddy_mutex_unlock(self, &mutexes[1]), 0);
	record('B');
	async_end;
}

/* An owner that has inherited lends that on when it comes to wait itself. */
ZTEST(async_mutex_inherit, test_chain_that_grows_at_its_end)
{
	static EDDY_TASK_STORAGE(climber) storage;
	k_tid_t last = start_executor(&executors[0], PRIO_LOW);
	k_tid_t between = start_executor(&executors[1], PRIO_LOW);

	start_task(&executors[0], 0, &mutexes[0], NULL);
	EDDY_TASK_INIT(&storage, climber);
	zassert_equal(eddy_spawn(&executors[1], &storage.task), 0);
	settle();
	start_thread(PRIO_HIGH, 2, &mutexes[1], NULL);
	zassert_prio(between, PRIO_HIGH);
	zassert_prio(last, PRIO_LOW);
	eddy_signal_raise(&go[1], 0U); /* it goes on at once, and waits */
	zassert_prio(last, PRIO_HIGH);
	finish(0);
	zassert_prio(last, PRIO_LOW);
	zassert_prio(between, PRIO_HIGH);
	finish(1);
	zassert_prio(between, PRIO_LOW);
	finish(2);
	zassert_str_equal(recorded(), "abAcBC");
}

/* A waiter that has left has lent until the unlock, and no longer. */
ZTEST(async_mutex_inherit, test_a_loan_of_who_has_left)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_executor(&executors[1], PRIO_HIGH);
	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&executors[1], 1, &mutexes[0], NULL);
	zassert_equal(eddy_cancel(&holders[1].task), 0);
	settle();
	zassert_equal(eddy_task_result(&holders[1].task), -ECANCELED);
	finish(0);
	zassert_prio(patient, PRIO_LOW);
	zassert_false(eddy_mutex_is_locked(&mutexes[0]));
}

/* The next owner inherits from those who go on waiting, if by what they have inherited. */
ZTEST(async_mutex_inherit, test_the_next_owner_inherits)
{
	k_tid_t next;

	zassert_equal(eddy_mutex_lock_blocking(&mutexes[0], K_FOREVER), 0);
	k_thread_priority_set(k_current_get(), PRIO_HIGH);
	start_executor(&executors[0], PRIO_LOW);
	start_task(&executors[0], 0, &mutexes[1], &mutexes[0]); /* waits for the test */
	next = start_thread(PRIO_MIDDLE, 1, &mutexes[0], NULL); /* before that one */
	start_thread(PRIO_HIGH, 2, &mutexes[1], NULL);          /* lends to the task */
	zassert_prio(next, PRIO_MIDDLE);
	zassert_equal(eddy_mutex_unlock_blocking(&mutexes[0]), 0);
	zassert_prio(next, PRIO_HIGH);
	settle();
	zassert_str_equal(recorded(), "b");
	finish(1);
	zassert_prio(next, PRIO_MIDDLE);
	finish(0);
	finish(2);
	zassert_str_equal(recorded(), "baBcAC");
}

/* Tasks on a work queue: its thread inherits. */
ZTEST(async_mutex_inherit, test_work_queue)
{
	static K_THREAD_STACK_DEFINE(stack, 1024);
	static struct k_work_q queue;
	static struct eddy_work_executor work;
	static bool is_started;
	k_tid_t thread;

	if (!is_started) {
		k_work_queue_init(&queue);
		k_work_queue_start(&queue, stack, K_THREAD_STACK_SIZEOF(stack), PRIO_LOW, NULL);
		eddy_work_executor_init(&work, "work", &queue);
		is_started = true;
	}
	thread = k_work_queue_thread_get(&queue);
	start_task(&work.executor, 0, &mutexes[0], NULL);
	start_thread(PRIO_HIGH, 1, &mutexes[0], NULL);
	zassert_prio(thread, PRIO_HIGH);
	finish(0);
	zassert_prio(thread, PRIO_LOW);
	finish(1);
	zassert_str_equal(recorded(), "abAB");
}

/* An interrupt executor on a line that no device of the boards uses. */
#define PRIORITY 3

static struct eddy_irq_executor interrupt;

static void start_interrupt(void)
{
	eddy_irq_executor_init(&interrupt, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PRIORITY, eddy_irq_executor_isr, &interrupt, 0);
	irq_enable(IRQ_LINE);
}

/* A task in an interrupt lends too: the owner is above all threads until the unlock. */
ZTEST(async_mutex_inherit, test_interrupt_executor)
{
	k_tid_t patient = start_executor(&executors[0], PRIO_LOW);

	start_interrupt();
	start_task(&executors[0], 0, &mutexes[0], NULL);
	start_task(&interrupt.executor, 1, &mutexes[0], NULL);
	zassert_prio(patient, K_HIGHEST_APPLICATION_THREAD_PRIO);
	finish(0);
	zassert_prio(patient, PRIO_LOW);
	finish(1);
	zassert_str_equal(recorded(), "abAB");

	/* And where an interrupt is the owner, there is nothing to inherit. */
	start_task(&interrupt.executor, 2, &mutexes[0], NULL);
	start_thread(PRIO_HIGH, 3, &mutexes[0], NULL);
	finish(2);
	finish(3);
	zassert_str_equal(recorded(), "abABcCdD");
}

/* Locks one of the mutexes, or two of them in order, for a while, again and again. */
struct busy {
	struct eddy_frame frame;
	uint32_t seed;
	int rounds;
	int first;
	int second;
};

async_fn(busy)
{
	int result;

	async_begin;
	for (; my->rounds > 0; my->rounds--) {
		my->seed = my->seed * 1664525U + 1013904223U;
		my->first = (int)(my->seed >> 24) % MUTEXES;
		my->second = my->first + 1;
		await_into(result, eddy_mutex_lock(self, &mutexes[my->first],
						   K_TICKS((my->seed >> 16) % 4U)));
		if (result != 0) {
			await(eddy_sleep(self, K_TICKS(1)));
			continue;
		}
		if (my->second < MUTEXES) {
			await(eddy_mutex_lock(self, &mutexes[my->second], K_FOREVER));
			await(eddy_yield(self));
			zassert_equal(eddy_mutex_unlock(self, &mutexes[my->second]), 0);
		}
		await(eddy_sleep(self, K_TICKS((my->seed >> 20) % 3U)));
		zassert_equal(eddy_mutex_unlock(self, &mutexes[my->first]), 0);
	}
	async_end;
}

static void be_busy(void *p1, void *p2, void *p3)
{
	uint32_t seed = POINTER_TO_UINT(p1);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (int rounds = 100; rounds > 0; rounds--) {
		struct eddy_mutex *any;

		seed = seed * 1664525U + 1013904223U;
		any = &mutexes[(seed >> 24) % MUTEXES];
		if (eddy_mutex_lock_blocking(any, K_TICKS((seed >> 16) % 4U)) == 0) {
			k_busy_wait(50);
			zassert_equal(eddy_mutex_unlock_blocking(any), 0);
		}
		k_sleep(K_TICKS((seed >> 20) % 3U));
	}
}

/* Whatever meets, interrupts among it: in the end everybody has a priority of its own. */
ZTEST(async_mutex_inherit, test_nothing_is_inherited_for_ever)
{
	static EDDY_TASK_STORAGE(busy) tasks[8];
	k_tid_t threads[4];
	struct eddy_executor *where[] = {&executors[0], &executors[1], &executor,
					 &interrupt.executor};

	start_interrupt();
	threads[0] = start_executor(&executors[0], PRIO_LOW);
	threads[1] = start_executor(&executors[1], PRIO_HIGH);
	for (size_t i = 0; i < ARRAY_SIZE(tasks); i++) {
		EDDY_TASK_INIT(&tasks[i], busy, .seed = i, .rounds = 200);
		zassert_equal(eddy_spawn(where[i % ARRAY_SIZE(where)], &tasks[i].task), 0);
	}
	threads[2] = worker_start(PRIO_MIDDLE, be_busy, UINT_TO_POINTER(77U));
	threads[3] = worker_start(PRIO_LOW, be_busy, UINT_TO_POINTER(78U));
	for (size_t i = 0; i < ARRAY_SIZE(tasks); i++) {
		run_until_done(&tasks[i].task);
	}
	worker_join(threads[2]);
	worker_join(threads[3]);
	zassert_prio(threads[0], PRIO_LOW);
	zassert_prio(threads[1], PRIO_HIGH);
	zassert_prio(k_current_get(), PRIO_TEST);
	for (int i = 0; i < MUTEXES; i++) {
		zassert_false(eddy_mutex_is_locked(&mutexes[i]));
	}
}
