/* SPDX-License-Identifier: Apache-2.0 */

/* The interrupt executor: above all threads, nested by priority, woken from everywhere. */

#include <zephyr/irq.h>

#include "async_test.h"
#include "clock_interrupts.h"
#include "irq_lines.h"
#include "sleeper.h"

/* 0 is the most urgent. */
#define PATIENT_PRIORITY 4
#define URGENT_PRIORITY  0

static struct eddy_irq_executor patient;

#ifdef IRQ_SECOND_LINE

static struct eddy_irq_executor urgent;

static void connect_urgent(void)
{
	eddy_irq_executor_init(&urgent, "urgent", IRQ_SECOND_LINE);
	IRQ_CONNECT(IRQ_SECOND_LINE, URGENT_PRIORITY, eddy_irq_executor_isr, &urgent, 0);
	irq_enable(IRQ_SECOND_LINE);
}

#else

/* One line, one executor. */
#define urgent patient

static void connect_urgent(void)
{
}

#endif

static EDDY_SIGNAL_DEFINE(gate);
EDDY_CHAN_DEFINE(chan, uint32_t, 2);

static void *setup(void)
{
	eddy_irq_executor_init(&patient, "patient", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PATIENT_PRIORITY, eddy_irq_executor_isr, &patient, 0);
	irq_enable(IRQ_LINE);
	connect_urgent();
	return NULL;
}

static void before(void *fixture)
{
	async_before(fixture);
	eddy_signal_init(&gate);
}

ZTEST_SUITE(async_executor_irq, NULL, setup, before, async_after, NULL);

static void spawn_on(struct eddy_irq_executor *irq, struct eddy_task *task)
{
	zassert_equal(eddy_spawn(&irq->executor, task), 0);
}

static void join(struct eddy_task *task)
{
	zassert_equal(eddy_task_join_blocking(task, SOON), 0);
}

/* Records its letter and yields, a number of times; notes where it runs. */
struct letters {
	struct eddy_frame frame;
	char letter;
	int count;
	bool in_isr;
};

async_fn(letters)
{
	async_begin;
	my->in_isr = k_is_in_isr();
	for (; my->count > 0; my->count--) {
		record(my->letter);
		await(eddy_yield(self));
	}
	async_end;
}

static EDDY_TASK_STORAGE(letters) letters_tasks[2];

static void spawn_letters(struct eddy_irq_executor *irq, int index, int count)
{
	EDDY_TASK_INIT(&letters_tasks[index], letters, .letter = (char)('a' + index),
		       .count = count);
	spawn_on(irq, &letters_tasks[index].task);
}

/* A task runs at once, in an interrupt, whatever the priority of the thread that spawned it. */
ZTEST(async_executor_irq, test_tasks_run_in_an_interrupt)
{
	k_thread_priority_set(k_current_get(), K_HIGHEST_THREAD_PRIO);
	spawn_letters(&patient, 0, 2);
	record('-');
	zassert_str_equal(recorded(), "aa-");
	zassert_true(letters_tasks[0].frame.in_isr);
	zassert_false(k_is_in_isr());
	zassert_equal(eddy_task_try_join(&letters_tasks[0].task), 0);
}

/* Masked interrupts hold the executor back; then its tasks take turns. */
ZTEST(async_executor_irq, test_masked_interrupts_hold_it_back)
{
	unsigned int key = irq_lock();

	spawn_letters(&patient, 0, 3);
	spawn_letters(&patient, 1, 3);
	record('-');
	irq_unlock(key);
	zassert_str_equal(recorded(), "-ababab");
}

/* What is spawned while the line is disabled runs once that is enabled. */
ZTEST(async_executor_irq, test_a_disabled_line_holds_it_back)
{
	irq_disable(IRQ_LINE);
	spawn_letters(&patient, 0, 1);
	zassert_str_equal(recorded(), "");
	irq_enable(IRQ_LINE);
	k_busy_wait(10);
	zassert_str_equal(recorded(), "a");
}

