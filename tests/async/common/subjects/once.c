/* SPDX-License-Identifier: Apache-2.0 */

/* Once: somebody is at it, then it is done. */

#include "subjects.h"

static EDDY_ONCE_DEFINE(object);

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	if (eddy_once_is_done(&object)) {
		eddy_once_init(&object);
	}
	(void)eddy_once_try_begin(&object); /* perhaps we are at it already */
}

static void enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_once_end(&object, 0); /* we have begun */
}

SUBJECT_AWAIT(wait_for_it, eddy_once_begin(self, &object, timeout))
SUBJECT_TRY(try_it, eddy_once_try_begin(&object))
SUBJECT_BLOCK(block, eddy_once_begin_blocking(&object, timeout))
SUBJECT_ARM(arm_it, eddy_once_begin_arm(arm, &object))

const struct subject once_subject = {
	.name = "once",
	.reset = reset,
	.enable = enable,
	.wait = wait_for_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.arm = arm_it,
	.serves_all = true,
};
