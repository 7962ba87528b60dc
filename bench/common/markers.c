/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The markers: empty functions whose addresses the counter plugin watches.
 *
 * In a file of their own, so that a caller's compiler knows nothing about them: it can neither
 * inline them nor assume which registers they keep.
 */

#include "markers.h"
#include "bench.h"

#define BENCH_MARKER __attribute__((__noipa__, __used__))

BENCH_MARKER void bench_begin(void)
{
	__asm__ volatile("" ::: "memory");
}

BENCH_MARKER void bench_end(void)
{
	__asm__ volatile("" ::: "memory");
}

BENCH_MARKER void bench_arm(void)
{
	__asm__ volatile("" ::: "memory");
}

BENCH_MARKER void bench_row(void)
{
	__asm__ volatile("" ::: "memory");
}