#ifdef IRQ_SECOND_LINE

/* And no other executor. */
ZTEST(async_executor_irq, test_a_disabled_line_holds_back_one_executor)
{
	irq_disable(IRQ_LINE);
	spawn_letters(&patient, 0, 1);
	spawn_letters(&urgent, 1, 1);
	zassert_str_equal(recorded(), "b");
	irq_enable(IRQ_LINE);
	k_busy_wait(10);
	zassert_str_equal(recorded(), "ba");
}

#endif

/* An interrupt that means nothing does no harm. */
ZTEST(async_executor_irq, test_a_spurious_interrupt)
{
	eddy_irq_pend(IRQ_LINE);
	spawn_letters(&patient, 0, 1);
	eddy_irq_pend(IRQ_LINE);
	zassert_str_equal(recorded(), "a");
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

static void spawn_visitor(struct eddy_irq_executor *irq, int index, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&visitors[index], visitor, .letter = (char)('x' + index),
		       .timeout = timeout);
	spawn_on(irq, &visitors[index].task);
}

/* Wakes the one at the gate, between two letters of its own. */
struct waker {
	struct eddy_frame frame;
};

async_fn(waker)
{
	async_begin;
	record('[');
	eddy_signal_raise(&gate, 0U);
	record(']');
	async_end;
}

static EDDY_TASK_STORAGE(waker) waker_task;

static void wake_from_one_to_the_other(struct eddy_irq_executor *from, struct eddy_irq_executor *to)
{
	spawn_visitor(to, 0, K_FOREVER);
	EDDY_TASK_INIT(&waker_task, waker);
	spawn_on(from, &waker_task.task);
	zassert_equal(eddy_task_try_join(&visitors[0].task), 0);
}

#ifdef IRQ_SECOND_LINE

/* A task that wakes one of a more urgent executor is interrupted in the middle. */
ZTEST(async_executor_irq, test_the_urgent_one_nests)
{
	wake_from_one_to_the_other(&patient, &urgent);
	zassert_str_equal(recorded(), "[x]");
}

#endif

/* One that wakes one of a less urgent executor is not. */
ZTEST(async_executor_irq, test_the_patient_one_waits)
{
	wake_from_one_to_the_other(&urgent, &patient);
	zassert_str_equal(recorded(), "[]x");
}

static void raise_in_isr(const void *value)
{
	eddy_signal_raise(&gate, (uintptr_t)value);
}

static void spawn_in_isr(const void *task)
{
	(void)eddy_spawn(&patient.executor, (struct eddy_task *)(uintptr_t)task);
}

static void cancel_in_isr(const void *task)
{
	(void)eddy_cancel((struct eddy_task *)(uintptr_t)task);
}

/* Threads and interrupts spawn, wake and cancel. */
ZTEST(async_executor_irq, test_interrupts_spawn_wake_and_cancel)
{
	EDDY_TASK_INIT(&visitors[0], visitor, .letter = 'x', .timeout = K_FOREVER);
	irq_offload(spawn_in_isr, &visitors[0].task);
	irq_offload(raise_in_isr, (const void *)7);
	zassert_str_equal(recorded(), "x");
	zassert_equal(visitors[0].frame.value, 7U);

	spawn_visitor(&urgent, 1, K_FOREVER);
	irq_offload(cancel_in_isr, &visitors[1].task);
	zassert_equal(eddy_task_try_join(&visitors[1].task), 0);
	zassert_equal(eddy_task_result(&visitors[1].task), -ECANCELED);
	spawn_visitor(&patient, 0, K_FOREVER);
	zassert_equal(eddy_cancel(&visitors[0].task), 0);
	zassert_equal(eddy_task_result(&visitors[0].task), -ECANCELED);
}

/* Spawns another task, waits for its end. */
struct parent {
	struct eddy_frame frame;
	struct eddy_irq_executor *executor;
};

