/* SPDX-License-Identifier: Apache-2.0 */

/* Objects that carry data. */

#include "contexts.h"

#define CAPACITY 2U

/* For all kinds of channels. */
struct item {
	int32_t prio;
	uint32_t number;
};

static const struct item item = {.prio = 1, .number = 0x600df00dU};
static struct item buffer[CAPACITY];
static uint16_t links[CAPACITY];
static struct item received;

static bool is_received(void)
{
	bool is = received.number == item.number;

	received.number = 0U;
	return is;
}

static struct eddy_signal signal;

ANYWHERE(eddy_signal_init)
{
	eddy_signal_raise(&signal, 1U);
	eddy_signal_init(&signal);
	return eddy_signal_try_wait(&signal, NULL) == -EAGAIN;
}

ANYWHERE(eddy_signal_raise)
{
	eddy_signal_init(&signal);
	eddy_signal_raise(&signal, 1U);
	return eddy_signal_try_wait(&signal, NULL) == 0;
}

ANYWHERE(eddy_signal_reset)
{
	eddy_signal_init(&signal);
	eddy_signal_raise(&signal, 1U);
	eddy_signal_reset(&signal);
	return eddy_signal_try_wait(&signal, NULL) == -EAGAIN;
}

ANYWHERE(eddy_signal_try_wait)
{
	uintptr_t value = 0U;

	eddy_signal_init(&signal);
	eddy_signal_raise(&signal, 5U);
	return eddy_signal_try_wait(&signal, &value) == 0 && value == 5U;
}

ANYWHERE(eddy_try)
{
	eddy_signal_init(&signal);
	return eddy_try(&eddy_signal_wait_op, &signal, NULL) == -EAGAIN;
}

static struct eddy_chan chan;

static bool chan_is_set_up(void)
{
	return eddy_chan_init(&chan, buffer, sizeof(struct item), CAPACITY) == 0;
}

ANYWHERE(eddy_chan_init)
{
	return chan_is_set_up() && eddy_chan_init(&chan, buffer, 0U, CAPACITY) == -EINVAL;
}

ANYWHERE(eddy_chan_try_send)
{
	return chan_is_set_up() && eddy_chan_try_send(&chan, &item) == 0 &&
	       eddy_chan_try_send(&chan, &item) == 0 && eddy_chan_try_send(&chan, &item) == -EAGAIN;
}

ANYWHERE(eddy_chan_try_recv)
{
	return chan_is_set_up() && eddy_chan_try_send(&chan, &item) == 0 &&
	       eddy_chan_try_recv(&chan, &received) == 0 && is_received();
}

ANYWHERE(eddy_chan_close)
{
	if (!chan_is_set_up()) {
		return false;
	}
	eddy_chan_close(&chan);
	return eddy_chan_try_send(&chan, &item) == -EPIPE;
}

ANYWHERE(eddy_chan_count)
{
	return chan_is_set_up() && eddy_chan_try_send(&chan, &item) == 0 &&
	       eddy_chan_count(&chan) == 1U;
}

static struct eddy_prio_chan prio_chan;
static struct eddy_prio_entry heap[CAPACITY];

static bool prio_chan_is_set_up(void)
{
	return eddy_prio_chan_init(&prio_chan, buffer, heap, sizeof(struct item),
				   offsetof(struct item, prio), CAPACITY) == 0;
}

ANYWHERE(eddy_prio_chan_init)
{
	return prio_chan_is_set_up() &&
	       eddy_prio_chan_init(&prio_chan, buffer, heap, 0U, 0U, CAPACITY) == -EINVAL;
}

ANYWHERE(eddy_prio_chan_try_send)
{
	return prio_chan_is_set_up() && eddy_prio_chan_try_send(&prio_chan, &item) == 0 &&
	       eddy_prio_chan_try_send(&prio_chan, &item) == 0 &&
	       eddy_prio_chan_try_send(&prio_chan, &item) == -EAGAIN;
}

ANYWHERE(eddy_prio_chan_try_recv)
{
	return prio_chan_is_set_up() && eddy_prio_chan_try_send(&prio_chan, &item) == 0 &&
	       eddy_prio_chan_try_recv(&prio_chan, &received) == 0 && is_received();
}

