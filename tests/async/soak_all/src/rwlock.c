/* SPDX-License-Identifier: Apache-2.0 */

/* Reader-writer locks: a writer is alone. */

#include "soak.h"

#define LOCKS 2U

static struct {
	struct eddy_rwlock lock;
	uint32_t readers;
	bool is_written;
} locks[LOCKS];

struct lock {
	uint32_t index;
};

static bool lock_begin(void *room)
{
	struct lock *my = room;

	my->index = chance(LOCKS);
	return true;
}

static int read_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_rwlock_lock_read(self, &locks[my->index].lock, timeout);
}

static int read_block(void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_rwlock_lock_read_blocking(&locks[my->index].lock, timeout);
}

static int read_try(void *room)
{
	struct lock *my = room;

	return eddy_rwlock_try_lock_read(&locks[my->index].lock);
}

static void read_arm(struct eddy_arm *arm, void *room)
{
	struct lock *my = room;

	eddy_rwlock_lock_read_arm(arm, &locks[my->index].lock);
}

static bool read_end(void *room, int result)
{
	struct lock *my = room;

	CHECK(&rwlock_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result == 0) {
		CHECK(&rwlock_family, !locks[my->index].is_written);
		locks[my->index].readers++;
	}
	return result == 0;
}

static void read_give_back(void *room, struct eddy_task *self)
{
	struct lock *my = room;

	ARG_UNUSED(self);
	CHECK(&rwlock_family, !locks[my->index].is_written);
	locks[my->index].readers--;
	CHECK(&rwlock_family, eddy_rwlock_unlock_read(&locks[my->index].lock) == 0);
	count(&rwlock_family, 0);
}

static int write_wait(struct eddy_task *self, void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_rwlock_lock_write(self, &locks[my->index].lock, timeout);
}

static int write_block(void *room, k_timeout_t timeout)
{
	struct lock *my = room;

	return eddy_rwlock_lock_write_blocking(&locks[my->index].lock, timeout);
}

static int write_try(void *room)
{
	struct lock *my = room;

	return eddy_rwlock_try_lock_write(&locks[my->index].lock);
}

static void write_arm(struct eddy_arm *arm, void *room)
{
	struct lock *my = room;

	eddy_rwlock_lock_write_arm(arm, &locks[my->index].lock);
}

static bool write_end(void *room, int result)
{
	struct lock *my = room;

	CHECK(&rwlock_family, result == 0 || result == -EAGAIN || result == -ECANCELED);
	if (result == 0) {
		CHECK(&rwlock_family, !locks[my->index].is_written);
		CHECK(&rwlock_family, locks[my->index].readers == 0U);
		locks[my->index].is_written = true;
	}
	return result == 0;
}

static void write_give_back(void *room, struct eddy_task *self)
{
	struct lock *my = room;

	ARG_UNUSED(self);
	CHECK(&rwlock_family, locks[my->index].is_written && locks[my->index].readers == 0U);
	locks[my->index].is_written = false;
	CHECK(&rwlock_family, eddy_rwlock_unlock_write(&locks[my->index].lock) == 0);
	count(&rwlock_family, 0);
}

static void check(void)
{
	for (uint32_t i = 0U; i < LOCKS; i++) {
		CHECK(&rwlock_family, locks[i].readers == 0U && !locks[i].is_written);
		CHECK(&rwlock_family, locks[i].lock.holders == 0);
		CHECK(&rwlock_family, locks[i].lock.readers.last == NULL);
		CHECK(&rwlock_family, locks[i].lock.writers.last == NULL);
	}
}

static struct deed deeds[] = {
	{
		.name = "read",
		.begin = lock_begin,
		.wait = read_wait,
		.block = read_block,
		.try = read_try,
		.arm = read_arm,
		.end = read_end,
		.give_back = read_give_back,
		.weight = 3,
	},
	{
		.name = "write",
		.begin = lock_begin,
		.wait = write_wait,
		.block = write_block,
		.try = write_try,
		.arm = write_arm,
		.end = write_end,
		.give_back = write_give_back,
		.weight = 2,
	},
};

struct family rwlock_family = FAMILY("rwlock", deeds, NULL, check);
