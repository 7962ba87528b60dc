/* SPDX-License-Identifier: Apache-2.0 */

/* Channel: an item to receive, or room to send. */

#include "subjects.h"

EDDY_CHAN_DEFINE(source, uint32_t, 3);
EDDY_CHAN_DEFINE(sink, uint32_t, 3);
static uint32_t received;
static const uint32_t item = 0x600df00dU;

static void recv_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_chan_try_recv(&source, &received) == 0) {
	}
}

static void recv_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_chan_try_send(&source, &item); /* there is room */
}

SUBJECT_AWAIT(recv_await, eddy_chan_recv(self, &source, &received, timeout))
SUBJECT_TRY(recv_try, eddy_chan_try_recv(&source, &received))
SUBJECT_BLOCK(recv_block, eddy_chan_recv_blocking(&source, &received, timeout))
SUBJECT_ARM(recv_arm, eddy_chan_recv_arm(arm, &source, &received))

const struct subject chan_recv_subject = {
	.name = "receive",
	.reset = recv_reset,
	.enable = recv_enable,
	.wait = recv_await,
	.try = recv_try,
	.block = SUBJECT_BLOCKING(recv_block),
	.arm = recv_arm,
};

static void send_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_chan_try_send(&sink, &item) == 0) {
	}
}

static void send_enable(struct eddy_task *self)
{
	uint32_t unused;

	ARG_UNUSED(self);
	(void)eddy_chan_try_recv(&sink, &unused); /* it is full */
}

SUBJECT_AWAIT(send_await, eddy_chan_send(self, &sink, &item, timeout))
SUBJECT_TRY(send_try, eddy_chan_try_send(&sink, &item))
SUBJECT_BLOCK(send_block, eddy_chan_send_blocking(&sink, &item, timeout))
SUBJECT_ARM(send_arm, eddy_chan_send_arm(arm, &sink, &item))

const struct subject chan_send_subject = {
	.name = "send",
	.reset = send_reset,
	.enable = send_enable,
	.wait = send_await,
	.try = send_try,
	.block = SUBJECT_BLOCKING(send_block),
	.arm = send_arm,
};
