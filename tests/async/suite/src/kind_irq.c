/* SPDX-License-Identifier: Apache-2.0 */

/* Under test: an executor in an interrupt; with threads and without. */

#include <zephyr/irq.h>

#include "irq_lines.h"
#include "under_test.h"

#define PRIORITY 3

static struct eddy_irq_executor executor;

struct eddy_executor *const under_test = &executor.executor;

void under_test_start(void)
{
	eddy_irq_executor_init(&executor, "interrupt", IRQ_LINE);
	IRQ_CONNECT(IRQ_LINE, PRIORITY, eddy_irq_executor_isr, &executor, 0);
	irq_enable(IRQ_LINE);
}

int under_test_run(struct eddy_task *task)
{
	int64_t limit = k_uptime_ticks() + SOON.ticks;
	int result;

	for (;;) {
		unsigned int key = irq_lock();

		result = eddy_task_try_join(task);
		if (result != -EAGAIN || k_uptime_ticks() > limit) {
			irq_unlock(key);
			return result;
		}
		k_cpu_atomic_idle(key);
	}
}
