/* SPDX-License-Identifier: Apache-2.0 */

/* Broadcast: room to publish, in front of one subscriber. */

#include "subjects.h"

EDDY_BROADCAST_DEFINE(news, uint32_t, 3);
static struct eddy_subscriber slow;
static const uint32_t message = 0x600df00dU;

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	if (slow.broadcast == NULL) {
		eddy_broadcast_subscribe(&slow, &news);
	}
	while (eddy_broadcast_try_publish(&news, &message) == 0) {
	}
}

static void enable(struct eddy_task *self)
{
	uint32_t unused;

	ARG_UNUSED(self);
	(void)eddy_broadcast_try_recv(&slow, &unused); /* there is one */
}

SUBJECT_AWAIT(await_it, eddy_broadcast_publish(self, &news, &message, timeout))
SUBJECT_TRY(try_it, eddy_broadcast_try_publish(&news, &message))
SUBJECT_BLOCK(block, eddy_broadcast_publish_blocking(&news, &message, timeout))
SUBJECT_ARM(arm_it, eddy_broadcast_publish_arm(arm, &news, &message))

const struct subject broadcast_publish_subject = {
	.name = "publish",
	.reset = reset,
	.enable = enable,
	.wait = await_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.arm = arm_it,
};
