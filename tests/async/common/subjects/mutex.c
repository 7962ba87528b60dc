/* SPDX-License-Identifier: Apache-2.0 */

/* Mutex: free. Who resets it owns it. */

#include "subjects.h"

static EDDY_MUTEX_DEFINE(object);

static void reset(struct eddy_task *self)
{
	(void)eddy_mutex_try_lock(self, &object); /* it is free, or ours */
}

static void enable(struct eddy_task *self)
{
	(void)eddy_mutex_unlock(self, &object); /* it is ours */
}

#ifdef CONFIG_MULTITHREADING
static int lock_and_unlock(k_timeout_t timeout)
{
	int result = eddy_mutex_lock_blocking(&object, timeout);

	return result == 0 ? eddy_mutex_unlock_blocking(&object) : result;
}
#endif

SUBJECT_AWAIT(await_it, eddy_mutex_lock(self, &object, timeout))
SUBJECT_TRY(try_it, eddy_mutex_try_lock(self, &object))
SUBJECT_BLOCK(block, lock_and_unlock(timeout))

const struct subject mutex_subject = {
	.name = "mutex",
	.reset = reset,
	.enable = enable,
	.wait = await_it,
	.try = try_it,
	.block = SUBJECT_BLOCKING(block),
	.release = enable,
	.is_owned = true,
};
