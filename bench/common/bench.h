/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a benchmark program is made of: markers for QEMU's counter plugin, and tables of rows.
 *
 * A row runs one operation many times. Only what lies between bench_begin() and bench_end() counts,
 * so a row's loop, its preparations and its printing are free. What the markers themselves cost is
 * measured by the first row of each program, and bench/run subtracts it.
 */

#ifndef BENCH_COMMON_BENCH_H_
#define BENCH_COMMON_BENCH_H_

#include <stddef.h>
#include <stdint.h>

/**
 * @brief Count from here on, up to bench_end().
 *
 * Any context. A segment may begin in a thread and end in another thread, a task or an interrupt.
 */
void bench_begin(void);

/** @brief Stop counting. No effect while nothing is being counted. Any context. */
void bench_end(void);

/** @brief The next interrupt of the system clock counts from its handler's first instruction on. */
void bench_arm(void);

/** One line of the result. */
struct bench_row {
	const char *key;                       /**< Its name in bench/peers.tsv. */
	void (*run)(unsigned int repetitions); /**< Performs about that many counted operations. */
	unsigned int operations;               /**< In one segment; 0 means one. */
	unsigned int segments;                 /**< That make up one operation; 0 means one. */
};

/** The rows about one object. */
struct bench_family {
	const struct bench_row *rows;
	size_t count;
};

/** @brief Run the families' rows one after another and print a line for each. Thread. */
void bench_run(const struct bench_family *const *families, size_t count);

/** @brief Report the size of a type. Thread. */
void bench_size(const char *key, size_t bytes);

/** @brief Tell bench/run that no more rows follow. Thread. */
void bench_done(void);

#endif /* BENCH_COMMON_BENCH_H_ */
