/* SPDX-License-Identifier: Apache-2.0 */

/* Those who act: tasks, threads, interrupts. */

#include "soak.h"

/* The type has no name. */
__typeof__(actors) actors;

/* Something short that an actor starts and waits for; nobody else knows it. */
struct child {
	struct eddy_frame frame;
	int result;
};

async_fn(child)
{
	async_begin;
	await_into(my->result, eddy_signal_wait(self, some_signal(), NULL, some_time()));
	if (my->result == 0) {
		await_into(my->result, eddy_sleep(self, K_TICKS(chance(4))));
	}
	async_return(my->result);
	async_end;
}

static EDDY_TASK_STORAGE(child) children[ACTORS];

struct eddy_task *some_actor(void)
{
	return &actors[chance(ACTORS)].task;
}

/* Start the child again, somewhere; or leave it be if it is not back yet. */
static void spawn_child(struct eddy_task *self, uint32_t index)
{
	if (!eddy_task_is_active(&children[index].task)) {
		memset(&children[index], 0xa5, sizeof(children[index]));
		EDDY_TASK_INIT(&children[index], child);
		(void)eddy_spawn(self->waiter.executor, &children[index].task);
	}
}

/* Deeds that are over at once. */
static void act_quickly(void)
{
	switch (chance(4)) {
	case 0:
		eddy_signal_raise(some_signal(), ledger_new_value());
		break;
	case 1:
		(void)eddy_cancel(some_actor()); /* it may have ended */
		break;
	default:
		break;
	}
}

async_fn(actor)
{
	async_begin;
	while (!quit) {
		act_quickly();
		switch (chance(8)) {
		case 0:
		case 1:
			my->item = ledger_new_item();
			await_into(my->result,
				   eddy_chan_send(self, some_channel(), &my->item, some_time()));
			ledger_sent(my->item, my->result);
			break;
		case 2:
		case 3:
			await_into(my->result,
				   eddy_chan_recv(self, some_channel(), &my->item, some_time()));
			if (my->result == 0) {
				ledger_received(my->item);
			}
			break;
		case 4:
			await_into(my->result,
				   eddy_signal_wait(self, some_signal(), &my->value, some_time()));
			if (my->result == 0) {
				ledger_heard(my->value);
			}
			break;
		case 5:
			await_into(my->result, eddy_task_join(self, some_actor(), some_time()));
			break;
		case 6:
			spawn_child(self, my->index);
			await_into(my->result,
				   eddy_task_join(self, &children[my->index].task, some_time()));
			if (my->result == -EAGAIN) {
				(void)eddy_cancel(&children[my->index].task);
			}
			break;
		default:
			await_into(my->result, eddy_sleep(self, some_time()));
			break;
		}
		if (my->result == -ECANCELED) {
			async_return(-ECANCELED);
		}
	}
	async_end;
}

static void send_in_thread(void)
{
	uint32_t item = ledger_new_item();

	ledger_sent(item, eddy_chan_send_blocking(some_channel(), &item, K_TICKS(chance(20))));
}

static void receive_in_thread(void)
{
	uint32_t item;

	if (eddy_chan_recv_blocking(some_channel(), &item, K_TICKS(chance(20))) == 0) {
		ledger_received(item);
	}
}

static void listen_in_thread(void)
{
	uintptr_t value;

	if (eddy_signal_wait_blocking(some_signal(), &value, K_TICKS(chance(20))) == 0) {
		ledger_heard(value);
	}
}

void act_in_thread(void *p1, void *p2, void *p3)
{
	ARG_UNUSED(p1);
	ARG_UNUSED(p2);
	ARG_UNUSED(p3);
	while (!quit) {
		act_quickly();
		switch (chance(5)) {
		case 0:
			send_in_thread();
			break;
		case 1:
			receive_in_thread();
			break;
		case 2:
			listen_in_thread();
			break;
		case 3:
			(void)eddy_task_join_blocking(some_actor(), K_TICKS(chance(20)));
			break;
		default:
			k_sleep(K_TICKS(1U + chance(10)));
			break;
		}
	}
}

void act_in_interrupt(void)
{
	uintptr_t value;
	uint32_t item;

	switch (chance(6)) {
	case 0:
		item = ledger_new_item();
		ledger_sent(item, eddy_chan_try_send(some_channel(), &item));
		break;
	case 1:
		if (eddy_chan_try_recv(some_channel(), &item) == 0) {
			ledger_received(item);
		}
		break;
	case 2:
		if (eddy_signal_try_wait(some_signal(), &value) == 0) {
			ledger_heard(value);
		}
		break;
	default:
		act_quickly();
		break;
	}
}
