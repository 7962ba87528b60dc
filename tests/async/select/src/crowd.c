/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Select: many selects, plain receivers, threads and a timer's interrupt on the same channels:
 * every item arrives once.
 */

#include "chooser.h"

#define CHANNELS  4U
#define SELECTORS 9U
#define PRODUCERS 6U
#define EACH      60U
#define LAST      (PRODUCERS * EACH)
#define STEP      10U /* ticks: the slowest board gets everything done in a few */

static struct eddy_chan channels[CHANNELS];
static uint32_t buffers[CHANNELS][2];
static uint8_t arrived[LAST + 1U];
static uint32_t total;
static uint32_t from_interrupt;

static void note(uint32_t item)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock); /* selectors run on several threads */

	if (item <= LAST) {
		arrived[item]++;
		total++;
	} else {
		from_interrupt++;
	}
	k_spin_unlock(&eddy_lock, key);
}

struct producer {
	struct eddy_frame frame;
	uint32_t item; /* in: the first */
	uint32_t left; /* in */
};

async_fn(producer)
{
	async_begin;
	for (; my->left != 0U; my->left--) {
		await(eddy_chan_send(self, &channels[my->item % CHANNELS], &my->item, K_FOREVER));
		my->item++;
		if (my->item % 5U == 0U) {
			await(eddy_sleep(self, K_TICKS(STEP * (1U + my->item % 3U))));
		}
	}
	async_end;
}

/* Every third one leaves the queues after each choice, the others pause now and then. */
struct selector {
	struct eddy_frame frame;
	uint32_t id; /* in */
	uint32_t items[CHANNELS];
	int result;
	EDDY_SELECT(CHANNELS) select;
};

static int choose(struct eddy_task *self, struct selector *my)
{
	k_timeout_t timeout = K_TICKS(STEP + my->id % 4U);

	return my->id % 3U == 0U ? eddy_select(self, &my->select, timeout)
				 : eddy_select_next(self, &my->select, timeout);
}

async_fn(selector)
{
	async_begin;
	eddy_select_init(&my->select);
	for (unsigned int i = 0; i < CHANNELS; i++) {
		eddy_chan_recv_arm(&my->select.arm[i], &channels[i], &my->items[i]);
	}
	for (;;) {
		await_into(my->result, choose(self, my));
		if (my->result == -ECANCELED) {
			break;
		}
		if (my->result == 0) {
			note(my->items[eddy_select_which(&my->select)]);
			if (my->items[0] % 4U == my->id % 4U) {
				await(eddy_yield(self));
			}
		}
	}
	eddy_select_end(&my->select);
	async_end;
}

static void consume_in_thread(void *chan, void *p2, void *p3)
{
	uint32_t item;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (eddy_chan_recv_blocking(chan, &item, K_MSEC(50)) == 0) {
		note(item);
		k_sleep(K_TICKS(STEP));
	}
}

static uint32_t sent_in_interrupt;

static void send_in_interrupt(struct k_timer *timer)
{
	static uint32_t item = LAST + 1U;

	ARG_UNUSED(timer);
	if (eddy_chan_try_send(&channels[sent_in_interrupt % CHANNELS], &item) == 0) {
		sent_in_interrupt++;
	}
}

static K_TIMER_DEFINE(ticking, send_in_interrupt, NULL);

static EDDY_TASK_STORAGE(producer) producers[PRODUCERS];
static EDDY_TASK_STORAGE(selector) selectors[SELECTORS];

static void before(void *fixture)
{
	chooser_before(fixture);
	for (unsigned int i = 0; i < CHANNELS; i++) {
		zassert_equal(eddy_chan_init(&channels[i], buffers[i], sizeof(uint32_t), 2), 0);
	}
	memset(arrived, 0, sizeof(arrived));
	total = 0U;
	from_interrupt = 0U;
	sent_in_interrupt = 0U;
}

ZTEST_SUITE(async_select_crowd, NULL, NULL, before, async_after, NULL);

/* Nothing is lost and nothing comes twice, whoever takes it. */
ZTEST(async_select_crowd, test_every_item_arrives_once)
{
	static struct eddy_executor urgent;

	start_executor(&urgent, PRIO_HIGH);
	for (uint32_t i = 0; i < SELECTORS; i++) {
		EDDY_TASK_INIT(&selectors[i], selector, .id = i);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &urgent : &executor, &selectors[i].task),
			      0);
	}
	worker_start(PRIO_LOW, consume_in_thread, &channels[0]);
	worker_start(PRIO_HIGH, consume_in_thread, &channels[1]);
	for (uint32_t i = 0; i < PRODUCERS; i++) {
		EDDY_TASK_INIT(&producers[i], producer, .item = 1U + i * EACH, .left = EACH);
		zassert_equal(eddy_spawn(i % 2U == 0U ? &executor : &urgent, &producers[i].task),
			      0);
	}
	k_timer_start(&ticking, K_TICKS(1), K_TICKS(STEP / 2U));
	run_for(K_SECONDS(1));
	k_timer_stop(&ticking);
	run_for(K_MSEC(100));

	for (uint32_t i = 1U; i <= LAST; i++) {
		zassert_equal(arrived[i], 1U, "item %u arrived %u times", i, arrived[i]);
	}
	zassert_equal(total, LAST);
	zassert_true(sent_in_interrupt > 100U);
	zassert_equal(from_interrupt, sent_in_interrupt);
	for (uint32_t i = 0; i < SELECTORS; i++) {
		zassert_equal(eddy_cancel(&selectors[i].task), 0);
	}
	run_for(K_MSEC(10));
	for (uint32_t i = 0; i < SELECTORS; i++) {
		zassert_equal(eddy_task_try_join(&selectors[i].task), 0);
	}
}
