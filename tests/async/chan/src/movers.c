/* SPDX-License-Identifier: Apache-2.0 */

/* Tasks and threads that send and receive. */

#include "movers.h"

EDDY_CHAN_DEFINE(chan, uint32_t, CAPACITY);

/* The types have no names. */
__typeof__(senders) senders;
__typeof__(receivers) receivers;

async_fn(sender)
{
	int result;

	async_begin;
	for (; my->count > 0U; my->count--) {
		await_into(result, eddy_chan_send(self, &chan, &my->item, my->timeout));
		record(my->letter);
		if (result != 0) {
			async_return(result);
		}
		my->item++;
	}
	async_end;
}

async_fn(receiver)
{
	int result;

	async_begin;
	for (; my->count > 0U; my->count--) {
		await_into(result, eddy_chan_recv(self, &chan, &my->item, my->timeout));
		record(my->letter);
		if (result != 0) {
			async_return(result);
		}
		my->sum += my->item;
	}
	async_end;
}

void send_in_thread(void *p1, void *p2, void *p3)
{
	struct mover *mover = p1;
	int result = 0;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	mover->result = UNSET;
	for (; mover->count > 0U && result == 0; mover->count--) {
		result = eddy_chan_send_blocking(&chan, &mover->item, mover->timeout);
		record(mover->letter);
		mover->item++;
	}
	mover->result = result;
}

void receive_in_thread(void *p1, void *p2, void *p3)
{
	struct mover *mover = p1;
	int result = 0;

	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	mover->result = UNSET;
	for (; mover->count > 0U && result == 0; mover->count--) {
		result = eddy_chan_recv_blocking(&chan, &mover->item, mover->timeout);
		record(mover->letter);
		mover->sum += mover->item;
	}
	mover->result = result;
}

struct eddy_task *spawn_sender(int index, uint32_t item, uint16_t count, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&senders[index], sender, .letter = (char)('s' + index), .item = item,
		       .count = count, .timeout = timeout);
	spawn(&senders[index].task);
	run_ready();
	return &senders[index].task;
}

struct eddy_task *spawn_receiver(int index, uint16_t count, k_timeout_t timeout)
{
	EDDY_TASK_INIT(&receivers[index], receiver, .letter = (char)('a' + index), .count = count,
		       .timeout = timeout);
	spawn(&receivers[index].task);
	run_ready();
	return &receivers[index].task;
}

void fill(uint32_t first)
{
	while (eddy_chan_try_send(&chan, &first) == 0) {
		first++;
	}
	zassert_equal(eddy_chan_count(&chan), CAPACITY);
}

uint32_t take(void)
{
	uint32_t item = 0U;

	zassert_equal(eddy_chan_try_recv(&chan, &item), 0);
	return item;
}

void chan_before(void *fixture)
{
	uint32_t unused;

	async_before(fixture);
	while (eddy_chan_try_recv(&chan, &unused) == 0) {
	}
}
