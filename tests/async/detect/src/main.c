/* SPDX-License-Identifier: Apache-2.0 */

/* Misuse that is asserted. An assertion is fatal; the hook makes a test that expects it pass. */

#include "async_test.h"

#include <eddy/detect.h>
#include <zephyr/ztest_error_hook.h>

static EDDY_SIGNAL_DEFINE(signal);

/* Waits for the signal, in a frame that is not its own. */
struct child {
	struct eddy_frame frame;
};

static struct child shared;

void ztest_post_assert_fail_hook(void)
{
	pass_after_assertion();
}

static void before(void *fixture)
{
	async_before(fixture);
	signal = (struct eddy_signal)
		EDDY_SIGNAL_INITIALIZER; /* an assertion may have left waiters */
	memset(&shared, 0, sizeof(shared));
}

ZTEST_SUITE(async_detect, NULL, NULL, before, async_after, NULL);

/* Does something in the midst of a task. */
struct actor {
	struct eddy_frame frame;
	void (*act)(struct eddy_task *self);
};

async_fn(actor)
{
	async_begin;
	my->act(self);
	await(eddy_yield(self));
	async_end;
}

static EDDY_TASK_STORAGE(actor) actor_task;

static void run_actor(void (*act)(struct eddy_task *self))
{
	EDDY_TASK_INIT(&actor_task, actor, .act = act);
	spawn(&actor_task.task);
	run_ready();
	zassert_equal(eddy_task_try_join(&actor_task.task), 0);
}

static void await_properly(struct eddy_task *self)
{
	zexpect_equal(eddy_sleep(self, K_NO_WAIT), 0);
	zexpect_equal(eddy_signal_wait(self, &signal, NULL, K_NO_WAIT), -EAGAIN);
}

/* What is right is not complained about. */
ZTEST(async_detect, test_a_task_awaits)
{
	run_actor(await_properly);
}

static void do_nothing(struct eddy_task *self)
{
	ARG_UNUSED(self);
}

/* A thread awaits in the name of a task that has ended. */
ZTEST(async_detect, test_an_await_in_a_thread)
{
	run_actor(do_nothing);
	ztest_set_assert_valid(true);
	zexpect_equal(eddy_yield(&actor_task.task), 0);
	ztest_test_fail();
}

static void await_in_thread(void *task, void *p2, void *p3)
{
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	ztest_set_assert_valid(true);
	zexpect_equal(eddy_yield(task), 0);
	ztest_test_fail();
}

static void await_in_another_thread(struct eddy_task *self)
{
	worker_start(PRIO_HIGH, await_in_thread, self);
}

/* A thread awaits in the name of a task that runs in another thread. */
ZTEST(async_detect, test_an_await_in_another_thread)
{
	run_actor(await_in_another_thread);
	ztest_test_fail();
}

static struct eddy_task *other_task;

static void await_as_another(struct eddy_task *self)
{
	ARG_UNUSED(self);
	ztest_set_assert_valid(true);
	zexpect_equal(eddy_yield(other_task), 0);
	ztest_test_fail();
}

/* A task awaits in the name of another one of its executor. */
ZTEST(async_detect, test_an_await_for_another_task)
{
	static EDDY_TASK_STORAGE(actor) bystander;

	EDDY_TASK_INIT(&bystander, actor, .act = do_nothing);
	spawn(&bystander.task);
	other_task = &bystander.task;
	run_actor(await_as_another);
}

static void block_in_task(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_signal_raise(&signal, 0U);
	ztest_set_assert_valid(true);
	(void)eddy_signal_wait_blocking(&signal, NULL, K_FOREVER);
	ztest_test_fail();
}

/* A task calls a blocking face, even if it need not wait there. */
ZTEST(async_detect, test_a_blocking_face_in_a_task)
{
	run_actor(block_in_task);
}

/* A thread may. */
ZTEST(async_detect, test_a_blocking_face_in_a_thread)
{
	run_actor(do_nothing);
	eddy_signal_raise(&signal, 0U);
	zassert_equal(eddy_signal_wait_blocking(&signal, NULL, K_FOREVER), 0);
}

async_fn(child)
{
	async_begin;
	await(eddy_signal_wait(self, &signal, NULL, K_FOREVER));
	async_end;
}

struct sharer {
	struct eddy_frame frame;
	struct child *child;
};

async_fn(sharer)
{
	async_begin;
	await(eddy_call(self, child, my->child));
	await(eddy_call(self, child, my->child));
	async_end;
}

static EDDY_TASK_STORAGE(sharer) sharers[2];
static void spawn_sharer(unsigned int index)
{
	EDDY_TASK_INIT(&sharers[index], sharer, .child = &shared);
	spawn(&sharers[index].task);
	run_ready();
}

/* A frame can be used again after its function has returned. */
ZTEST(async_detect, test_a_frame_is_used_again)
{
	spawn_sharer(0);
	eddy_signal_raise(&signal, 0U);
	run_ready();
	eddy_signal_raise(&signal, 0U);
	run_ready();
	zassert_equal(eddy_task_try_join(&sharers[0].task), 0);
	spawn_sharer(1);
	zassert_equal(eddy_cancel(&sharers[1].task), 0);
	run_ready();
	zassert_equal(eddy_task_try_join(&sharers[1].task), 0);
}

/* Two tasks call a function in one frame at the same time. */
ZTEST(async_detect, test_a_frame_is_in_use)
{
	spawn_sharer(0);
	ztest_set_assert_valid(true);
	spawn_sharer(1);
	ztest_test_fail();
}
