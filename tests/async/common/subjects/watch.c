/* SPDX-License-Identifier: Apache-2.0 */

/* Watch: a value that the reader has not seen. */

#include "subjects.h"

EDDY_WATCH_DEFINE(watched, uint32_t);
static struct eddy_watch_reader reader = EDDY_WATCH_READER(&watched);
static uint32_t seen;

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_watch_try_changed(&reader, &seen); /* there may be nothing new */
}

static void enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	static const uint32_t value = 9U;

	eddy_watch_set(&watched, &value);
}

SUBJECT_AWAIT(wait_for_it, eddy_watch_changed(self, &reader, &seen, timeout))
SUBJECT_TRY(try_it, eddy_watch_try_changed(&reader, &seen))
SUBJECT_BLOCK(block, eddy_watch_changed_blocking(&reader, &seen, timeout))
SUBJECT_ARM(arm_it, eddy_watch_changed_arm(arm, &reader, &seen))

const struct subject watch_subject = {
	.name = "watch",
	.reset = reset,
	.enable = enable,
	.wait = wait_for_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.arm = arm_it,
	.is_single = true,
};
