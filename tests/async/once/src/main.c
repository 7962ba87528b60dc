/* SPDX-License-Identifier: Apache-2.0 */

/* Once: one does it, the others wait until it is done. */

#include "async_test.h"

static struct eddy_once once;
static struct eddy_signal step;

static void before(void *fixture)
{
	async_before(fixture);
	eddy_once_init(&once);
	eddy_signal_init(&step);
}

ZTEST_SUITE(async_once, NULL, NULL, before, async_after, NULL);

/* An initializer that takes time: until `step` brings its result. */
struct initialize {
	struct eddy_frame frame;
	uintptr_t outcome;
};

async_fn(initialize)
{
	int result;

	async_begin;
	record('(');
	await_into(result, eddy_signal_wait(self, &step, &my->outcome, K_FOREVER));
	record(')');
	if (result != 0) {
		async_return(result);
	}
	async_return((int)my->outcome);
	async_end;
}

/* Needs it; records its letter when it has it, '!' when that failed. */
struct user {
	struct eddy_frame frame;
	struct initialize initialize;
	char letter;
	int result;
};

async_fn(user)
{
	async_begin;
	eddy_once_do(self, &once, my->result, eddy_call(self, initialize, &my->initialize));
	record(my->result < 0 ? '!' : my->letter);
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(user) users[4];

static struct eddy_task *start(int index)
{
	EDDY_TASK_INIT(&users[index], user, .letter = (char)('a' + index));
	spawn(&users[index].task);
	run_ready();
	return &users[index].task;
}

/* End the initialization that is under way. */
static void finish(int result)
{
	eddy_signal_raise(&step, (uintptr_t)result);
	run_ready();
}

static void use_in_thread(void *p1, void *p2, void *p3)
{
	int result = eddy_once_begin_blocking(&once, K_FOREVER);

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	if (result == 1) {
		record('t');
		k_sleep(K_TICKS(2));
		zassert_equal(eddy_once_end(&once, *(const int *)p1), 0);
	} else {
		record('T');
	}
}

/* It is done once; those who came meanwhile wait, those who come later do not. */
ZTEST(async_once, test_done_once)
{
	start(0);
	start(1);
	start(2);
	zassert_str_equal(recorded(), "(");
	zassert_false(eddy_once_is_done(&once));
	finish(0);
	zassert_str_equal(recorded(), "()abc");
	zassert_true(eddy_once_is_done(&once));
	start(3);
	zassert_str_equal(recorded(), "()abcd");
}

/* If it fails, the next one tries; who tried has the error, the others have not. */
ZTEST(async_once, test_failure_passes_the_turn_on)
{
	for (int i = 0; i < 3; i++) {
		start(i);
	}
	finish(-EIO);
	zassert_str_equal(recorded(), "()!(");
	zassert_equal(eddy_task_result(&users[0].task), -EIO);
	finish(3);
	zassert_str_equal(recorded(), "()!()bc");
	zassert_equal(eddy_task_result(&users[1].task), 3);
	zassert_equal(eddy_task_result(&users[2].task), 0);
}

/* With nobody waiting a failure leaves it to be done. */
ZTEST(async_once, test_failure_with_nobody_waiting)
{
	start(0);
	finish(-EIO);
	zassert_false(eddy_once_is_done(&once));
	start(1);
	finish(0);
	zassert_str_equal(recorded(), "()!()b");
}

/* Canceled in the middle of it: another has its turn. */
ZTEST(async_once, test_canceled_while_doing_it)
{
	struct eddy_task *first = start(0);

	start(1);
	zassert_equal(eddy_cancel(first), 0);
	run_ready();
	zassert_equal(eddy_task_result(first), -ECANCELED);
	zassert_str_equal(recorded(), "()!(");
	finish(0);
	zassert_str_equal(recorded(), "()!()b");
}

/* Canceled while it waits: it has no turn, and none is lost. */
ZTEST(async_once, test_canceled_while_waiting)
{
	struct eddy_task *second;

	start(0);
	second = start(1);
	start(2);
	zassert_equal(eddy_cancel(second), 0);
	finish(-EIO);
	zassert_equal(eddy_task_result(second), -ECANCELED);
	zassert_str_equal(recorded(), "(!)!(");
	finish(0);
	zassert_str_equal(recorded(), "(!)!()c");
}

/* It was its turn, and then it was canceled: it passes the turn on. */
ZTEST(async_once, test_given_the_turn_then_canceled)
{
	struct eddy_task *second;

	zassert_equal(eddy_once_try_begin(&once), 1);
	second = start(0);
	start(1);
	zassert_equal(eddy_once_end(&once, -EIO), 0);
	zassert_equal(eddy_cancel(second), 0);
	run_ready();
	zassert_equal(eddy_task_result(second), -ECANCELED);
	finish(0);
	zassert_str_equal(recorded(), "()!()b");
}

/* Threads take part, as the one that does it and as one that waits. */
ZTEST(async_once, test_threads)
{
	static const int failure = -EIO;
	static const int success;

	worker_start(PRIO_HIGH, use_in_thread, (void *)(uintptr_t)&failure);
	start(0);
	worker_start(PRIO_HIGH, use_in_thread, (void *)(uintptr_t)&success);
	zassert_str_equal(recorded(), "t");
	k_sleep(K_TICKS(4)); /* it fails: the more urgent one's turn */
	zassert_str_equal(recorded(), "tt");
	worker_start(PRIO_HIGH, use_in_thread, NULL);
	k_sleep(K_TICKS(4));
	run_ready();
	zassert_str_equal(recorded(), "ttTa");
}

/* A wait for somebody else's work has its limit; what is done needs none. */
ZTEST(async_once, test_time_out)
{
	zassert_equal(eddy_once_begin_blocking(&once, K_NO_WAIT), 1);
	zassert_equal(eddy_once_begin_blocking(&once, K_NO_WAIT), -EAGAIN);
	zassert_equal(eddy_once_begin_blocking(&once, K_TICKS(2)), -EAGAIN);
	zassert_equal(eddy_once_end(&once, 0), 0);
	zassert_equal(eddy_once_begin_blocking(&once, K_NO_WAIT), 0);
}

/* Ending what nobody has begun is refused. */
ZTEST(async_once, test_misuse)
{
	zassert_equal(eddy_once_end(&once, 0), -EPERM);
	zassert_equal(eddy_once_try_begin(&once), 1);
	zassert_equal(eddy_once_end(&once, 0), 0);
	zassert_equal(eddy_once_end(&once, 0), -EPERM);
	zassert_equal(eddy_once_end(&once, -EIO), -EPERM);
	zassert_true(eddy_once_is_done(&once));
}

static void try_from_isr(const void *result)
{
	*(int *)(uintptr_t)result = eddy_once_try_begin(&once);
}

static void end_from_isr(const void *arg)
{
	ARG_UNUSED(arg);
	zassert_equal(eddy_once_end(&once, 0), 0);
}

/* An interrupt may try, and may say that it is done. */
ZTEST(async_once, test_interrupts)
{
	int result = UNSET;

	irq_offload(try_from_isr, &result);
	zassert_equal(result, 1);
	start(0);
	irq_offload(try_from_isr, &result);
	zassert_equal(result, -EAGAIN);
	irq_offload(end_from_isr, NULL);
	run_ready();
	zassert_str_equal(recorded(), "a");
	irq_offload(try_from_isr, &result);
	zassert_equal(result, 0);
}
