/* SPDX-License-Identifier: Apache-2.0 */

/**
 * @file
 * Bare executor: runs tasks on main() and sleeps the CPU itself, with wfi or what the CPU has.
 *
 * For programs without other threads, above all those with CONFIG_MULTITHREADING=n.
 */

#ifndef EDDY_EXECUTOR_BARE_H_
#define EDDY_EXECUTOR_BARE_H_

#include <eddy/alarm.h>

/** A bare executor. */
struct eddy_bare_executor {
	struct eddy_executor executor; /**< For eddy_spawn(), eddy_executor_stop(). */
	struct eddy_alarm alarm;
};

/** Set up a bare executor. @p name is not copied. Thread, while nobody uses it. */
void eddy_bare_executor_init(struct eddy_bare_executor *bare, const char *name);

/**
 * @brief Run tasks on the calling thread; while none is ready, sleep the CPU until an interrupt.
 *
 * Threads of the same or a lower priority do not run meanwhile, the idle thread neither.
 *
 * @par Context
 * Thread. Returns after eddy_executor_stop(), before the next batch.
 */
void eddy_bare_executor_run(struct eddy_bare_executor *bare);

#endif /* EDDY_EXECUTOR_BARE_H_ */
