/* SPDX-License-Identifier: Apache-2.0 */

/* Every operation as an arm of a select, beside a signal that nobody raises, or somebody does. */

#include "case.h"

static EDDY_SIGNAL_DEFINE(other);

/* Selects from a subject and the other signal. */
struct chooser {
	struct eddy_frame frame;
	const struct subject *subject;
	k_timeout_t timeout;
	int rc;
	uint8_t which;
	EDDY_SELECT(2) select;
};

async_fn(chooser)
{
	async_begin;
	eddy_select_init(&my->select);
	my->subject->arm(&my->select.arm[0]);
	eddy_signal_wait_arm(&my->select.arm[1], &other, NULL);
	await_into(my->rc, eddy_select(self, &my->select, my->timeout));
	my->which = eddy_select_which(&my->select);
	if (my->rc >= 0 && my->which == 0U && my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_return(my->rc);
	async_end;
}

static EDDY_TASK_STORAGE(chooser) choosers[2];

static void choose(unsigned int index, const struct subject *subject, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&choosers[index], chooser, .subject = subject, .timeout = timeout);
	CHECK_EQUAL(eddy_spawn(under_test, &choosers[index].task), 0);
}

/* The arm that becomes possible is served, by a task or an interrupt; the other one is not. */
CASE_FOR_EACH(an_arm_is_served)
{
	async_begin;
	if (my->subject->arm == NULL) {
		async_return(0);
	}
	for (my->i = 0U; my->i < 2U; my->i++) {
		my->subject->reset(self);
		choose(0, my->subject, K_FOREVER);
		await(settle(self));
		CHECK(eddy_task_is_active(&choosers[0].task));
		if (my->i == 0U) {
			my->subject->enable(self);
		} else {
			enable_by_interrupt(my->subject, 5);
		}
		await_into(my->rc, eddy_task_join(self, &choosers[0].task, K_FOREVER));
		CHECK_EQUAL(choosers[0].frame.rc, my->subject->success);
		CHECK_EQUAL(choosers[0].frame.which, 0);
	}
	async_end;
}

/* The other arm is served: what the first one waited for is still there for somebody else. */
CASE_FOR_EACH(an_arm_is_not_served)
{
	async_begin;
	if (my->subject->arm == NULL || my->subject->is_single) {
		async_return(0);
	}
	my->subject->reset(self);
	choose(0, my->subject, K_FOREVER);
	await(settle(self));
	wait_for(0, my->subject, K_FOREVER);
	await(settle(self));
	eddy_signal_raise(&other, 0U);
	my->subject->enable(self); /* before the chooser gets to run */
	await_into(my->rc, eddy_task_join(self, &choosers[0].task, K_FOREVER));
	CHECK_EQUAL(choosers[0].frame.which, 1);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_TICKS(50)));
	CHECK_EQUAL(my->rc, 0);
	async_end;
}

/* One that times out, or is canceled, has taken nothing. */
CASE_FOR_EACH(no_arm_is_served)
{
	async_begin;
	if (my->subject->arm == NULL || my->subject->is_single) {
		async_return(0);
	}
	my->subject->reset(self);
	choose(0, my->subject, K_TICKS(20));
	choose(1, my->subject, K_FOREVER);
	await_into(my->rc, eddy_task_join(self, &choosers[0].task, K_FOREVER));
	CHECK_EQUAL(choosers[0].frame.rc, -EAGAIN);
	await_into(my->rc, eddy_cancel_wait(self, &choosers[1].task, K_FOREVER));
	CHECK_EQUAL(choosers[1].frame.rc, -ECANCELED);
	my->subject->enable(self);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	eddy_signal_raise(&other, 0U);
	CHECK_EQUAL(eddy_signal_try_wait(&other, NULL), 0);
	async_end;
}
