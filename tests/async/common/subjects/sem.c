/* SPDX-License-Identifier: Apache-2.0 */

/* Semaphore: a unit. */

#include "subjects.h"

static EDDY_SEM_DEFINE(object, 0, 100);

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	while (eddy_sem_try_take(&object) == 0) {
	}
}

static void enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	eddy_sem_give(&object);
}

SUBJECT_AWAIT(await_it, eddy_sem_take(self, &object, timeout))
SUBJECT_TRY(try_it, eddy_sem_try_take(&object))
SUBJECT_BLOCK(block, eddy_sem_take_blocking(&object, timeout))
SUBJECT_ARM(arm_it, eddy_sem_take_arm(arm, &object))

const struct subject sem_subject = {
	.name = "semaphore",
	.reset = reset,
	.enable = enable,
	.wait = await_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.arm = arm_it,
};
