/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What may be called anywhere is called everywhere: one ANYWHERE() for each function whose comment
 * says so. scripts/contexts.py --check knows if one is missing.
 */

#ifndef TESTS_ASYNC_CONTEXTS_CONTEXTS_H_
#define TESTS_ASYNC_CONTEXTS_CONTEXTS_H_

#include "async_test.h"

/*
 * A test of one function. The body, which follows, is run in a thread, in a task and in an
 * interrupt. It begins with objects of its own, and returns whether the function did what it
 * should.
 */
#define ANYWHERE(function) ANYWHERE_AFTER(function, NULL)

/* The same; before each of the three calls, prepare() is called in the thread. */
#define ANYWHERE_AFTER(function, prepare)                                                          \
	static bool call_##function(void);                                                         \
	ZTEST(async_contexts, test_##function)                                                     \
	{                                                                                          \
		check_everywhere(prepare, call_##function);                                        \
	}                                                                                          \
	static bool call_##function(void)

void check_everywhere(void (*prepare)(void), bool (*call)(void));

/* For a body: what it did shows later, in the thread. */
void check_later(bool (*check)(void));

#endif /* TESTS_ASYNC_CONTEXTS_CONTEXTS_H_ */
