/* SPDX-License-Identifier: Apache-2.0 */

/* One executor of each kind, all at once. */

#ifndef TESTS_ASYNC_MIX_KINDS_H_
#define TESTS_ASYNC_MIX_KINDS_H_

#include "async_test.h"
#include "subjects.h"

struct kind {
	const char *name;
	struct eddy_executor *executor;
};

#define KINDS 4U

extern const struct kind kinds[KINDS];

/* Start them, in each test anew. For ZTEST_SUITE(). */
void kinds_before(void *fixture);
void kinds_after(void *fixture);

/* Waits for a subject, gives back what it got. */
struct waiter {
	struct eddy_frame frame;
	const struct subject *subject;
	k_timeout_t timeout;
};

struct waiter_storage {
	struct eddy_task task;
	struct waiter frame;
};

extern struct waiter_storage waiter_task;

/* Start it. */
void wait_on(const struct kind *kind, const struct subject *subject, k_timeout_t timeout);

#endif /* TESTS_ASYNC_MIX_KINDS_H_ */