async_fn(parent)
{
	int result;

	async_begin;
	record('(');
	spawn_letters(my->executor, 0, 2);
	await_into(result, eddy_task_join(self, &letters_tasks[0].task, K_FOREVER));
	record(')');
	async_return(result);
	async_end;
}

static EDDY_TASK_STORAGE(parent) parent_task;

static void spawn_parent(struct eddy_irq_executor *parent_on, struct eddy_irq_executor *child_on)
{
	EDDY_TASK_INIT(&parent_task, parent, .executor = child_on);
	spawn_on(parent_on, &parent_task.task);
	zassert_equal(eddy_task_try_join(&parent_task.task), 0);
	zassert_equal(eddy_task_result(&parent_task.task), 0);
}

/* Tasks in interrupts spawn and join others, on their own executor and on others. */
ZTEST(async_executor_irq, test_tasks_spawn_and_join)
{
	spawn_parent(&patient, &patient);
	zassert_str_equal(recorded(), "(aa)");
	spawn_parent(&patient, &urgent);
	spawn_parent(&urgent, &patient);
	zassert_str_equal(recorded(), "(aa)(aa)(aa)");
}

static EDDY_TASK_STORAGE(sleeper) sleepers[2];

static void spawn_sleeper(struct eddy_irq_executor *irq, int index, k_timeout_t timeout, int rounds)
{
	EDDY_TASK_INIT(&sleepers[index], sleeper, .letter = (char)('a' + index), .timeout = timeout,
		       .rounds = rounds);
	spawn_on(irq, &sleepers[index].task);
}

static int64_t slept(int index)
{
	return sleepers[index].frame.ended - sleepers[index].frame.began;
}

static void check_sleeps(struct eddy_irq_executor *first, struct eddy_irq_executor *second)
{
	spawn_sleeper(first, 0, K_TICKS(300), 2);
	spawn_sleeper(second, 1, K_TICKS(200), 4);
	join(&sleepers[0].task);
	join(&sleepers[1].task);
	zassert_between_inclusive(slept(0), 600, 600 + 2 * LATE);
	zassert_between_inclusive(slept(1), 800, 800 + 4 * LATE);
}

/* Sleeps have the length asked for, in one executor and in two. */
ZTEST(async_executor_irq, test_sleeps)
{
	check_sleeps(&patient, &patient);
	check_sleeps(&urgent, &urgent);
	check_sleeps(&urgent, &patient);
	zassert_str_equal(recorded(), "bababbbababbbababb");
}

static void check_earlier_deadline(struct eddy_irq_executor *irq)
{
	spawn_sleeper(irq, 0, K_TICKS(500), 1);
	spawn_sleeper(irq, 1, K_TICKS(20), 1);
	join(&sleepers[1].task);
	zassert_between_inclusive(slept(1), 20, 20 + LATE);
	join(&sleepers[0].task);
	zassert_between_inclusive(slept(0), 500, 500 + LATE);
}

/* An earlier deadline that comes later is met; so is the first one then. */
ZTEST(async_executor_irq, test_an_earlier_deadline_is_armed)
{
	check_earlier_deadline(&patient);
	check_earlier_deadline(&urgent);
}

