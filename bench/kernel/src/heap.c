/* SPDX-License-Identifier: Apache-2.0 */

/*
 * k_heap: 32 bytes, allocated and freed with no thread waiting.
 *
 * Of a heap that has room behind what is in use; and of one where a hole between two others' memory
 * serves, which is cut up, and made whole again.
 */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"

#define BYTES 32

K_HEAP_DEFINE(bench_heap, 2048);

static void run_alloc(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		void *mem;

		bench_begin();
		mem = k_heap_alloc(&bench_heap, BYTES, K_NO_WAIT);
		bench_end();
		k_heap_free(&bench_heap, mem);
	}
}

static void run_free(unsigned int repetitions)
{
	for (unsigned int i = 0; i < repetitions; i++) {
		void *mem = k_heap_alloc(&bench_heap, BYTES, K_NO_WAIT);

		bench_begin();
		k_heap_free(&bench_heap, mem);
		bench_end();
	}
}

/* The heap: somebody's memory, a hole of 100 bytes, somebody's memory. */
static void with_hole(void (*run)(unsigned int repetitions), unsigned int repetitions)
{
	void *before = k_heap_alloc(&bench_heap, BYTES, K_NO_WAIT);
	void *hole = k_heap_alloc(&bench_heap, 100, K_NO_WAIT);
	void *after = k_heap_alloc(&bench_heap, BYTES, K_NO_WAIT);

	k_heap_free(&bench_heap, hole);
	run(repetitions);
	k_heap_free(&bench_heap, before);
	k_heap_free(&bench_heap, after);
}

static void run_alloc_hole(unsigned int repetitions)
{
	with_hole(run_alloc, repetitions);
}

static void run_free_hole(unsigned int repetitions)
{
	with_hole(run_free, repetitions);
}

static const struct bench_row rows[] = {
	{.key = "kernel.heap_alloc32", .run = run_alloc},
	{.key = "kernel.heap_free32", .run = run_free},
	{.key = "kernel.heap_alloc32_hole", .run = run_alloc_hole},
	{.key = "kernel.heap_free32_hole", .run = run_free_hole},
};

const struct bench_family heap_family = {rows, ARRAY_SIZE(rows)};