ANYWHERE(eddy_prio_chan_close)
{
	if (!prio_chan_is_set_up()) {
		return false;
	}
	eddy_prio_chan_close(&prio_chan);
	return eddy_prio_chan_try_send(&prio_chan, &item) == -EPIPE;
}

ANYWHERE(eddy_prio_chan_count)
{
	return prio_chan_is_set_up() && eddy_prio_chan_try_send(&prio_chan, &item) == 0 &&
	       eddy_prio_chan_count(&prio_chan) == 1U;
}

static struct eddy_slots slots;
static void *slot;

static bool slots_are_set_up(void)
{
	return eddy_slots_init(&slots, buffer, links, sizeof(struct item), CAPACITY) == 0;
}

static bool slot_is_reserved(void)
{
	return slots_are_set_up() && eddy_slots_try_reserve(&slots, &slot) == 0;
}

static bool slot_is_borrowed(void)
{
	return slot_is_reserved() && eddy_slots_commit(&slots, slot) == 0 &&
	       eddy_slots_try_borrow(&slots, &slot) == 0;
}

ANYWHERE(eddy_slots_init)
{
	return slots_are_set_up() &&
	       eddy_slots_init(&slots, buffer, links, 0U, CAPACITY) == -EINVAL;
}

ANYWHERE(eddy_slots_try_reserve)
{
	return slot_is_reserved() && slot == &buffer[0];
}

ANYWHERE(eddy_slots_commit)
{
	return slot_is_reserved() && eddy_slots_commit(&slots, slot) == 0;
}

ANYWHERE(eddy_slots_abandon)
{
	if (!slot_is_reserved()) {
		return false;
	}
	eddy_slots_abandon(&slots, slot);
	return eddy_slots_try_reserve(&slots, &slot) == 0 &&
	       eddy_slots_try_reserve(&slots, &slot) == 0;
}

ANYWHERE(eddy_slots_try_borrow)
{
	return slot_is_borrowed() && slot == &buffer[0];
}

ANYWHERE(eddy_slots_release)
{
	if (!slot_is_borrowed()) {
		return false;
	}
	eddy_slots_release(&slots, slot);
	return eddy_slots_try_reserve(&slots, &slot) == 0 &&
	       eddy_slots_try_reserve(&slots, &slot) == 0;
}

ANYWHERE(eddy_slots_close)
{
	if (!slots_are_set_up()) {
		return false;
	}
	eddy_slots_close(&slots);
	return eddy_slots_try_reserve(&slots, &slot) == -EPIPE;
}

ANYWHERE(eddy_slots_count)
{
	return slot_is_reserved() && eddy_slots_commit(&slots, slot) == 0 &&
	       eddy_slots_count(&slots) == 1U;
}

static struct eddy_pipe pipe;
static char pipe_buffer[2];
static char byte;

static bool pipe_is_set_up(void)
{
	return eddy_pipe_init(&pipe, pipe_buffer, sizeof(pipe_buffer)) == 0;
}

ANYWHERE(eddy_pipe_init)
{
	return pipe_is_set_up() && eddy_pipe_init(&pipe, pipe_buffer, 0U) == -EINVAL;
}

ANYWHERE(eddy_pipe_try_write)
{
	return pipe_is_set_up() && eddy_pipe_try_write(&pipe, "abc", 3U) == 2;
}

ANYWHERE(eddy_pipe_try_read)
{
	return pipe_is_set_up() && eddy_pipe_try_write(&pipe, "x", 1U) == 1 &&
	       eddy_pipe_try_read(&pipe, &byte, 1U) == 1 && byte == 'x';
}

ANYWHERE(eddy_pipe_close)
{
	if (!pipe_is_set_up()) {
		return false;
	}
	eddy_pipe_close(&pipe);
	return eddy_pipe_try_read(&pipe, &byte, 1U) == -EPIPE;
}

ANYWHERE(eddy_pipe_count)
{
	return pipe_is_set_up() && eddy_pipe_try_write(&pipe, "x", 1U) == 1 &&
	       eddy_pipe_count(&pipe) == 1U;
}

static struct eddy_watch watch;
static struct eddy_watch_reader reader;

static bool watch_is_set_up(void)
{
	eddy_watch_reader_init(&reader, &watch);
	return eddy_watch_init(&watch, &buffer[0], sizeof(buffer[0])) == 0;
}

