/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reader-writer lock, fair in phases: readers, a writer, the readers that came meanwhile, ...
 *
 * Whoever lets a batch of readers in counts as a reader until all of them are counted: the lock is
 * released after each, and the first may be out again before the last is in.
 *
 * Locking:   eddy_lock guards every field.
 * Invariant: see struct eddy_rwlock. Nobody waits while holders is 0.
 */

#include <eddy/rwlock.h>

#include "core.h"
#include "thread.h"

#define WRITER (-1)

void eddy_rwlock_init(struct eddy_rwlock *lock)
{
	*lock = (struct eddy_rwlock)EDDY_RWLOCK_INITIALIZER;
}

/*
 * Let those in who wait to read. The caller is a reader. Returns the new key. Arms leave the batch
 * for good, since the operation serves many.
 */
static k_spinlock_key_t admit_readers(struct eddy_rwlock *lock, k_spinlock_key_t key)
{
	struct eddy_waitq batch;
	struct eddy_waiter *reader;

	eddy_waitq_move(&batch, &lock->readers);
	while ((reader = eddy_take(&batch)) != NULL) {
		lock->holders++;
		eddy_unlock(key, eddy_wake(reader, 0));
		key = k_spin_lock(&eddy_lock);
	}
	return key;
}

/* Let the next writer in. Returns whether there was one; the lock is released then. */
static bool admit_writer(struct eddy_rwlock *lock, k_spinlock_key_t key)
{
	struct eddy_waiter *writer = eddy_take(&lock->writers);

	if (writer == NULL) {
		return false;
	}
	lock->holders = WRITER;
	eddy_unlock(key, eddy_wake(writer, 0));
	return true;
}

/* A reader leaves. Releases the lock. */
static void leave(struct eddy_rwlock *lock, k_spinlock_key_t key)
{
	bool is_sched_locked = false;

	for (;;) {
		lock->holders--;
		if (lock->holders != 0) {
			break;
		}
		if (admit_writer(lock, key)) {
			eddy_sched_unlock(is_sched_locked);
			return;
		}
		if (eddy_waitq_is_empty(&lock->readers)) {
			break;
		}
		/* The writer that they waited for has left. */
		lock->holders = 1; /* us */
		is_sched_locked = is_sched_locked || eddy_sched_lock();
		key = admit_readers(lock, key);
	}
	k_spin_unlock(&eddy_lock, key);
	eddy_sched_unlock(is_sched_locked);
}

/* The same, behind letting those in who wait to read. */
static void admit_and_leave(struct eddy_rwlock *lock, k_spinlock_key_t key)
{
	bool is_sched_locked = eddy_waitq_has_several(&lock->readers) && eddy_sched_lock();

	leave(lock, admit_readers(lock, key));
	eddy_sched_unlock(is_sched_locked);
}

static int lock_read_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_rwlock *lock = object;

	ARG_UNUSED(data);
	if (lock->holders == WRITER || eddy_is_awaited(&lock->writers)) {
		return EDDY_PENDING;
	}
	lock->holders++;
	if (eddy_waitq_is_empty(&lock->readers)) {
		k_spin_unlock(&eddy_lock, key);
	} else {
		/* The writer that they waited for has left. */
		lock->holders++; /* us, besides the caller */
		admit_and_leave(lock, key);
	}
	return 0;
}

static int lock_write_attempt(void *object, void *data, k_spinlock_key_t key)
{
	struct eddy_rwlock *lock = object;

	ARG_UNUSED(data);
	if (lock->holders != 0) {
		return EDDY_PENDING;
	}
	lock->holders = WRITER;
	k_spin_unlock(&eddy_lock, key);
	return 0;
}

const struct eddy_op eddy_rwlock_lock_read_op = {
	.attempt = lock_read_attempt,
	.queue = offsetof(struct eddy_rwlock, readers),
};

const struct eddy_op eddy_rwlock_lock_write_op = {
	.attempt = lock_write_attempt,
	.queue = offsetof(struct eddy_rwlock, writers),
};

int eddy_rwlock_unlock_read(struct eddy_rwlock *lock)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (lock->holders <= 0) {
		k_spin_unlock(&eddy_lock, key);
		return -EPERM;
	}
	leave(lock, key);
	return 0;
}

int eddy_rwlock_unlock_write(struct eddy_rwlock *lock)
{
	k_spinlock_key_t key = k_spin_lock(&eddy_lock);

	if (lock->holders != WRITER) {
		k_spin_unlock(&eddy_lock, key);
		return -EPERM;
	}
	lock->holders = 1; /* us, until those are in who wait to read */
	admit_and_leave(lock, key);
	return 0;
}
