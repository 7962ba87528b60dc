/* SPDX-License-Identifier: Apache-2.0 */

/* Broadcast: publishers and subscribers of all kinds; sent = received + missed, for each. */

#include "async_test.h"

#define LISTENERS  4
#define PUBLISHERS 3
#define EACH       80U
#define END        0xffffffffU

EDDY_BROADCAST_DEFINE(busy, uint32_t, 4);

/* What each listener has: the next number that it expects of each publisher. */
struct tally {
	uint32_t next[PUBLISHERS];
	uint32_t received;
	uint32_t missed;
};

/* Whether that was the last one. Numbers of one publisher never go back. */
static bool note(struct tally *tally, uint32_t item, int missed)
{
	uint32_t id = item >> 16;
	uint32_t number = item & 0xffffU;

	tally->missed += (uint32_t)missed;
	tally->received++;
	if (item == END) {
		return true;
	}
	zassert_true(id < PUBLISHERS && number >= tally->next[id]);
	tally->next[id] = number + 1U;
	return false;
}

struct hearer {
	struct eddy_frame frame;
	uint32_t pause;
	struct eddy_subscriber subscriber;
	uint32_t item;
	struct tally tally;
	int missed;
};

async_fn(hearer)
{
	async_begin;
	do {
		await_into(my->missed, eddy_broadcast_recv(self, &my->subscriber, &my->item, SOON));
		zassert_true(my->missed >= 0);
		if (my->pause != 0U && my->item % my->pause == 0U) {
			await(eddy_sleep(self, K_TICKS(my->pause)));
		}
	} while (!note(&my->tally, my->item, my->missed));
	eddy_broadcast_unsubscribe(&my->subscriber);
	async_end;
}

static struct tally thread_tally;

static void hear_in_thread(void *subscriber, void *p2, void *p3)
{
	uint32_t item;
	int missed;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	do {
		missed = eddy_broadcast_recv_blocking(subscriber, &item, SOON);
		zassert_true(missed >= 0);
	} while (!note(&thread_tally, item, missed));
	eddy_broadcast_unsubscribe(subscriber);
}

struct speaker {
	struct eddy_frame frame;
	uint32_t id;
	bool posts;
	uint32_t item;
	uint32_t number;
};

async_fn(speaker)
{
	async_begin;
	for (; my->number < EACH; my->number++) {
		my->item = my->id << 16 | my->number;
		if (my->posts) {
			eddy_broadcast_post(&busy, &my->item);
		} else {
			await(eddy_broadcast_publish(self, &busy, &my->item, K_FOREVER));
		}
		if (my->number % 3U == my->id) {
			await(eddy_sleep(self, K_TICKS(1U + my->number % 2U)));
		}
	}
	async_end;
}

static EDDY_TASK_STORAGE(hearer) hearers[LISTENERS];
static EDDY_TASK_STORAGE(speaker) speakers[PUBLISHERS];
static struct eddy_subscriber thread_subscriber;

ZTEST_SUITE(async_broadcast_crowd, NULL, NULL, async_before, async_after, NULL);

static void check(const struct tally *tally, bool lossless)
{
	zassert_equal(tally->received + tally->missed, PUBLISHERS * EACH + 1U,
		      "%u received, %u missed", tally->received, tally->missed);
	zassert_true(!lossless || tally->missed == 0U);
}

static void run_crowd(bool posts)
{
	static struct eddy_executor urgent;
	uint32_t end = END;

	memset(&thread_tally, 0, sizeof(thread_tally));
	start_executor(&urgent, PRIO_HIGH);
	for (uint32_t i = 0U; i < LISTENERS; i++) {
		EDDY_TASK_INIT(&hearers[i], hearer, .pause = 3U * i);
		eddy_broadcast_subscribe(&hearers[i].frame.subscriber, &busy);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &urgent : &executor, &hearers[i].task), 0);
	}
	eddy_broadcast_subscribe(&thread_subscriber, &busy);
	worker_start(PRIO_LOW, hear_in_thread, &thread_subscriber);
	for (uint32_t i = 0U; i < PUBLISHERS; i++) {
		EDDY_TASK_INIT(&speakers[i], speaker, .id = i, .posts = posts && i == 1U);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &urgent : &executor, &speakers[i].task), 0);
	}
	run_for(K_SECONDS(2));
	eddy_broadcast_post(&busy, &end);
	run_for(K_MSEC(100));
	check(&thread_tally, !posts);
	for (uint32_t i = 0U; i < LISTENERS; i++) {
		zassert_equal(eddy_task_try_join(&hearers[i].task), 0);
		check(&hearers[i].frame.tally, !posts);
	}
}

/* If all publishers wait, nobody misses anything. */
ZTEST(async_broadcast_crowd, test_nothing_is_missed)
{
	run_crowd(false);
}

/* If one does not, every message is received or counted as missed. */
ZTEST(async_broadcast_crowd, test_what_is_missed_is_counted)
{
	run_crowd(true);
	zassert_true(hearers[3].frame.tally.missed > 0U, "the slow one was quick");
}
