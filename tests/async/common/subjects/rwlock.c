/* SPDX-License-Identifier: Apache-2.0 */

/* Lock for reading and writing. It has no owner: who resets it has it all the same. */

#include "subjects.h"

static EDDY_RWLOCK_DEFINE(for_read);
static EDDY_RWLOCK_DEFINE(for_write);

static void read_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_rwlock_try_lock_write(&for_read); /* perhaps somebody has it */
}

static void read_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_rwlock_unlock_write(&for_read);
}

static void read_release(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_rwlock_unlock_read(&for_read);
}

#ifdef CONFIG_MULTITHREADING
static int read_and_unlock(k_timeout_t timeout)
{
	int result = eddy_rwlock_lock_read_blocking(&for_read, timeout);

	return result == 0 ? eddy_rwlock_unlock_read(&for_read) : result;
}
#endif

SUBJECT_AWAIT(read_wait, eddy_rwlock_lock_read(self, &for_read, timeout))
SUBJECT_TRY(read_try, eddy_rwlock_try_lock_read(&for_read))
SUBJECT_BLOCK(read_block, read_and_unlock(timeout))
SUBJECT_ARM(read_arm, eddy_rwlock_lock_read_arm(arm, &for_read))

const struct subject rwlock_read_subject = {
	.name = "lock to read",
	.reset = read_reset,
	.enable = read_enable,
	.wait = read_wait,
	.try = read_try,
	.block = SUBJECT_BLOCKING(read_block),
	.arm = read_arm,
	.release = read_release,
	.serves_all = true,
};

static void write_reset(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_rwlock_try_lock_write(&for_write); /* perhaps somebody has it */
}

static void write_enable(struct eddy_task *self)
{
	ARG_UNUSED(self);
	(void)eddy_rwlock_unlock_write(&for_write);
}

#ifdef CONFIG_MULTITHREADING
static int write_and_unlock(k_timeout_t timeout)
{
	int result = eddy_rwlock_lock_write_blocking(&for_write, timeout);

	return result == 0 ? eddy_rwlock_unlock_write(&for_write) : result;
}
#endif

SUBJECT_AWAIT(write_wait, eddy_rwlock_lock_write(self, &for_write, timeout))
SUBJECT_TRY(write_try, eddy_rwlock_try_lock_write(&for_write))
SUBJECT_BLOCK(write_block, write_and_unlock(timeout))
SUBJECT_ARM(write_arm, eddy_rwlock_lock_write_arm(arm, &for_write))

const struct subject rwlock_write_subject = {
	.name = "lock to write",
	.reset = write_reset,
	.enable = write_enable,
	.wait = write_wait,
	.try = write_try,
	.block = SUBJECT_BLOCKING(write_block),
	.arm = write_arm,
	.release = write_enable,
};
