/* SPDX-License-Identifier: Apache-2.0 */

/* A task that sleeps, for the tests of executors. */

#ifndef TESTS_ASYNC_COMMON_SLEEPER_H_
#define TESTS_ASYNC_COMMON_SLEEPER_H_

#include "async_test.h"

/* Sleeps a number of times, and records its letter behind each. */
struct sleeper {
	struct eddy_frame frame;
	char letter;
	int rounds;
	k_timeout_t timeout;
	int64_t began;
	int64_t ended;
};

async_decl(sleeper);

#endif /* TESTS_ASYNC_COMMON_SLEEPER_H_ */
