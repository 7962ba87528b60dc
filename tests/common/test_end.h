/* SPDX-License-Identifier: Apache-2.0 */

/* The end of a test that has no ztest. */

#ifndef TESTS_COMMON_TEST_END_H_
#define TESTS_COMMON_TEST_END_H_

#include <zephyr/kernel.h>
#include <zephyr/sys/printk.h>

#if __has_include(<zephyr/board.h>)

#include <zephyr/board.h>

static inline FUNC_NORETURN void test_halt(bool passed)
{
	board_exit(passed ? 0 : 1);
}

#else

/* Zephyr's programs do not end: whoever runs them reads what they say. */
static inline FUNC_NORETURN void test_halt(bool passed)
{
	ARG_UNUSED(passed);
	(void)irq_lock();
	for (;;) {
		k_busy_wait(USEC_PER_SEC);
	}
}

#endif

/* Say the outcome in the words of ztest, and end the program where it can end. Any context. */
static inline FUNC_NORETURN void test_end(bool passed)
{
	printk("PROJECT EXECUTION %s\n", passed ? "SUCCESSFUL" : "FAILED");
	test_halt(passed);
}

#endif /* TESTS_COMMON_TEST_END_H_ */
