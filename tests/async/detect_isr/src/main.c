/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An interrupt awaits in the name of the task that it interrupts. Nothing can go on after an
 * assertion in an interrupt: it ends the program, here with success.
 */

#include <eddy/eddy.h>
#include <zephyr/irq.h>

#include "irq_lines.h"
#include "test_end.h"

static volatile bool is_expected;

void assert_post_action(const char *file, unsigned int line)
{
	ARG_UNUSED(file);
	ARG_UNUSED(line);
	test_end(is_expected && k_is_in_isr());
}

static void await_in_isr(const void *task)
{
	is_expected = true;
	(void)!eddy_yield((struct eddy_task *)(uintptr_t)task);
	is_expected = false;
}

struct victim {
	struct eddy_frame frame;
};

async_fn(victim)
{
	async_begin;
	await(eddy_sleep(self, K_TICKS(2)));
	eddy_irq_pend(IRQ_LINE);
	k_busy_wait(100);
	async_end;
}

EDDY_TASK_DEFINE(task, victim);

static void give_up(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	test_end(false);
}

static K_TIMER_DEFINE(limit, give_up, NULL);

int main(void)
{
	static struct eddy_bare_executor executor;

	IRQ_CONNECT(IRQ_LINE, 3, await_in_isr, &task, 0);
	irq_enable(IRQ_LINE);
	k_timer_start(&limit, K_SECONDS(1), K_NO_WAIT);
	eddy_bare_executor_init(&executor, "main");
	(void)eddy_spawn(&executor.executor, &task); /* it is idle */
	eddy_bare_executor_run(&executor);
	return 0;
}
