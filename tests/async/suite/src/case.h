/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Test cases that run on any kind of executor, and without threads too.
 *
 * A case is a script: an async function, which plays all parts itself but for those that wait. It
 * runs on the executor under test; everybody else in it does too.
 *
 *	CASE(a_name)
 *	{
 *		async_begin;
 *		CHECK(something);
 *		async_end;
 *	}
 *
 * CASE_FOR_EACH(a_name) likewise, once for each subject: my->subject.
 */

#ifndef TESTS_ASYNC_SUITE_CASE_H_
#define TESTS_ASYNC_SUITE_CASE_H_

#include <stdio.h>

#include "subjects.h"
#include "under_test.h"

/* What a script's frame has. */
#define CASE_FRAME                                                                                 \
	struct eddy_frame frame;                                                                   \
	const struct subject *subject;                                                             \
	int rc;                                                                                    \
	unsigned int i;                                                                            \
	int64_t began;                                                                             \
	uintptr_t value

/* Report a condition that does not hold; the case goes on. Any context. */
void case_check(bool holds, const char *text, const char *file, int line);
#define CHECK(condition) case_check((condition), #condition, __FILE__, __LINE__)

/* The same for two numbers. */
void case_check_equal(int64_t is, int64_t should, const char *text, const char *file, int line);
#define CHECK_EQUAL(is, should)                                                                    \
	case_check_equal((is), (should), #is " == " #should, __FILE__, __LINE__)

/* Run a script to its end, once or for each subject. Fails the test if a check fails. */
void case_run(struct eddy_task *script, const struct subject **subject, bool for_each,
	      const char *name);

#ifdef CONFIG_ZTEST

#include <zephyr/ztest.h>
#define CASE_REGISTER_(name, run) ZTEST(async_suite, test_##name)

#else

#include <zephyr/init.h>

struct case_entry {
	void (*run)(void);
	struct case_entry *next;
};

int case_add(struct case_entry *entry);

#define CASE_REGISTER_(name, run_)                                                                 \
	static void run_(void);                                                                    \
	static int add_##run_(void)                                                                \
	{                                                                                          \
		static struct case_entry entry = {.run = run_};                                    \
		return case_add(&entry);                                                           \
	}                                                                                          \
	SYS_INIT(add_##run_, APPLICATION, 50);                                                     \
	static void run_(void)

#endif

#define CASE_(name, for_each)                                                                      \
	struct name {                                                                              \
		CASE_FRAME;                                                                        \
	};                                                                                         \
	async_decl(name);                                                                          \
	CASE_REGISTER_(name, run_##name)                                                           \
	{                                                                                          \
		static EDDY_TASK_STORAGE(name) storage;                                            \
		EDDY_TASK_INIT(&storage, name);                                                    \
		case_run(&storage.task, &storage.frame.subject, for_each, #name);                  \
	}                                                                                          \
	async_fn(name)

#define CASE(name)          CASE_(name, false)
#define CASE_FOR_EACH(name) CASE_(name, true)

/* ---- parts in a script ---- */

/* Waits for a subject, gives back what it got, notes how it went. */
struct waiter {
	struct eddy_frame frame;
	const struct subject *subject;
	k_timeout_t timeout;
	unsigned int turn; /* 1: the first to be served, ... 0: not yet */
	int64_t ended;
	int rc;
};

#define WAITERS 4U

/* As EDDY_TASK_STORAGE(waiter), which has no name for two files to agree on. */
struct waiter_storage {
	struct eddy_task task;
	struct waiter frame;
};

extern struct waiter_storage waiters[WAITERS];

/* Start a waiter on the executor under test. */
void wait_for(unsigned int index, const struct subject *subject, k_timeout_t timeout);

/* Whether a waiter is at it. */
bool is_waiting(unsigned int index);

/* Enable a subject from an interrupt some ticks from now. */
void enable_by_interrupt(const struct subject *subject, int64_t ticks);

/* Let everyone run until all wait. */
EDDY_AWAITABLE static inline int settle(struct eddy_task *self)
{
	return eddy_sleep(self, K_TICKS(2));
}

/* Ticks by which a deadline may be late. */
#define LATE 6

#endif /* TESTS_ASYNC_SUITE_CASE_H_ */
