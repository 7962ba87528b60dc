/* SPDX-License-Identifier: Apache-2.0 */

/* Priority channel: an item to receive, or room to send. */

#include "subjects.h"

struct job {
	int32_t prio;
	uint32_t number;
};

EDDY_PRIO_CHAN_DEFINE(jobs_in, struct job, prio, 3);
EDDY_PRIO_CHAN_DEFINE(jobs_out, struct job, prio, 3);
static struct job received;
static const struct job job = {5, 0x600df00dU};

static void recv_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_prio_chan_try_recv(&jobs_in, &received) == 0) {
	}
}

static void recv_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_prio_chan_try_send(&jobs_in, &job); /* there is room */
}

SUBJECT_AWAIT(recv_await, eddy_prio_chan_recv(self, &jobs_in, &received, timeout))
SUBJECT_TRY(recv_try, eddy_prio_chan_try_recv(&jobs_in, &received))
SUBJECT_BLOCK(recv_block, eddy_prio_chan_recv_blocking(&jobs_in, &received, timeout))
SUBJECT_ARM(recv_arm, eddy_prio_chan_recv_arm(arm, &jobs_in, &received))

const struct subject prio_chan_recv_subject = {
	.name = "receive by priority",
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
	while (eddy_prio_chan_try_send(&jobs_out, &job) == 0) {
	}
}

static void send_enable(struct eddy_task *self)
{
	struct job unused;

	ARG_UNUSED(self);
	(void)eddy_prio_chan_try_recv(&jobs_out, &unused); /* it is full */
}

SUBJECT_AWAIT(send_await, eddy_prio_chan_send(self, &jobs_out, &job, timeout))
SUBJECT_TRY(send_try, eddy_prio_chan_try_send(&jobs_out, &job))
SUBJECT_BLOCK(send_block, eddy_prio_chan_send_blocking(&jobs_out, &job, timeout))
SUBJECT_ARM(send_arm, eddy_prio_chan_send_arm(arm, &jobs_out, &job))

const struct subject prio_chan_send_subject = {
	.name = "send by priority",
	.reset = send_reset,
	.enable = send_enable,
	.wait = send_await,
	.try = send_try,
	.block = SUBJECT_BLOCKING(send_block),
	.arm = send_arm,
};