ANYWHERE(eddy_watch_init)
{
	return watch_is_set_up() && eddy_watch_init(&watch, NULL, 4U) == -EINVAL;
}

ANYWHERE(eddy_watch_set)
{
	if (!watch_is_set_up()) {
		return false;
	}
	eddy_watch_set(&watch, &item);
	return buffer[0].number == item.number;
}

ANYWHERE(eddy_watch_get)
{
	if (!watch_is_set_up() || eddy_watch_get(&watch, &received) != -EAGAIN) {
		return false;
	}
	eddy_watch_set(&watch, &item);
	return eddy_watch_get(&watch, &received) == 0 && is_received();
}

ANYWHERE(eddy_watch_reader_init)
{
	if (!watch_is_set_up()) {
		return false;
	}
	eddy_watch_set(&watch, &item);
	eddy_watch_reader_init(&reader, &watch);
	return eddy_watch_try_changed(&reader, &received) == 0 && is_received();
}

ANYWHERE(eddy_watch_is_changed)
{
	if (!watch_is_set_up() || eddy_watch_is_changed(&reader)) {
		return false;
	}
	eddy_watch_set(&watch, &item);
	return eddy_watch_is_changed(&reader);
}

ANYWHERE(eddy_watch_try_changed)
{
	if (!watch_is_set_up()) {
		return false;
	}
	eddy_watch_set(&watch, &item);
	return eddy_watch_try_changed(&reader, &received) == 0 && is_received() &&
	       eddy_watch_try_changed(&reader, &received) == -EAGAIN;
}

static struct eddy_broadcast broadcast;
static struct eddy_subscriber subscriber;

/* With one subscriber. */
static bool broadcast_is_set_up(void)
{
	if (eddy_broadcast_init(&broadcast, buffer, links, sizeof(struct item), CAPACITY) != 0) {
		return false;
	}
	eddy_broadcast_subscribe(&subscriber, &broadcast);
	return true;
}

ANYWHERE(eddy_broadcast_init)
{
	return broadcast_is_set_up() &&
	       eddy_broadcast_init(&broadcast, NULL, links, 4U, CAPACITY) == -EINVAL;
}

ANYWHERE(eddy_broadcast_post)
{
	if (!broadcast_is_set_up()) {
		return false;
	}
	for (uint32_t i = 0U; i <= CAPACITY; i++) {
		eddy_broadcast_post(&broadcast, &item);
	}
	return eddy_broadcast_try_recv(&subscriber, &received) == 1 && is_received();
}

ANYWHERE(eddy_broadcast_try_publish)
{
	return broadcast_is_set_up() && eddy_broadcast_try_publish(&broadcast, &item) == 0 &&
	       eddy_broadcast_try_publish(&broadcast, &item) == 0 &&
	       eddy_broadcast_try_publish(&broadcast, &item) == -EAGAIN;
}

ANYWHERE(eddy_broadcast_subscribe)
{
	return broadcast_is_set_up() && eddy_broadcast_try_publish(&broadcast, &item) == 0 &&
	       eddy_broadcast_pending(&subscriber) == 1U;
}

ANYWHERE(eddy_broadcast_unsubscribe)
{
	if (!broadcast_is_set_up()) {
		return false;
	}
	eddy_broadcast_unsubscribe(&subscriber);
	for (uint32_t i = 0U; i <= CAPACITY; i++) {
		if (eddy_broadcast_try_publish(&broadcast, &item) != 0) {
			return false;
		}
	}
	return true;
}

ANYWHERE(eddy_broadcast_pending)
{
	return broadcast_is_set_up() && eddy_broadcast_pending(&subscriber) == 0U &&
	       eddy_broadcast_try_publish(&broadcast, &item) == 0 &&
	       eddy_broadcast_pending(&subscriber) == 1U;
}

ANYWHERE(eddy_broadcast_try_recv)
{
	return broadcast_is_set_up() && eddy_broadcast_try_publish(&broadcast, &item) == 0 &&
	       eddy_broadcast_try_recv(&subscriber, &received) == 0 && is_received() &&
	       eddy_broadcast_try_recv(&subscriber, &received) == -EAGAIN;
}
