/* SPDX-License-Identifier: Apache-2.0 */

/* What every operation that can be awaited does, whatever it is. */

#include "case.h"

/* One that is possible is performed at once, without letting others run. */
CASE_FOR_EACH(possible_at_once)
{
	async_begin;
	my->subject->reset(self);
	my->subject->enable(self);
	my->rc = my->subject->wait(self, K_FOREVER);
	CHECK_EQUAL(my->rc, my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}

/* With K_NO_WAIT, and tried, it fails if it is not possible, and succeeds if it is. */
CASE_FOR_EACH(tried)
{
	async_begin;
	my->subject->reset(self);
	if (!my->subject->is_owned) {
		my->rc = my->subject->wait(self, K_NO_WAIT);
		CHECK_EQUAL(my->rc, -EAGAIN);
		CHECK_EQUAL(my->subject->try(self), -EAGAIN);
	}
	my->subject->enable(self);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	my->subject->reset(self);
	my->subject->enable(self);
	my->rc = my->subject->wait(self, K_NO_WAIT);
	CHECK_EQUAL(my->rc, my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}

/* A task that waits is served by another one. */
CASE_FOR_EACH(served_by_a_task)
{
	async_begin;
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	await(settle(self));
	CHECK(is_waiting(0));
	my->subject->enable(self);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_TICKS(10)));
	CHECK_EQUAL(my->rc, 0);
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	async_end;
}

/* And by an interrupt, all others asleep. */
CASE_FOR_EACH(served_by_an_interrupt)
{
	async_begin;
	if (my->subject->is_owned) {
		async_return(0);
	}
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	my->began = k_uptime_ticks();
	enable_by_interrupt(my->subject, 50);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	CHECK(waiters[0].frame.ended - my->began >= 50);
	CHECK(waiters[0].frame.ended - my->began <= 50 + LATE);
	async_end;
}

/* Several are served in the order in which they came. */
CASE_FOR_EACH(served_in_order)
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
	for (my->i = 0U; my->i < 3U; my->i++) {
		if (my->i == 0U || !(my->subject->is_owned || my->subject->serves_all)) {
			my->subject->enable(self); /* else the first one sees to the next */
		}
		await(settle(self));
		CHECK(!is_waiting(my->i));
	}
	for (my->i = 0U; my->i < 3U; my->i++) {
		CHECK_EQUAL(waiters[my->i].frame.turn, my->i + 1U);
	}
	async_end;
}

/* A wait in vain ends with its limit, not before, and has taken nothing. */
CASE_FOR_EACH(times_out)
{
	async_begin;
	my->subject->reset(self);
	my->began = k_uptime_ticks();
	wait_for(0, my->subject, K_TICKS(40));
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, -EAGAIN);
	CHECK(waiters[0].frame.ended - my->began >= 40);
	CHECK(waiters[0].frame.ended - my->began <= 40 + LATE);
	my->subject->enable(self);
	CHECK_EQUAL(my->subject->try(self), my->subject->success);
	if (my->subject->release != NULL) {
		my->subject->release(self);
	}
	async_end;
}

/* The one in the middle times out; its neighbors stay. */
CASE_FOR_EACH(times_out_among_others)
{
	async_begin;
	if (my->subject->is_single) {
		async_return(0);
	}
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	wait_for(1, my->subject, K_TICKS(10));
	wait_for(2, my->subject, K_TICKS(500));
	await_into(my->rc, eddy_task_join(self, &waiters[1].task, K_FOREVER));
	CHECK_EQUAL(waiters[1].frame.rc, -EAGAIN);
	CHECK(is_waiting(0) && is_waiting(2));
	my->subject->enable(self);
	await(settle(self));
	CHECK(!is_waiting(0));
	if (is_waiting(2)) {
		my->subject->enable(self);
	}
	await_into(my->rc, eddy_task_join(self, &waiters[2].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	CHECK_EQUAL(waiters[2].frame.rc, my->subject->success);
	async_end;
}

/* A limit that was not reached has no effect later. */
CASE_FOR_EACH(served_before_its_limit)
{
	async_begin;
	my->subject->reset(self);
	wait_for(0, my->subject, K_TICKS(20));
	await(settle(self));
	my->subject->enable(self);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	my->subject->reset(self);
	wait_for(0, my->subject, K_FOREVER);
	await(eddy_sleep(self, K_TICKS(60)));
	CHECK(is_waiting(0));
	my->subject->enable(self);
	await_into(my->rc, eddy_task_join(self, &waiters[0].task, K_FOREVER));
	CHECK_EQUAL(waiters[0].frame.rc, my->subject->success);
	async_end;
}
