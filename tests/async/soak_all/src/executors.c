/* SPDX-License-Identifier: Apache-2.0 */

/* Executors of all kinds, and the threads that run them. */

#include <zephyr/irq.h>

#include "irq_lines.h"
#include "soak.h"
#include "workers.h"

#define STACK 8192

/* One nests over the other. */
#define PATIENT_PRIORITY 4
#define URGENT_PRIORITY  0

#define THREAD_EXECUTORS 3

static const int priorities[THREAD_EXECUTORS] = {PRIO_COOP, PRIO_HIGH, PRIO_LOW};
static struct eddy_executor thread_executors[THREAD_EXECUTORS];
static struct eddy_work_executor work_executor;
static struct eddy_irq_executor patient_executor;
static struct eddy_bare_executor bare_executor;
static struct eddy_executor polled_executor;

#ifdef IRQ_SECOND_LINE

static struct eddy_irq_executor urgent_executor;

static void start_urgent(void)
{
	eddy_irq_executor_init(&urgent_executor, "urgent", IRQ_SECOND_LINE);
	IRQ_CONNECT(IRQ_SECOND_LINE, URGENT_PRIORITY, eddy_irq_executor_isr, &urgent_executor, 0);
	irq_enable(IRQ_SECOND_LINE);
}

static void stop_urgent(void)
{
	irq_disable(IRQ_SECOND_LINE);
}

#else

/* One line, one executor. */
#define urgent_executor patient_executor

static void start_urgent(void)
{
}

static void stop_urgent(void)
{
}

#endif

static bool all_home;

static struct eddy_executor *const executors[] = {
	&polled_executor,          &thread_executors[0],    &thread_executors[1],
	&thread_executors[2],      &work_executor.executor, &patient_executor.executor,
	&urgent_executor.executor, &bare_executor.executor,
};

/* Of those, of the bare one and of the one that is polled. */
#define BARE             THREAD_EXECUTORS
#define POLLED           (THREAD_EXECUTORS + 1)
#define EXECUTOR_THREADS (THREAD_EXECUTORS + 2)

static struct k_thread executor_threads[EXECUTOR_THREADS];
static K_THREAD_STACK_ARRAY_DEFINE(executor_stacks, EXECUTOR_THREADS, STACK);
static struct k_work_q queue;
static K_THREAD_STACK_DEFINE(queue_stack, STACK);

struct eddy_executor *some_executor(void)
{
	return executors[chance(ARRAY_SIZE(executors))];
}

void stop_some_executor(void)
{
	if (chance(2) == 0U) {
		eddy_executor_stop(&bare_executor.executor);
	} else {
		eddy_executor_stop(&thread_executors[chance(THREAD_EXECUTORS)]);
	}
}

/* Runs its executor again whenever somebody has stopped it. */
static void run_executor(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		eddy_executor_run(executor);
	}
}

static void run_bare(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		eddy_bare_executor_run(executor);
	}
}

/* Polls its executor, and has the work queue drained now and then. */
static void run_polled(void *executor, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!all_home) {
		while (eddy_executor_poll(executor)) {
		}
		k_sleep(K_TICKS(1U + chance(4)));
		if (chance(100) == 0U) {
			(void)k_work_queue_drain(&queue, true);
			k_sleep(K_TICKS(chance(5)));
			(void)k_work_queue_unplug(&queue);
		}
	}
}

static void start_thread(int index, k_thread_entry_t entry, void *executor, int prio)
{
	k_thread_create(&executor_threads[index], executor_stacks[index], STACK, entry, executor,
			NULL, NULL, prio, 0, K_NO_WAIT);
}

void start_executors(void)
{
	k_work_queue_start(&queue, queue_stack, STACK, PRIO_TEST, NULL);
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		eddy_executor_init(&thread_executors[i], "soak");
		start_thread(i, run_executor, &thread_executors[i], priorities[i]);
	}
	/* It never leaves the CPU to those of its priority or below. */
	eddy_bare_executor_init(&bare_executor, "bare");
	start_thread(BARE, run_bare, &bare_executor, PRIO_LOW + 1);
	eddy_executor_init(&polled_executor, "polled");
	start_thread(POLLED, run_polled, &polled_executor, PRIO_TEST);

	eddy_work_executor_init(&work_executor, "work", &queue);
	eddy_irq_executor_init(&patient_executor, "patient", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PATIENT_PRIORITY, eddy_irq_executor_isr, &patient_executor, 0);
	irq_enable(IRQ_LINE);
	start_urgent();
}

void stop_executors(void)
{
	all_home = true;
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		zassert_equal(k_thread_priority_get(&executor_threads[i]), priorities[i],
			      "executor %d still inherits a priority", i);
	}
	zassert_equal(k_thread_priority_get(k_work_queue_thread_get(&queue)), PRIO_TEST);
	for (int i = 0; i < THREAD_EXECUTORS; i++) {
		eddy_executor_stop(&thread_executors[i]);
	}
	eddy_executor_stop(&bare_executor.executor);
	for (int i = 0; i < EXECUTOR_THREADS; i++) {
		zassert_equal(k_thread_join(&executor_threads[i], K_SECONDS(10)), 0,
			      "executor %d is stuck", i);
	}
	(void)k_work_queue_drain(&queue, true);
	irq_disable(IRQ_LINE);
	stop_urgent();
	for (uint32_t i = 0U; i < ARRAY_SIZE(executors); i++) {
		zassert_is_null(executors[i]->deadlines, "executor %u: a deadline is left", i);
		zassert_is_null(executors[i]->first, "executor %u: a task is left", i);
		zassert_is_null(executors[i]->again, "executor %u: a task is left", i);
	}
}
