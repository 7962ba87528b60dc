/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Who used the CPU for how long.
 *
 * At each switch the cycles since the last one go to the thread that leaves. Interrupts count for
 * the thread that they interrupt.
 *
 * Locking: interrupts masked guard it all.
 */

#include <ksched.h>
#include <zephyr/kernel.h>

static uint64_t switched_in_at;

void usage_switch(void)
{
	unsigned int key = arch_irq_lock(); /* whoever reads may interrupt us */
	uint64_t now = sys_clock_cycle_get_64();

	kernel.current->usage_cycles += now - switched_in_at;
	switched_in_at = now;
	arch_irq_unlock(key);
}

/* The running thread's share up to now counts too. */
static uint64_t usage_of(const struct k_thread *thread)
{
	uint64_t cycles = thread->usage_cycles;

	if (thread == kernel.current) {
		cycles += sys_clock_cycle_get_64() - switched_in_at;
	}
	return cycles;
}

int k_thread_runtime_stats_get(k_tid_t thread, k_thread_runtime_stats_t *stats)
{
	unsigned int key;

	if (thread == NULL || stats == NULL) {
		return -EINVAL;
	}
	key = arch_irq_lock();
	*stats = (k_thread_runtime_stats_t){.execution_cycles = usage_of(thread)};
	stats->total_cycles = stats->execution_cycles;
	arch_irq_unlock(key);
	return 0;
}

int k_thread_runtime_stats_all_get(k_thread_runtime_stats_t *stats)
{
	unsigned int key;

	if (stats == NULL) {
		return -EINVAL;
	}
	key = arch_irq_lock();
	stats->idle_cycles = usage_of(&idle_thread);
	stats->execution_cycles = sys_clock_cycle_get_64();
	stats->total_cycles = stats->execution_cycles - stats->idle_cycles;
	arch_irq_unlock(key);
	return 0;
}
