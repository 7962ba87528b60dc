/* SPDX-License-Identifier: Apache-2.0 */

/* The kernel's events, threads and work items, awaited. */

#include <eddy/kernel.h>

#include "soak.h"

/* Event: lamps to look at. */
static K_EVENT_DEFINE(lamps);

struct look {
	struct eddy_k_call call;
	uint32_t wanted;
	uint32_t events;
	bool all;
};

BUILD_ASSERT(sizeof(struct look) <= DEED_ROOM, "no room");

static bool look_begin(void *room)
{
	struct look *my = room;

	my->wanted = BIT(chance(5)) | BIT(chance(5));
	my->events = my->wanted;
	my->all = chance(2) == 0U;
	return true;
}

static int look_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct look *my = room;

	if (my->all) {
		return eddy_k_event_wait_all(self, &my->call, &lamps, &my->events, timeout);
	}
	return eddy_k_event_wait(self, &my->call, &lamps, &my->events, timeout);
}

static int look_block(void *room, k_timeout_t timeout)
{
	struct look *my = room;

	my->events = my->all ? k_event_wait_all(&lamps, my->wanted, false, timeout)
			     : k_event_wait(&lamps, my->wanted, false, timeout);
	return my->events != 0U ? 0 : -ENOMSG;
}

static bool look_end(void *room, int result)
{
	struct look *my = room;

	if (result == 0) {
		CHECK(&k_event_family, my->events != 0U && (my->events & ~my->wanted) == 0U);
		CHECK(&k_event_family, !my->all || my->events == my->wanted);
	}
	return false;
}

static void switch_lamps(void)
{
	uint32_t events = BIT(chance(5)) | BIT(chance(5));

	switch (chance(4)) {
	case 0:
		k_event_set(&lamps, events);
		break;
	case 1:
		k_event_set_masked(&lamps, 0U, events);
		break;
	default:
		k_event_post(&lamps, events);
		break;
	}
	count(&k_event_family, 0);
}

static struct deed event_deeds[] = {
	{
		.name = "k_event_wait",
		.begin = look_begin,
		.wait = look_wait,
		.block = look_block,
		.end = look_end,
		.weight = 2,
	},
	{.name = "k_event_post", .now = switch_lamps},
};

struct family k_event_family = FAMILY("k_event", event_deeds, NULL, NULL);

/* Thread: one that does not live long, and again. */
static K_THREAD_STACK_DEFINE(stack, 2048);
static struct k_thread mayfly;
static bool is_flying;
static uint32_t flights;

static void fly(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	k_sleep(K_TICKS(1U + chance(10)));
}

struct end {
	struct eddy_k_call call;
};

BUILD_ASSERT(sizeof(struct end) <= DEED_ROOM, "no room");

static bool end_begin(void *room)
{
	ARG_UNUSED(room);
	return flights > 0U;
}

static int end_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct end *my = room;

	return eddy_k_thread_join(self, &my->call, &mayfly, timeout);
}

static bool end_end(void *room, int result)
{
	ARG_UNUSED(room);
	CHECK(&k_thread_family,
	      result == 0 || result == -EAGAIN || result == -ECANCELED || result == -EBUSY);
	return false;
}

/* One thread at a time lets it fly and waits for its end. */
static void let_fly(void)
{
	if (is_flying) {
		return;
	}
	is_flying = true;
	(void)k_thread_create(&mayfly, stack, K_THREAD_STACK_SIZEOF(stack), fly, NULL, NULL, NULL,
			      chance(2) == 0U ? -2 : 2, 0, K_NO_WAIT);
	flights++;
	CHECK(&k_thread_family, k_thread_join(&mayfly, K_SECONDS(10)) == 0);
	count(&k_thread_family, 0);
	is_flying = false;
}

static struct deed thread_deeds[] = {
	{.name = "k_thread_join", .begin = end_begin, .wait = end_wait, .end = end_end},
	{.name = "k_thread_create", .thread = let_fly},
};

struct family k_thread_family = FAMILY("k_thread", thread_deeds, NULL, NULL);

/* Work: who waits for a queued item goes on when that has run. */
static uint32_t runs;

static void run(struct k_work *work)
{
	ARG_UNUSED(work);
	runs++;
}

static K_WORK_DEFINE(work, run);

struct flush {
	struct eddy_k_flush flush;
	bool was_queued;
	uint32_t runs;
};

BUILD_ASSERT(sizeof(struct flush) <= DEED_ROOM, "no room");

static bool flush_begin(void *room)
{
	struct flush *my = room;

	my->runs = runs;
	my->was_queued = (k_work_busy_get(&work) & K_WORK_QUEUED) != 0;
	return true;
}

static int flush_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct flush *my = room;

	return eddy_k_work_flush(self, &my->flush, &k_sys_work_q, &work, timeout);
}

static bool flush_end(void *room, int result)
{
	struct flush *my = room;

	CHECK(&k_work_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	CHECK(&k_work_family, result != 0 || !my->was_queued || runs != my->runs);
	return false;
}

static void submit(void)
{
	CHECK(&k_work_family, k_work_submit(&work) >= 0);
	count(&k_work_family, 0);
}

static struct deed work_deeds[] = {
	{.name = "k_work_flush", .begin = flush_begin, .wait = flush_wait, .end = flush_end},
	{.name = "k_work_submit", .now = submit},
};

struct family k_work_family = FAMILY("k_work", work_deeds, NULL, NULL);
