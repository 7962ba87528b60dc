/* SPDX-License-Identifier: Apache-2.0 */

/* k_msgq with messages of four bytes: into and out of the buffer, and straight to a receiver. */

#include <zephyr/kernel.h>
#include <zephyr/sys/util.h>

#include "families.h"
#include "helper.h"

K_MSGQ_DEFINE(queue, sizeof(uint32_t), 16, 4);

static void run_put(unsigned int repetitions)
{
	uint32_t message = 1;

	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_msgq_put(&queue, &message, K_NO_WAIT); /* cannot fail: there is room */
		bench_end();
		(void)k_msgq_get(&queue, &message, K_NO_WAIT);
	}
}

static void run_get(unsigned int repetitions)
{
	uint32_t message = 1;

	for (unsigned int i = 0; i < repetitions; i++) {
		(void)k_msgq_put(&queue, &message, K_NO_WAIT);
		bench_begin();
		(void)k_msgq_get(&queue, &message, K_NO_WAIT); /* cannot fail: there is one */
		bench_end();
	}
}

static void receive_for_ever(void *p1, void *p2, void *p3)
{
	uint32_t message;

	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	for (;;) {
		(void)k_msgq_get(&queue, &message, K_FOREVER);
	}
}

/* There and back: the receiver runs, waits again, and the sender goes on. */
static void run_cycle(unsigned int repetitions)
{
	uint32_t message = 1;

	helper_start(receive_for_ever, HELPER_HIGHER);
	for (unsigned int i = 0; i < repetitions; i++) {
		bench_begin();
		(void)k_msgq_put(&queue, &message, K_NO_WAIT);
		bench_end();
	}
	helper_stop();
}

static const struct bench_row rows[] = {
	{.key = "kernel.msgq_put4", .run = run_put},
	{.key = "kernel.msgq_get4", .run = run_get},
	{.key = "kernel.msgq_cycle4", .run = run_cycle},
};

const struct bench_family msgq_family = {rows, ARRAY_SIZE(rows)};
