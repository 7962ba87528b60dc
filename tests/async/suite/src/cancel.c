/* SPDX-License-Identifier: Apache-2.0 */

/* Cancellation of every operation that can be awaited. */

#include "case.h"

/* A task that waits is canceled: it has taken nothing. */
CASE_FOR_EACH(canceled_while_it_waits)
{
	async_begin;
	if (my->subject->is_single) {
		async_return(0);
	}
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	wait_for(1, my->subject, K_SECONDS(100));
	await(settle(self));
	await_into(my->rc, eddy_cancel_wait(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(my->rc, 0);
	await_into(my->rc, eddy_cancel_wait(self, &waiters[1].task, K_FOREVER));
	CHECK_EQUAL(my->rc, 0);
	CHECK_EQUAL(eddy_task_result(&waiters[0].task), -ECANCELED);
	CHECK_EQUAL(eddy_task_result(&waiters[1].task), -ECANCELED);
	my->subject->enable(self);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}

/* One in the middle is canceled; its neighbors are served. */
CASE_FOR_EACH(canceled_among_others)
{
	async_begin;
	if (my->subject->is_single) {
		async_return(0);
	}
	my->subject->reset(self);
	for (my->i = 0U; my->i < 3U; my->i++) {
		wait_for(my->i, my->subject, K_FOREVER);
		await(settle(self));
	}
	CHECK_EQUAL(eddy_cancel(&waiters[1].task), 0);
	for (my->i = 0U; my->i < 3U; my->i += 2U) {
		if (is_waiting(my->i)) {
			my->subject->enable(self);
		}
		await(settle(self));
		CHECK_EQUAL(waiters[my->i].frame.rc, my->subject->success);
	}
	CHECK_EQUAL(waiters[1].frame.rc, -ECANCELED);
	async_end;
}

/* One that is canceled before it begins to wait does nothing, even if it could. */
CASE_FOR_EACH(canceled_before_it_waits)
{
	async_begin;
	my->subject->reset(self);
	my->subject->enable(self);
	wait_for(0, my->subject, K_FOREVER);
	CHECK_EQUAL(eddy_cancel(&waiters[0].task), 0);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, -ECANCELED);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}

/* One that was served and not resumed yet keeps what it got. */
CASE_FOR_EACH(canceled_when_it_was_served)
{
	async_begin;
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	await(settle(self));
	my->subject->enable(self);
	CHECK_EQUAL(eddy_cancel(&waiters[0].task), 0);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	async_end;
}

/* Waits in a shield. */
struct shielded {
	struct eddy_frame frame;
	const struct subject *subject;
	int rc;
	int later;
};

async_fn(shielded)
{
	async_begin;
	eddy_shield(self);
	await_into(my->rc, my->subject->wait(self, K_FOREVER));
	if (my->rc >= 0 && my->subject->release != NULL) {
		my->subject->release(self);
	}
	eddy_unshield(self);
	await_into(my->later, my->subject->wait(self, K_FOREVER));
	async_end;
}

/* One in a shield goes on waiting, is served, and learns of it behind the shield. */
CASE_FOR_EACH(canceled_in_a_shield)
{
	static EDDY_TASK_STORAGE(shielded) storage;

	async_begin;
	my->subject->reset(self);
	EDDY_TASK_INIT(&storage, shielded, .subject = my->subject);
	CHECK_EQUAL(eddy_spawn(under_test, &storage.task), 0);
	await(settle(self));
	CHECK_EQUAL(eddy_cancel(&storage.task), 0);
	await(settle(self));
	CHECK(eddy_task_is_active(&storage.task));
	my->subject->enable(self);
	await_into(my->rc, eddy_task_join(self, &storage.task, K_FOREVER));
	CHECK_EQUAL(storage.frame.rc, my->subject->success);
	CHECK_EQUAL(storage.frame.later, -ECANCELED);
	async_end;
}

static void cancel_on_expiry(struct k_timer *timer)
{
	(void)eddy_cancel(k_timer_user_data_get(timer)); /* it waits */
}

static K_TIMER_DEFINE(canceler, cancel_on_expiry, NULL);

/* An interrupt cancels one that waits, with and without a limit. */
CASE_FOR_EACH(canceled_by_an_interrupt)
{
	async_begin;
	my->subject->reset(self);
	for (my->i = 0U; my->i < 2U; my->i++) {
		wait_for(0, my->subject, my->i == 0U ? K_FOREVER : K_SECONDS(100));
		k_timer_user_data_set(&canceler, &waiters[0].task);
		k_timer_start(&canceler, K_TICKS(5), K_NO_WAIT);
		await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
		CHECK_EQUAL(waiters[0].frame.rc, -ECANCELED);
	}
	my->subject->enable(self);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}
