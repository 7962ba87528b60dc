/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Two executors on threads of two priorities. A long computation keeps the less urgent one busy;
 * the tasks of the other one do not notice. Then the same computation on the urgent one: they do.
 */

#include "leave.h"

#include <eddy/eddy.h>
#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#define QUESTIONS 5U
#define LOW_PRIO  10

static struct eddy_executor urgent; /* on main() */
static struct eddy_executor low;

EDDY_CHAN_DEFINE(questions, uint32_t, 2);
EDDY_CHAN_DEFINE(answers, uint32_t, 2);

/* Computes the square of each question. */
struct compute {
	struct eddy_frame frame;
	uint32_t number;
};

async_fn(compute)
{
	int rc;

	async_begin;
	for (;;) {
		await_into(rc, eddy_chan_recv(self, &questions, &my->number, K_FOREVER));
		if (rc == -ECANCELED) {
			break;
		}
		k_busy_wait(100 * USEC_PER_MSEC); /* stands for hard work */
		my->number *= my->number;
		await(eddy_chan_send(self, &answers, &my->number, K_FOREVER));
	}
	async_end;
}

/* Has something to do every 10 ms. Beats that it comes too late for are lost. */
struct pulse {
	struct eddy_frame frame;
	struct eddy_ticker ticker;
	unsigned int beats;
};

async_fn(pulse)
{
	int rc;

	async_begin;
	eddy_ticker_init(&my->ticker, K_MSEC(10));
	for (;;) {
		await_into(rc, eddy_ticker_next(self, &my->ticker));
		if (rc == -ECANCELED) {
			break;
		}
		my->beats++;
	}
	async_end;
}

static EDDY_TASK_STORAGE(compute) computer;
static EDDY_TASK_STORAGE(pulse) heart;

/* Ask some questions, one after the other, while the pulse goes on. */
struct ask {
	struct eddy_frame frame;
	struct eddy_executor *where; /* in: who computes */
	uint32_t number;
	uint32_t answer;
	uint32_t start_ms;
};

async_fn(ask)
{
	async_begin;
	my->start_ms = k_uptime_get_32();
	EDDY_TASK_INIT(&computer, compute);
	EDDY_TASK_INIT(&heart, pulse);
	(void)eddy_spawn(my->where, &computer.task);
	(void)eddy_spawn(&urgent, &heart.task);

	for (my->number = 1U; my->number <= QUESTIONS; my->number++) {
		await(eddy_chan_send(self, &questions, &my->number, K_FOREVER));
		await(eddy_chan_recv(self, &answers, &my->answer, K_FOREVER));
		printk("%u * %u = %u\n", my->number, my->number, my->answer);
	}
	printk("computed on \"%s\": %u beats in %u ms\n", my->where->name, heart.frame.beats,
	       k_uptime_get_32() - my->start_ms);
	await(eddy_cancel_wait(self, &heart.task, K_FOREVER));
	await(eddy_cancel_wait(self, &computer.task, K_FOREVER));
	async_end;
}

struct program {
	struct eddy_frame frame;
	struct ask ask;
};

async_fn(program)
{
	async_begin;
	await(eddy_call(self, ask, &my->ask, .where = &low));
	await(eddy_call(self, ask, &my->ask, .where = &urgent));
	eddy_executor_stop(&urgent);
	async_end;
}

EDDY_TASK_DEFINE(program, program);

static void run_low(void *p1, void *p2, void *p3)
{
	eddy_executor_run(&low);
}

K_THREAD_STACK_DEFINE(low_stack, 1024);
static struct k_thread low_thread;

int main(void)
{
	eddy_executor_init(&urgent, "urgent");
	eddy_executor_init(&low, "low");
	k_thread_create(&low_thread, low_stack, K_THREAD_STACK_SIZEOF(low_stack), run_low, NULL,
			NULL, NULL, LOW_PRIO, 0, K_NO_WAIT);
	(void)eddy_spawn(&urgent, &program);
	eddy_executor_run(&urgent);
	leave(0);
	return 0;
}
