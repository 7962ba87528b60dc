/* SPDX-License-Identifier: Apache-2.0 */

/* Semaphore of the kernel: a unit. Where CONFIG_EDDY_KERNEL_AWAITS is. */

#include <eddy/kernel.h>

#include "subjects.h"

static K_SEM_DEFINE(object, 0, 100);
static struct eddy_k_wait storage;

static void reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	k_sem_reset(&object);
}

static void enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	k_sem_give(&object);
}

static int take_now(void)
{
	return k_sem_take(&object, K_NO_WAIT) == 0 ? 0 : -EAGAIN;
}

SUBJECT_AWAIT(wait_for_it, eddy_k_sem_take(self, &storage, &object, timeout))
SUBJECT_TRY(try_it, take_now())
SUBJECT_BLOCK(block, k_sem_take(&object, timeout))

const struct subject k_sem_subject = {
	.name = "semaphore of the kernel",
	.reset = reset,
	.enable = enable,
	.wait = wait_for_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.is_single = true,
};
