/* SPDX-License-Identifier: Apache-2.0 */

/* The least that a test program needs: named tests, and conditions that must hold. */

#ifndef TESTS_KERNEL_SINGLE_CHECK_H_
#define TESTS_KERNEL_SINGLE_CHECK_H_

#include <stdbool.h>

/* Count and report a condition that does not hold; the test goes on. */
#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)

void check(bool holds, const char *text, const char *file, int line);

/* Run one test and say how it went. */
#define RUN(test) check_run(test, #test)

void check_run(void (*test)(void), const char *name);

/* Say how all went, in ztest's words; returns how many conditions did not hold. */
unsigned int check_report(void);

/* The files of this program. */
void test_atomic(void);
void test_heap(void);
void test_idle(void);
void test_irq(void);
void test_lines(void);
void test_time(void);
void test_time_extras(void);
void test_timer(void);

#endif /* TESTS_KERNEL_SINGLE_CHECK_H_ */
