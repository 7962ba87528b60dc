/* SPDX-License-Identifier: Apache-2.0 */

/*
 * k_work: an item submitted to a queue whose worker is more urgent and waits.
 *
 * work_submit ends at the first instruction of the item's handler, work_cycle when the worker waits
 * again and the call has returned.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

#define STACK_SIZE 1024

static K_THREAD_STACK_DEFINE(worker_stack, STACK_SIZE);
static struct k_work_q queue;

static void mark(struct k_work *work)
{
	ARG_UNUSED(work);
	bench_end();
}

static void do_nothing(struct k_work *work)
{
	ARG_UNUSED(work);
}

static K_WORK_DEFINE(marking, mark);
static K_WORK_DEFINE(empty, do_nothing);

static void begin(void)
{
	k_work_queue_init(&queue);
	k_work_queue_start(&queue, worker_stack, K_THREAD_STACK_SIZEOF(worker_stack), HELPER_HIGHER,
			   NULL);
}

static void end(void)
{
	k_thread_abort(k_work_queue_thread_get(&queue));
}

static void run_submit(unsigned int repetitions)
{
	begin();
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_work_submit_to_queue(&queue, &marking); /* the queue is empty: accepted */
	}
	end();
}

static void run_cycle(unsigned int repetitions)
{
	begin();
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_work_submit_to_queue(&queue, &empty); /* the queue is empty: accepted */
		bench_end();
	}
	end();
}

static const struct bench_row rows[] = {
	{.key = "kernel.work_submit", .run = run_submit},
	{.key = "kernel.work_cycle", .run = run_cycle},
};

const struct bench_family work_family = {rows, ARRAY_SIZE(rows)};