/* A limit that was not reached wakes nobody, and delays nobody. */
ZTEST(async_executor_irq, test_a_limit_that_was_not_reached)
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
ZTEST(async_executor_irq, test_a_wait_times_out)
{
	int64_t start = k_uptime_ticks();

	spawn_visitor(&patient, 0, K_TICKS(120));
	join(&visitors[0].task);
	zassert_equal(eddy_task_result(&visitors[0].task), -EAGAIN);
	zassert_between_inclusive(visitors[0].frame.ended - start, 120, 120 + LATE);
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

static EDDY_TASK_STORAGE(receiver) receiver_task;

static void start_receiving(struct eddy_irq_executor *irq)
{
	sent = 0U;
	EDDY_TASK_INIT(&receiver_task, receiver);
	spawn_on(irq, &receiver_task.task);
}

static void end_receiving(void)
{
	join(&receiver_task.task);
	k_timer_stop(&sender);
	zassert_equal(receiver_task.frame.expected, ITEMS);
	while (eddy_chan_try_recv(&chan, &sent) == 0) {
	}
}

/* Wakes by interrupts at all moments, also before the handler's return, are heard. */
ZTEST(async_executor_irq, test_no_wake_by_an_interrupt_is_lost)
{
	start_receiving(&patient);
	k_timer_start(&sender, K_TICKS(1), K_TICKS(1));
	end_receiving();
	start_receiving(&urgent);
	k_timer_start(&sender, K_TICKS(1), K_TICKS(1));
	end_receiving();
}

/* Sends what the receiver waits for. */
struct producer {
	struct eddy_frame frame;
	uint32_t item;
};

async_fn(producer)
{
	async_begin;
	for (; my->item < ITEMS; my->item++) {
		await(eddy_chan_send(self, &chan, &my->item, K_FOREVER));
		if (my->item % 5U == 0U) {
			await(eddy_sleep(self, K_TICKS(1)));
		}
	}
	async_end;
}

static EDDY_TASK_STORAGE(producer) producer_task;

/* Neither is any of a more or less urgent executor's task. */
ZTEST(async_executor_irq, test_no_wake_by_another_executor_is_lost)
{
	EDDY_TASK_INIT(&producer_task, producer);
	start_receiving(&patient);
	spawn_on(&urgent, &producer_task.task);
	end_receiving();
	EDDY_TASK_INIT(&producer_task, producer);
	start_receiving(&urgent);
	spawn_on(&patient, &producer_task.task);
	end_receiving();
}

/* Gives a semaphore of the kernel: tasks may do what an interrupt may. */
struct giver {
	struct eddy_frame frame;
	struct k_sem *sem;
};

async_fn(giver)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(2)));
	k_sem_give(my->sem);
	async_end;
}

/* A task wakes a thread by a kernel object. */
ZTEST(async_executor_irq, test_a_task_wakes_a_thread)
{
	static EDDY_TASK_STORAGE(giver) giver_task;
	static K_SEM_DEFINE(sem, 0, 1);

	EDDY_TASK_INIT(&giver_task, giver, .sem = &sem);
	spawn_on(&patient, &giver_task.task);
	zassert_equal(k_sem_take(&sem, SOON), 0);
}

static uint64_t busy_cycles(uint64_t *all)
{
	k_thread_runtime_stats_t stats;

	zassert_equal(k_thread_runtime_stats_all_get(&stats), 0);
	*all = stats.execution_cycles;
	return stats.total_cycles;
}

/*
 * An executor whose tasks all wait uses no CPU: the idle thread runs for ten seconds, with no more
 * clock interrupts than the hardware needs to count that far.
 */
ZTEST(async_executor_irq, test_an_idle_executor_uses_no_cpu)
{
	uint32_t interrupts;
	uint64_t all;
	uint64_t busy;
	uint64_t all_before;
	uint64_t busy_before;

	spawn_visitor(&urgent, 0, K_FOREVER);
	spawn_visitor(&patient, 1, K_SECONDS(60));
	interrupts = clock_interrupts();
	busy_before = busy_cycles(&all_before);
	k_sleep(K_SECONDS(10));
	busy = busy_cycles(&all);
	interrupts = clock_interrupts() - interrupts;
	zassert_true(interrupts <= 40U, "%u clock interrupts", interrupts);
	zassert_true(all - all_before >= k_ms_to_cyc_floor64(9900), "the clock stood still");
	zassert_true(busy - busy_before < (all - all_before) / 1000U, "more than 0.1 %% busy");
	eddy_signal_raise(&gate, 0U);
	eddy_signal_raise(&gate, 0U);
	zassert_equal(eddy_task_try_join(&visitors[0].task), 0);
	zassert_equal(eddy_task_try_join(&visitors[1].task), 0);
}
