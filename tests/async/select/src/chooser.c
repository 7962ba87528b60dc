/* SPDX-License-Identifier: Apache-2.0 */

/* The task under test, and what it selects from. */

#include "chooser.h"

EDDY_CHAN_DEFINE(a, uint32_t, 4);
EDDY_CHAN_DEFINE(b, uint32_t, 4);
EDDY_CHAN_DEFINE(c, uint32_t, 1);
EDDY_SIGNAL_DEFINE(signal);
EDDY_SIGNAL_DEFINE(proceed);

static uint32_t buffers[3][4];

void chooser_before(void *fixture)
{
	async_before(fixture);
	zassert_equal(eddy_chan_init(&a, buffers[0], sizeof(uint32_t), 4), 0);
	zassert_equal(eddy_chan_init(&b, buffers[1], sizeof(uint32_t), 4), 0);
	zassert_equal(eddy_chan_init(&c, buffers[2], sizeof(uint32_t), 1), 0);
	eddy_signal_init(&signal);
	eddy_signal_init(&proceed);
}

void put(struct eddy_chan *chan, uint32_t item)
{
	zassert_equal(eddy_chan_try_send(chan, &item), 0);
}

uint32_t get(struct eddy_chan *chan)
{
	uint32_t item = 0U;

	zassert_equal(eddy_chan_try_recv(chan, &item), 0);
	return item;
}

static void set_arms(struct chooser *my)
{
	eddy_select_init(&my->select);
	if ((my->arms & BIT(RECV_A)) != 0U) {
		eddy_chan_recv_arm(&my->select.arm[RECV_A], &a, &my->items[0]);
	}
	if ((my->arms & BIT(RECV_B)) != 0U) {
		eddy_chan_recv_arm(&my->select.arm[RECV_B], &b, &my->items[1]);
	}
	if ((my->arms & BIT(SIGNAL)) != 0U) {
		eddy_signal_wait_arm(&my->select.arm[SIGNAL], &signal, &my->value);
	}
	if ((my->arms & BIT(SEND_C)) != 0U) {
		my->to_send = TO_SEND;
		eddy_chan_send_arm(&my->select.arm[SEND_C], &c, &my->to_send);
	}
}

static void note(struct chooser *my)
{
	unsigned int which = eddy_select_which(&my->select);

	if (my->result == -EAGAIN) {
		record('t');
	} else if (my->result == -ECANCELED) {
		record('x');
	} else if (my->result == -EPIPE) {
		record('p');
	} else {
		zassert_equal(my->result, 0);
		record((char)('0' + which));
		if (which < 2U) {
			my->sum += my->items[which];
		}
	}
}

static int take_turn(struct eddy_task *self, struct chooser *my)
{
	return my->once ? eddy_select(self, &my->select, my->timeout)
			: eddy_select_next(self, &my->select, my->timeout);
}

async_fn(chooser)
{
	async_begin;
	set_arms(my);
	for (; my->turns != 0U; my->turns--) {
		await_into(my->result, take_turn(self, my));
		note(my);
		if (my->result == -ECANCELED) {
			break;
		}
		if (my->pauses) {
			await(eddy_signal_wait(self, &proceed, NULL, K_FOREVER));
		}
	}
	if (!my->once) {
		eddy_select_end(&my->select);
	}
	async_return(my->result);
	async_end;
}
