/* SPDX-License-Identifier: Apache-2.0 */

/* Event: a flag is set, to be taken or to be looked at. */

#include "subjects.h"

#define FLAG BIT(2)

static EDDY_EVENT_DEFINE(taken);
static EDDY_EVENT_DEFINE(seen);

static void take_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_event_clear(&taken, FLAG);
}

static void take_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_event_post(&taken, FLAG);
}

#ifdef CONFIG_MULTITHREADING
static int take_result(k_timeout_t timeout)
{
	int flags = eddy_event_wait_blocking(&taken, FLAG, EDDY_EVENT_TAKE, timeout);

	return flags > 0 ? 0 : flags;
}
#endif

SUBJECT_AWAIT(take_wait, eddy_event_wait(self, &taken, FLAG, EDDY_EVENT_TAKE, timeout))
SUBJECT_TRY(take_try, eddy_event_try_wait(&taken, FLAG, EDDY_EVENT_TAKE))
SUBJECT_BLOCK(take_block, take_result(timeout))
SUBJECT_ARM(take_arm, eddy_event_wait_arm(arm, &taken, FLAG, EDDY_EVENT_TAKE))

const struct subject event_take_subject = {
	.name = "event, taken",
	.reset = take_reset,
	.enable = take_enable,
	.wait = take_wait,
	.try = take_try,
	.block = SUBJECT_BLOCKING(take_block),
	.arm = take_arm,
	.success = FLAG,
};

static void look_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_event_clear(&seen, FLAG);
}

static void look_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_event_post(&seen, FLAG);
}

#ifdef CONFIG_MULTITHREADING
static int look_result(k_timeout_t timeout)
{
	int flags = eddy_event_wait_blocking(&seen, FLAG, EDDY_EVENT_ANY, timeout);

	return flags > 0 ? 0 : flags;
}
#endif

SUBJECT_AWAIT(look_wait, eddy_event_wait(self, &seen, FLAG, EDDY_EVENT_ANY, timeout))
SUBJECT_TRY(look_try, eddy_event_try_wait(&seen, FLAG, EDDY_EVENT_ANY))
SUBJECT_BLOCK(look_block, look_result(timeout))
SUBJECT_ARM(look_arm, eddy_event_wait_arm(arm, &seen, FLAG, EDDY_EVENT_ANY))

const struct subject event_look_subject = {
	.name = "event, looked at",
	.reset = look_reset,
	.enable = look_enable,
	.wait = look_wait,
	.try = look_try,
	.block = SUBJECT_BLOCKING(look_block),
	.arm = look_arm,
	.success = FLAG,
	.serves_all = true,
};
