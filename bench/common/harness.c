/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Runs the tables of rows and tells bench/run their names.
 *
 * The counter plugin knows addresses, not names: it writes one line of figures per bench_row(), and
 * this file prints one line of text per bench_row(), in the same order.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>
#include <zephyr/sys/util.h>

#include "bench.h"
#include "markers.h"

#define REPETITIONS 32U

static void run_row(const struct bench_row *row)
{
	row->run(REPETITIONS);
	bench_row();
	printk("row %s %u %u\n", row->key, MAX(row->operations, 1U), MAX(row->segments, 1U));
}

/* What the pair of markers costs by itself. */
static void run_nothing(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		bench_end();
	}
}

static const struct bench_row calibration = {.key = "calibration.markers", .run = run_nothing};

void bench_run(const struct bench_family *const *families, size_t count)
{
	run_row(&calibration);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < families[i]->count; j++) {
			run_row(&families[i]->rows[j]);
		}
	}
}

void bench_size(const char *key, size_t bytes)
{
	printk("size %s %u\n", key, (unsigned int)bytes);
}

void bench_done(void)
{
	printk("bench done\n");
}
