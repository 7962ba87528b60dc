/* SPDX-License-Identifier: Apache-2.0 */

/* A parent with three children, each of which waits for a signal of its own. */

#ifndef TESTS_ASYNC_GROUP_FAMILY_H_
#define TESTS_ASYNC_GROUP_FAMILY_H_

#include "async_test.h"

#define CHILDREN 3

extern struct eddy_signal gates[CHILDREN];
/* Raised to let a canceled child end that takes its time to clean up. */
extern struct eddy_signal cleaned;

/*
 * Records a small letter when its gate opens, the capital one if it is canceled. Returns the gate's
 * value as its result, or -ECANCELED.
 */
struct child {
	struct eddy_frame frame;
	unsigned int index; /* in */
	bool is_slow;       /* in: cleans up behind a shield, until `cleaned` is raised */
	uintptr_t value;
	int result;
};

async_decl(child);

/* Records '(' before and ')' behind its wait; result: what the wait returned. */
struct parent {
	struct eddy_frame frame;
	enum eddy_group_policy policy; /* in */
	k_timeout_t timeout;           /* in */
	struct eddy_executor *others;  /* in: where children 1 and 2 run; NULL: as the parent */
	bool is_slow;                  /* in: its child 0 is */
	int result;
	struct eddy_group group;
	EDDY_CHILD(child) children[CHILDREN];
};

async_decl(parent);

extern EDDY_TASK_STORAGE(parent) family;

/* For ZTEST_SUITE(). */
void family_before(void *fixture);

/* Spawn the parent, with a policy, and run until all of them wait. */
void family_start(enum eddy_group_policy policy);

/* Whether the parent has ended, and its result if so; else UNSET. */
int family_result(void);

/* Let a child end with @result. */
void open_gate(unsigned int index, int result);

#endif /* TESTS_ASYNC_GROUP_FAMILY_H_ */
