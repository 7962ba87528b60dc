/* SPDX-License-Identifier: Apache-2.0 */

/** @file The second thread of a row, beside the main thread that runs it. */

#ifndef BENCH_KERNEL_HELPER_H_
#define BENCH_KERNEL_HELPER_H_

#include <zephyr/kernel.h>

/** More urgent than the main thread: takes over as soon as it is ready. */
#define HELPER_HIGHER (CONFIG_MAIN_THREAD_PRIORITY - 2)

/** As urgent as the main thread: they take turns. */
#define HELPER_EQUAL CONFIG_MAIN_THREAD_PRIORITY

/** @brief Start the helper; a more urgent one has reached its first wait on return. Thread. */
void helper_start(k_thread_entry_t entry, int prio);

/** @brief End the helper, wherever it is. Thread. */
void helper_stop(void);

#endif /* BENCH_KERNEL_HELPER_H_ */
