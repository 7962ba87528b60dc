/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks of every kind of executor meet those of every kind, in every operation. */

#include "kinds.h"

ZTEST_SUITE(async_mix, NULL, NULL, kinds_before, kinds_after, NULL);

/* A script runs on one executor; the one that waits runs on the other. */
#define SCRIPT(name)                                                                               \
	struct name {                                                                              \
		struct eddy_frame frame;                                                           \
		const struct subject *subject;                                                     \
		const struct kind *other;                                                          \
		int rc;                                                                            \
		unsigned int i;                                                                    \
	};                                                                                         \
	static EDDY_TASK_STORAGE(name) name##_task;                                                \
	async_fn(name)

/* Run a script on each kind, with each other one, for each subject. */
#define FOR_EACH_PAIR(name)                                                                        \
	for (unsigned int i = 0U; i < KINDS * KINDS; i++) {                                        \
		for (unsigned int k = 0U; subjects[k] != NULL; k++) {                              \
			EDDY_TASK_INIT(&name##_task, name, .subject = subjects[k],                 \
				       .other = &kinds[i % KINDS]);                                \
			run_script(&kinds[i / KINDS], &kinds[i % KINDS], subjects[k],              \
				   &name##_task.task);                                             \
		}                                                                                  \
	}

static void run_script(const struct kind *one, const struct kind *other,
		       const struct subject *subject, struct eddy_task *task)
{
	zassert_equal(eddy_spawn(one->executor, task), 0);
	zassert_equal(eddy_task_join_blocking(task, SOON), 0, "%s, %s, %s: does not end", one->name,
		      other->name, subject->name);
	zassert_equal(eddy_task_result(task), 0, "%s, %s, %s: line %d", one->name, other->name,
		      subject->name, eddy_task_result(task));
}

/* End a script with the line at which something does not hold. */
#define HOLDS(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			async_return(__LINE__);                                                    \
		}                                                                                  \
	} while (false)

SCRIPT(serve_waiter)
{
	async_begin;
	for (my->i = 0U; my->i < 3U; my->i++) {
		my->subject->reset(self);
		wait_on(my->other, my->subject, my->i == 0U ? K_FOREVER : K_SECONDS(5));
		if (my->i < 2U) {
			await(eddy_sleep(self, K_TICKS(2)));
			HOLDS(eddy_task_is_active(&waiter_task.task));
		}
		my->subject->enable(self); /* the third time perhaps before the other one waits */
		await_into(my->rc, eddy_task_join(self, &waiter_task.task, SOON));
		HOLDS(my->rc == 0);
		HOLDS(eddy_task_result(&waiter_task.task) == my->subject->success);
	}
	async_end;
}

/* A task of any kind of executor spawns, serves and joins one of any kind. */
ZTEST(async_mix, test_all_serve_all)
{
	FOR_EACH_PAIR(serve_waiter);
}

SCRIPT(cancel_waiter)
{
	async_begin;
	for (my->i = 0U; my->i < 2U; my->i++) {
		my->subject->reset(self);
		wait_on(my->other, my->subject, my->i == 0U ? K_FOREVER : K_SECONDS(5));
		await(eddy_sleep(self, K_TICKS(2)));
		await_into(my->rc, eddy_cancel_wait(self, &waiter_task.task, SOON));
		HOLDS(my->rc == 0);
		HOLDS(eddy_task_result(&waiter_task.task) == -ECANCELED);
		my->subject->enable(self);
		HOLDS(my->subject->try(self) == my->subject->success);
		if (my->subject->release != NULL) {
			my->subject->release(self);
		}
	}
	async_end;
}

/* A task of any kind of executor cancels one of any kind, which has taken nothing. */
ZTEST(async_mix, test_all_cancel_all)
{
	FOR_EACH_PAIR(cancel_waiter);
}

SCRIPT(outlast_waiter)
{
	async_begin;
	my->subject->reset(self);
	wait_on(my->other, my->subject, K_TICKS(8));
	await_into(my->rc, eddy_task_join(self, &waiter_task.task, K_TICKS(2)));
	HOLDS(my->rc == -EAGAIN);
	await_into(my->rc, eddy_task_join(self, &waiter_task.task, SOON));
	HOLDS(my->rc == 0);
	HOLDS(eddy_task_result(&waiter_task.task) == -EAGAIN);
	my->subject->enable(self);
	async_end;
}

/* A task of any kind of executor outlasts a wait of one of any kind. */
ZTEST(async_mix, test_all_outlast_all)
{
	FOR_EACH_PAIR(outlast_waiter);
}

EDDY_CHAN_DEFINE(requests, uint32_t, 2);
EDDY_CHAN_DEFINE(replies, uint32_t, 1);

#define EXCHANGES 200U

/* Answers each request. */
struct server {
	struct eddy_frame frame;
	uint32_t item;
	int rc;
};

async_fn(server)
{
	async_begin;
	for (;;) {
		await_into(my->rc, eddy_chan_recv(self, &requests, &my->item, K_FOREVER));
		if (my->rc != 0) {
			async_return(my->rc);
		}
		my->item += 1000000U;
		await_into(my->rc, eddy_chan_send(self, &replies, &my->item, K_TICKS(50)));
	}
	async_end;
}

/* Asks two things at a time. */
struct client {
	struct eddy_frame frame;
	uint32_t item;
	uint32_t reply;
	uint32_t expected;
	int rc;
};

async_fn(client)
{
	async_begin;
	for (; my->expected < EXCHANGES; my->expected++) {
		while (my->item < EXCHANGES && my->item < my->expected + 2U) {
			await_into(my->rc, eddy_chan_send(self, &requests, &my->item, SOON));
			HOLDS(my->rc == 0);
			my->item++;
		}
		await_into(my->rc, eddy_chan_recv(self, &replies, &my->reply, K_TICKS(50)));
		HOLDS(my->rc == 0);
		HOLDS(my->reply == my->expected + 1000000U);
	}
	async_end;
}

static EDDY_TASK_STORAGE(server) server_task;
static EDDY_TASK_STORAGE(client) client_task;

/* Items go both ways between all kinds, none lost, none twice, in order. */
ZTEST(async_mix, test_all_exchange_with_all)
{
	for (unsigned int i = 0U; i < KINDS * KINDS; i++) {
		EDDY_TASK_INIT(&server_task, server);
		EDDY_TASK_INIT(&client_task, client);
		zassert_equal(eddy_spawn(kinds[i / KINDS].executor, &server_task.task), 0);
		zassert_equal(eddy_spawn(kinds[i % KINDS].executor, &client_task.task), 0);
		zassert_equal(eddy_task_join_blocking(&client_task.task, SOON), 0, "%s, %s",
			      kinds[i / KINDS].name, kinds[i % KINDS].name);
		zassert_equal(eddy_task_result(&client_task.task), 0, "%s, %s: line %d",
			      kinds[i / KINDS].name, kinds[i % KINDS].name,
			      eddy_task_result(&client_task.task));
		zassert_equal(eddy_cancel_wait_blocking(&server_task.task, SOON), 0);
	}
}
