/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A bus that returns what is sent. It fails at the fifth transfer, and the third attempt to bring
 * it back succeeds.
 *
 * The interrupt is the clock's, through a timer. One message is on its way at a time: the timer
 * owns it while it runs.
 */

#include "bus.h"

#define FAILING_TRANSFER 5U
#define ATTEMPTS         3U

K_MSGQ_DEFINE(lamp_messages, sizeof(struct message), 2, 1);
K_MSGQ_DEFINE(count_messages, sizeof(struct message), 2, 1);

static struct message on_wire;
static unsigned int transfers;
static unsigned int attempts;
static volatile bool is_off;

static void deliver(struct k_timer *timer)
{
	ARG_UNUSED(timer);
	if (++transfers == FAILING_TRANSFER) {
		is_off = true;
		on_bus_off();
		return;
	}
	/* Who takes them is faster than who sends: there is room. */
	(void)k_msgq_put(on_wire.id == LAMP ? &lamp_messages : &count_messages, &on_wire,
			 K_NO_WAIT);
}

static K_TIMER_DEFINE(wire, deliver, NULL);

void bus_send(enum message_id id, uint8_t data)
{
	if (!is_off) {
		on_wire = (struct message){.id = (uint8_t)id, .data = data};
		k_timer_start(&wire, K_MSEC(1), K_NO_WAIT);
	}
}

int bus_recover(void)
{
	if (++attempts < ATTEMPTS) {
		return -EAGAIN;
	}
	attempts = 0U;
	is_off = false;
	return 0;
}
