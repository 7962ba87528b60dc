/* SPDX-License-Identifier: Apache-2.0 */

/* Signal: raised. */

#include "subjects.h"

static EDDY_SIGNAL_DEFINE(object);
static uintptr_t value;

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_signal_reset(&object);
}

static void enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_signal_raise(&object, 5U);
}

SUBJECT_AWAIT(await_it, eddy_signal_wait(self, &object, &value, timeout))
SUBJECT_TRY(try_it, eddy_signal_try_wait(&object, &value))
SUBJECT_BLOCK(block, eddy_signal_wait_blocking(&object, &value, timeout))
SUBJECT_ARM(arm_it, eddy_signal_wait_arm(arm, &object, &value))

const struct subject signal_subject = {
	.name = "signal",
	.reset = reset,
	.enable = enable,
	.wait = await_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.arm = arm_it,
};
